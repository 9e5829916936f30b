package io.junctor.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.client.auth.Authentication;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ListenerProtocol;
import io.junctor.router.config.listener.UnixSocket;
import io.junctor.server.RouterServer;
import io.junctor.server.yaml.ConfigFile;
import io.junctor.testkit.SocketPaths;
import io.junctor.testkit.tls.TestCertificate;
import io.junctor.wamp.value.Serializer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client over RawSocket, with a real router or with a script that sends every octet. */
@Timeout(60)
class RawSocketTest {
    private static final HexFormat HEX = HexFormat.of();

    // TR-RS-01, TR-RS-10
    @Test
    void callsAndEventsTravelOverTcpWithEachSerializer() throws Exception {
        try (RouterServer server = RouterServer.start(config(listener().build()))) {
            for (Serializer serializer : Serializer.values()) {
                exchange(Client.builder(tcp(server)).serializers(serializer).build());
            }
            exchange(Client.builder("rs" + tcp(server).substring(3)).build());
        }
    }

    // TR-RS-10
    @Test
    void callsAndEventsTravelOverTls() throws Exception {
        ListenerConfig listener =
                listener().tls(TestCertificate.LOCALHOST.config()).build();
        try (RouterServer server = RouterServer.start(config(listener))) {
            exchange(Client.builder("tls://localhost:" + port(server))
                    .tls(TestCertificate.trusting(TestCertificate.LOCALHOST))
                    .build());
            assertThatThrownBy(() -> Client.builder("tls://localhost:" + port(server))
                            .build()
                            .join())
                    .hasMessageContaining("cannot connect to tls://localhost");
        }
    }

    // TR-RS-10
    @Test
    void callsAndEventsTravelOverAUnixDomainSocket() throws Exception {
        Path path = SocketPaths.next();
        ListenerConfig listener = listener().unixSocket(new UnixSocket(path)).build();
        try (RouterServer server = RouterServer.start(config(listener))) {
            exchange(Client.builder("unix:" + path).build());
            exchange(Client.builder(server.listeners().getFirst().uri().toString())
                    .build());
        }
    }

    @Test
    void aClientOfAUnixDomainSocketLogsInByItsUser() throws Exception {
        Path path = SocketPaths.next();
        String realms = """
                listen: [{ unix: "%s" }]
                realms: { realm1: { auth: { unix: { role: service } }, roles: { service: } } }
                """.formatted(path);
        try (RouterServer server =
                RouterServer.start(ConfigFile.parse("test", realms, Map.of()).orThrow())) {
            for (String uri :
                    List.of("unix:" + path, server.listeners().getFirst().uri().toString())) {
                try (Session session = Client.builder(uri)
                        .authentication(Authentication.unix())
                        .build()
                        .join()) {
                    assertThat(session.authid()).isEqualTo(System.getProperty("user.name"));
                }
            }
        }
    }

    @Test
    void aWebSocketOverAUnixDomainSocketNeedsBothPaths() {
        for (String uri : new String[] {"ws+unix:", "ws+unix:/", "ws+unix://host/x:/ws", "ws+unix:/run/x.sock:ws"}) {
            assertThatThrownBy(() -> Client.builder(uri))
                    .as(uri)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(uri);
        }
        assertThatThrownBy(() ->
                        Client.builder("ws+unix:/no/such.sock:/ws").build().join())
                .hasMessageContaining("cannot connect to ws+unix:/no/such.sock:/ws: ");
    }

    // TR-RS-04
    @Test
    void aRouterWithoutTheFirstSerializerIsAskedForTheNext() throws Exception {
        ListenerConfig listener =
                listener().serializers(Set.of(Serializer.JSON)).build();
        try (RouterServer server = RouterServer.start(config(listener))) {
            exchange(Client.builder(tcp(server)).build());
            assertThatThrownBy(() -> Client.builder(tcp(server))
                            .serializers(Serializer.CBOR)
                            .build()
                            .join())
                    .hasMessageContaining("the router does not offer this serializer");
        }
    }

    // TR-RS-04
    @Test
    void aRouterWithoutRawSocketIsNamed() throws Exception {
        ListenerConfig listener =
                listener().protocols(Set.of(ListenerProtocol.HTTP)).build();
        try (RouterServer server = RouterServer.start(config(listener))) {
            assertThatThrownBy(() -> Client.builder(tcp(server)).build().join())
                    .isInstanceOf(WampException.class)
                    .hasMessageContaining("cannot connect to " + tcp(server))
                    .hasMessageContaining("closed by the router in the RawSocket handshake");
        }
    }

    // TR-RS-07
    @Test
    void aRequestThatIsTooLongForTheRouterFailsAlone() throws Exception {
        try (RouterServer server = RouterServer.start(config(listener().build()));
                Session session = Client.builder(tcp(server))
                        .maxMessageBytes(1 << 24)
                        .build()
                        .join()) {
            assertThatThrownBy(() -> session.call("com.example.none", "x".repeat(1 << 20)))
                    .hasMessageContaining("the limit is 1048576");
            assertThatThrownBy(() -> session.call("com.example.none")).hasMessageContaining("no_such_procedure");
        }
    }

    // TR-RS-04, TR-RS-05, TR-RS-08
    @Test
    void framesOfTheRouterAreAnsweredOrEndTheConnection() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Client client = Client.builder("tcp://127.0.0.1:" + listening.getLocalPort())
                    .serializers(Serializer.JSON)
                    .build();
            for (String frame : new String[] {"03000000", "10000000", "08000001", "00100001"}) {
                CompletableFuture<Session> joining = client.joinAsync();
                try (Socket socket = listening.accept()) {
                    DataInputStream in = new DataInputStream(socket.getInputStream());
                    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                    assertThat(HEX.formatHex(in.readNBytes(4))).isEqualTo("7fb10000");
                    out.write(HEX.parseHex("7FF10000" + "0100000161" + "0100000162"));
                    List<String> pongs = new ArrayList<>();
                    for (int frames = 0; frames < 3; frames++) {
                        int prefix = in.readInt();
                        byte[] payload = in.readNBytes(prefix & 0xFFFFFF);
                        if (prefix >>> 24 == 2) {
                            pongs.add(HEX.formatHex(payload));
                        }
                    }
                    assertThat(pongs).containsExactly("61", "62");
                    out.write(HEX.parseHex(frame));
                    in.readAllBytes();
                }
                assertThatThrownBy(joining::join).hasMessageContaining("could not join");
            }
        }
    }

    // TR-RS-04
    @Test
    void anotherSerializerThanAskedForIsRefused() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Session> joining = Client.builder("tcp://127.0.0.1:" + listening.getLocalPort())
                    .serializers(Serializer.JSON)
                    .build()
                    .joinAsync();
            try (Socket socket = listening.accept()) {
                socket.getInputStream().readNBytes(4);
                socket.getOutputStream().write(HEX.parseHex("7FF20000"));
                assertThatThrownBy(joining::join).hasMessageContaining("chose serializer 2");
            }
        }
    }

    @Test
    void urisWithoutHostPortOrPathAreRefused() {
        for (String uri : new String[] {"tcp://127.0.0.1", "tls:///x", "unix:", "unix://host/x", "rs://u@h:1"}) {
            assertThatThrownBy(() -> Client.builder(uri)).as(uri).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void exchange(Client client) throws Exception {
        try (Session session = client.join();
                Session other = client.join()) {
            CompletableFuture<Object> event = new CompletableFuture<>();
            session.subscribe("com.example.topic", received -> event.complete(received.argument(0, String.class)));
            session.register("com.example.echo", invocation -> invocation.argument(0, String.class));
            assertThat(other.call("com.example.echo", "x".repeat(100_000)).argument(0, String.class))
                    .hasSize(100_000);
            other.publish("com.example.topic", "hello");
            assertThat(event.get()).isEqualTo("hello");
        }
    }

    private static ListenerConfig.Builder listener() {
        return ListenerConfig.builder().port(0);
    }

    private static RouterConfig config(ListenerConfig listener) {
        return RouterConfig.builder()
                .listener(listener)
                .realm(RealmConfig.open("realm1"))
                .build();
    }

    private static int port(RouterServer server) {
        return server.listeners().getFirst().port();
    }

    private static String tcp(RouterServer server) {
        return "tcp://127.0.0.1:" + port(server);
    }
}
