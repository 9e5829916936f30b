package io.junctor.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.AcceptLimits;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.config.listener.ProxyConfig;
import io.junctor.router.config.listener.UnixSocket;
import io.junctor.router.connection.transport.Connection;
import io.junctor.testkit.Http2Connection;
import io.junctor.testkit.RawSocketTransport;
import io.junctor.testkit.RawWebSocketClient;
import io.junctor.testkit.RecordingAcceptor;
import io.junctor.testkit.SocketPaths;
import io.junctor.testkit.UnixClientSocket;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Subprotocol;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A listener on a Unix domain socket, with real clients. */
@Timeout(60)
class UnixListenerTest {
    private static final String JSON = "Sec-WebSocket-Protocol: wamp.2.json";
    private static final String USER = "unix:" + System.getProperty("user.name");

    private final Path path = SocketPaths.next();

    private ListenerConfig.Builder config() {
        return ListenerConfig.builder().unixSocket(new UnixSocket(path));
    }

    private static TestListener listen(ListenerConfig.Builder config) throws ListenException {
        return TestListener.with(RecordingAcceptor.recorder(), config.build());
    }

    private RawWebSocketClient connect() throws IOException {
        return new RawWebSocketClient(UnixClientSocket.connect(path));
    }

    private static String get(String target, String host) {
        return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
    }

    /** The answer to a request on a connection of its own, which is closed then. */
    private String answer(String request) throws IOException {
        try (RawWebSocketClient client = connect()) {
            return client.request(request);
        }
    }

    @Test
    void oneSocketCarriesEveryProtocolOfAListenerWithoutTls() throws Exception {
        try (TestListener listener = listen(config())) {
            assertThat(listener.uri()).hasToString("ws+unix:" + path + ":/ws");
            assertThat(answer(RawWebSocketClient.handshake(JSON))).startsWith("HTTP/1.1 101 ");
            assertThat(listener.acceptor.await().connection.transport().label()).isEqualTo("websocket");
            String protocols = "{\"protocols\":[\"wamp.2.json\"]}";
            assertThat(answer("POST /ws/open HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + protocols.length()
                            + "\r\n\r\n" + protocols))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(listener.acceptor.await().connection.transport().label()).isEqualTo("longpoll");
            RawSocketTransport rawSocket = RawSocketTransport.open(listener.uri(), Serializer.CBOR);
            assertThat(listener.acceptor.await().connection.transport().label()).isEqualTo("rawsocket");
            rawSocket.close();
            WebSocketTransport stream = WebSocketTransport.open(
                    Http2Connection.open(listener.uri(), "localhost"), new Subprotocol(Serializer.JSON, false), false);
            assertThat(listener.acceptor.await().connection.peer()).isEqualTo(USER);
            stream.close();
            assertThat(answer(get("/health", "any.example.org"))).endsWith("\r\n\r\nok\n");
            assertThat(answer(get("/metrics", "localhost"))).startsWith("HTTP/1.1 200 ");
            assertThat(answer(get("/", "localhost"))).contains("<code>" + listener.uri() + "</code>");
            try (RawWebSocketClient tls = connect()) {
                tls.send(HexFormat.of().parseHex("160301000501000001FF"));
                assertThat(HexFormat.of().formatHex(tls.bytes(7))).isEqualTo("15030100020228");
            }
        }
        assertThat(path).doesNotExist();
    }

    /** The account of a client stands for its address. */
    @Test
    void aClientIsCalledByItsUser() throws Exception {
        try (TestListener listener = listen(config());
                RawWebSocketClient client = connect()) {
            client.request(RawWebSocketClient.handshake(JSON, "X-Forwarded-For: 192.0.2.7"));
            Connection connection = listener.acceptor.await().connection;
            assertThat(connection.peer()).isEqualTo(USER);
            assertThat(connection.address()).isEqualTo(USER);
            assertThat(connection.listener()).isEqualTo("listener unix:" + path);
            assertThat(connection.isPrivate()).isTrue();
            assertThat("unix:" + connection.peerCredentials().user()).isEqualTo(USER);
        }
    }

    @Test
    void connectionsAreLimitedForEachUser() throws Exception {
        ListenerLimits limits = ListenerLimits.DEFAULT.withArrivals(new AcceptLimits(5_000, 1));
        try (TestListener listener = listen(config().limits(limits));
                RawWebSocketClient first = connect()) {
            first.request(RawWebSocketClient.handshake(JSON));
            listener.acceptor.await();
            assertThat(answer(RawWebSocketClient.handshake(JSON))).startsWith("HTTP/1.1 429 ");
        }
    }

    @Test
    void aTrustedProxyTellsTheAddressesOfItsClients() throws Exception {
        ProxyConfig proxy = new ProxyConfig(List.of(), true, false);
        try (TestListener listener = listen(config().proxies(proxy))) {
            answer(RawWebSocketClient.handshake(JSON, "X-Forwarded-For: 192.0.2.7", "X-Forwarded-Proto: https"));
            Connection connection = listener.acceptor.await().connection;
            assertThat(connection.peer()).isEqualTo("192.0.2.7 behind " + USER);
            assertThat(connection.isPrivate()).isTrue();
            assertThat(connection.peerCredentials()).isNull();
            answer(RawWebSocketClient.handshake(JSON));
            connection = listener.acceptor.await().connection;
            assertThat(connection.peer()).isEqualTo(USER + " behind " + USER);
            assertThat(connection.isPrivate()).isFalse();
            assertThat(connection.peerCredentials()).isNull();
            assertThat(answer(get("/", "wamp.example.org"))).contains("<code>ws://wamp.example.org/ws</code>");
        }
    }

    @Test
    void aTrustedProxyMaySpeakTheProxyProtocol() throws Exception {
        ProxyConfig proxy = new ProxyConfig(List.of(), true, true);
        try (TestListener listener = listen(config().proxies(proxy));
                RawWebSocketClient client = connect()) {
            client.send("PROXY TCP4 192.0.2.7 198.51.100.1 4711 443\r\n".getBytes(StandardCharsets.US_ASCII));
            client.request(RawWebSocketClient.handshake(JSON));
            assertThat(listener.acceptor.await().connection.peer()).isEqualTo("192.0.2.7:4711 behind " + USER);
        }
    }

    @Test
    void ofTwoRoutersOnOnePathTheSecondIsRefusedWithPathAndCause() throws Exception {
        RouterConfig config = RouterConfig.builder()
                .listener(ListenerConfig.of("127.0.0.1", 0))
                .listener(config().build())
                .realm(RealmConfig.open("realm1"))
                .build();
        try (RouterServer first = RouterServer.start(config)) {
            assertThatThrownBy(() -> RouterServer.start(config))
                    .isInstanceOf(ListenException.class)
                    .hasMessage("Cannot listen on unix:" + path + " (listener 2 of 2): another program listens on it.");
            assertThat(first.listeners().get(1).port()).isZero();
            assertThat(answer(get("/health", "localhost"))).endsWith("ok\n");
        }
        try (RouterServer again = RouterServer.start(config)) {
            assertThat(again.listeners().get(1).uri()).hasToString("ws+unix:" + path + ":/ws");
        }
    }
}
