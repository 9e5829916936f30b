package io.junctor.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.ShutdownTimeouts;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.testkit.Peer;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.value.Serializer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A router that is stopped finishes what is open. */
@Timeout(120)
class DrainTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    void anOpenCallGetsItsResultAndIdleSessionsEndBefore() throws Exception {
        try (RouterServer server = RouterServer.start(config(new ShutdownTimeouts(Duration.ZERO, LONG)));
                Peer caller = join(server);
                Peer callee = join(server);
                Peer idle = join(server)) {
            callee.register("echo");
            long request = caller.call("echo", "hello");
            Invocation invocation = callee.expect(Invocation.class);

            CompletableFuture<Void> drained = CompletableFuture.runAsync(server::drain);

            assertThat(idle.expectClosed()).isEqualTo(1001);
            assertThat(drained).isNotDone();
            callee.answer(invocation, "hello");
            assertThat(caller.arguments(caller.expectResult(request).payload()).positional())
                    .containsExactly("hello");
            assertThat(caller.expectClosed()).isEqualTo(1001);
            assertThat(callee.expectClosed()).isEqualTo(1001);
            drained.join();
        }
    }

    @Test
    void aCallThatTakesTooLongIsEndedWithTheSession() throws Exception {
        try (RouterServer server =
                        RouterServer.start(config(new ShutdownTimeouts(Duration.ZERO, Duration.ofMillis(50))));
                Peer caller = join(server);
                Peer callee = join(server)) {
            callee.register("echo");
            caller.call("echo");
            callee.expect(Invocation.class);

            server.drain();
            assertThat(server.router().sessions()).isEqualTo(2);
            server.close();

            assertThat(callee.expectClosed()).isEqualTo(1001);
            caller.cut();
        }
    }

    @Test
    void healthIsRedWhileClientsCanStillConnectAndThenTheAddressIsFree() throws Exception {
        RouterServer server = RouterServer.start(config(new ShutdownTimeouts(Duration.ofSeconds(10), LONG)));
        int port = server.listeners().getFirst().port();
        URI health = URI.create("http://127.0.0.1:" + port + "/health");
        assertThat(status(health)).isEqualTo(200);

        CompletableFuture<Void> drained = CompletableFuture.runAsync(server::drain);

        await().atMost(Duration.ofSeconds(60)).until(() -> status(health) == 503);
        drained.join();
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        server.close();
    }

    private static int status(URI uri) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            try {
                return connection.getResponseCode();
            } finally {
                connection.disconnect();
            }
        } catch (IOException refused) {
            return 0;
        }
    }

    private static Peer join(RouterServer server) {
        Peer peer =
                new Peer(WebSocketTransport.open(server.listeners().getFirst().uri(), Serializer.JSON));
        peer.join("realm1");
        return peer;
    }

    private static RouterConfig config(ShutdownTimeouts times) {
        return RouterConfig.builder()
                .listener(ListenerConfig.of("127.0.0.1", 0))
                .realm(RealmConfig.open("realm1"))
                .drain(times)
                .build();
    }
}
