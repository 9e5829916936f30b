package io.junctor.server.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.junctor.router.config.RouterConfig;
import io.junctor.server.ListenException;
import io.junctor.server.RouterServer;
import io.junctor.server.yaml.ConfigFile;
import io.junctor.testkit.Peer;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.wamp.value.Serializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listeners are opened, changed and closed while the router runs. */
@Timeout(120)
class ListenerReloadTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void aListenerIsOpenedAndAnotherOneClosedWithItsConnections() throws Exception {
        int first = freePort();
        int second = freePort();
        try (RouterServer server = RouterServer.start(config(listener(first, "")));
                Peer old = join(first)) {
            assertThat(server.reload(config(listener(first, ""), listener(second, "")))
                            .changes())
                    .containsExactly("listen 127.0.0.1:" + second + " (opened)");
            try (Peer peer = join(second)) {
                assertThat(server.reload(config(listener(second, ""))).changes())
                        .containsExactly("listen 127.0.0.1:" + first + " (closed)");
                assertThat(old.expectClosed()).isEqualTo(1001);
                peer.expectNothing();
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> new ServerSocket(first, 1, InetAddress.getLoopbackAddress()).close());
        }
    }

    @Test
    void aListenerWithOtherSettingsKeepsItsConnections() throws Exception {
        int port = freePort();
        try (RouterServer server = RouterServer.start(config(listener(port, "")));
                Peer old = join(port)) {
            assertThat(server.reload(config(listener(port, ", websocket: /other")))
                            .changes())
                    .containsExactly("listen 127.0.0.1:" + port + " (changed)");

            old.expectNothing();
            try (Peer peer = join(port, "/other")) {
                long subscription = old.subscribe("topic");
                peer.publish("topic", 1);
                assertThat(old.expectEvent(subscription)).hasSize(1);
            }
        }
    }

    @Test
    void manyChangesOfAListenerLeaveFewOldOnes() throws Exception {
        int port = freePort();
        try (RouterServer server = RouterServer.start(config(listener(port, "")));
                Peer old = join(port)) {
            Peer[] peers = new Peer[6];
            for (int change = 0; change < peers.length; change++) {
                server.reload(config(listener(port, ", websocket: /path" + change)));
                peers[change] = join(port, "/path" + change);
            }

            assertThat(old.expectClosed()).isEqualTo(1001);
            assertThat(peers[0].expectClosed()).isEqualTo(1001);
            for (int later = 1; later < peers.length; later++) {
                peers[later].expectNothing();
                peers[later].close();
            }
            peers[0].close();
        }
    }

    @Test
    void aPortInUseRefusesTheWholeConfiguration() throws Exception {
        int port = freePort();
        try (RouterServer server = RouterServer.start(config(listener(port, "")));
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RouterConfig before = server.router().config();
            RouterConfig next = config(listener(port, ", websocket: /other"), listener(other.getLocalPort(), ""));

            assertThatThrownBy(() -> server.reload(next))
                    .isInstanceOf(ListenException.class)
                    .hasMessage("Cannot listen on 127.0.0.1:" + other.getLocalPort()
                            + " (listener 2 of 2): the port is in use by another program.");

            assertThat(server.router().config()).isEqualTo(before);
            assertThat(server.listeners())
                    .singleElement()
                    .satisfies(listener -> assertThat(listener.port()).isEqualTo(port));
            join(port).close();
        }
    }

    @Test
    void theListenersOfAFreePortStayWhereTheyAreTheSame() throws Exception {
        try (RouterServer server = RouterServer.start(config(listener(0, ""), listener(0, "")))) {
            List<Integer> ports =
                    server.listeners().stream().map(listener -> listener.port()).toList();

            assertThat(server.reload(config(listener(0, ""), listener(0, ""))).changes())
                    .isEmpty();

            assertThat(server.listeners().stream().map(listener -> listener.port()))
                    .containsExactlyElementsOf(ports);
        }
    }

    private static Peer join(int port) {
        return join(port, "/ws");
    }

    private static Peer join(int port, String path) {
        Peer peer = new Peer(WebSocketTransport.open(URI.create("ws://127.0.0.1:" + port + path), Serializer.JSON));
        peer.join("realm1");
        return peer;
    }

    private static String listener(int port, String more) {
        return "{ port: " + port + more + " }";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static RouterConfig config(String... listeners) {
        return ConfigFile.parse("test", """
                        listen: [%s]
                        realms:
                          realm1:
                            auth: { anonymous: { role: guest } }
                            roles: { guest: { allow: [{ uri: "", match: prefix, actions: [call, register, publish, subscribe] }] } }
                        """.formatted(String.join(", ", listeners)), Map.of())
                .orThrow();
    }
}
