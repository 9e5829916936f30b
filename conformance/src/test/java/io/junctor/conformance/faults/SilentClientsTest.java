package io.junctor.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.conformance.TestRouter;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.AcceptLimits;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.metrics.Transport;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.testkit.Peer;
import io.junctor.testkit.RawWebSocketClient;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.wamp.value.Serializer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many clients that say nothing: they hold no thread, others are served, and the router forgets them in time. */
@Timeout(120)
class SilentClientsTest {
    private static final int CLIENTS = 1_000;
    private static final int POLLING_CLIENTS = 300;
    private static final long MOST_BYTES_EACH = 48 << 10;
    private static final String HELLO = BadClient.HELLO;

    /** What a client does before it falls silent. */
    enum Beginning {
        NOTHING(Transport.UNKNOWN, TransportCounter.OPENINGS_TIMED_OUT),
        WEBSOCKET(Transport.WEBSOCKET, TransportCounter.HANDSHAKES_TIMED_OUT),
        RAWSOCKET(Transport.RAWSOCKET, TransportCounter.HANDSHAKES_TIMED_OUT),
        LONG_POLL(Transport.LONGPOLL, TransportCounter.HANDSHAKES_TIMED_OUT);

        final Transport transport;
        final TransportCounter counter;

        Beginning(Transport transport, TransportCounter counter) {
            this.transport = transport;
            this.counter = counter;
        }

        void of(RawWebSocketClient client) throws IOException {
            switch (this) {
                case NOTHING -> {}
                case WEBSOCKET ->
                    assertThat(client.request(RawWebSocketClient.handshake("Sec-WebSocket-Protocol: wamp.2.json")))
                            .startsWith("HTTP/1.1 101");
                case RAWSOCKET -> {
                    client.send(HexFormat.of().parseHex("7FB10000"));
                    client.bytes(4);
                }
                case LONG_POLL -> open(client);
            }
        }
    }

    private final LogLines lines = new LogLines();
    private final List<RawWebSocketClient> clients = new ArrayList<>();
    private final TestRouter router = TestRouter.open(RouterConfig.builder()
            .listener(ListenerConfig.builder()
                    .host("127.0.0.1")
                    .port(0)
                    .limits(ListenerLimits.DEFAULT.withArrivals(new AcceptLimits(1_000_000, 10_000)))
                    .build())
            .realm(RealmConfig.open("realm1"))
            .build());

    @AfterEach
    void close() throws IOException {
        for (RawWebSocketClient client : clients) {
            client.close();
        }
        Awaitility.await().until(() -> {
            router.clock().advance(Duration.ofSeconds(1));
            return router.router().connections() == 0;
        });
        router.expectIdle();
        router.close();
        lines.close();
    }

    @ParameterizedTest
    @EnumSource
    void silentClientsHoldNoThreadAndAreEndedInTime(Beginning beginning) throws IOException {
        Peer other = join();
        long threads = threads();
        for (int i = 0; i < CLIENTS; i++) {
            beginning.of(connect());
        }
        assertThat(threads()).isEqualTo(threads);
        expectServed(other);
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> {
            router.clock().advance(Duration.ofSeconds(1));
            expectServed(other);
            return counted(beginning) == CLIENTS && router.router().connections() == 1;
        });
        for (RawWebSocketClient client : clients) {
            client.skipToEnd();
        }
        assertThat(router.router().transportContext().limit().incoming().held()).isZero();
        String reason = beginning == Beginning.NOTHING ? "it sent no byte within" : "it sent no HELLO within";
        Awaitility.await().until(() -> lines.with(reason).size() == (beginning == Beginning.NOTHING ? 1 : 120));
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> {
            router.clock().advance(Duration.ofSeconds(1));
            expectServed(other);
            return !lines.with(beginning == Beginning.NOTHING ? "refused 999 more" : "880 more lines")
                    .isEmpty();
        });
        other.close();
    }

    @Test
    void clientsThatPollHoldNoThreadAndGetTheirEvents() throws IOException {
        connect();
        long threads = threads();
        long heapBytes = heapBytes();
        for (int i = 0; i < POLLING_CLIENTS; i++) {
            RawWebSocketClient client = connect();
            String base = open(client);
            assertThat(client.request(BadClient.posting(base + "/send", HELLO))).startsWith("HTTP/1.1 204");
            assertThat(client.request(BadClient.posting(base + "/receive", ""))).contains("[2,");
            assertThat(client.request(BadClient.posting(base + "/send", "[32,1,{},\"topic\"]")))
                    .startsWith("HTTP/1.1 204");
            assertThat(client.request(BadClient.posting(base + "/receive", ""))).contains("[33,1,");
            client.send(BadClient.utf8(BadClient.posting(base + "/receive", "")));
        }
        assertThat(threads()).isEqualTo(threads);
        assertThat(router.router().sessions()).isEqualTo(POLLING_CLIENTS);
        // With what this test holds for each of them.
        assertThat((heapBytes() - heapBytes) / POLLING_CLIENTS).isLessThan(MOST_BYTES_EACH);
        Peer publisher = join();
        publisher.publish("topic", "event");
        for (RawWebSocketClient client : clients.subList(1, clients.size())) {
            assertThat(client.response()).contains("[36,").contains("event");
        }
        assertThat(threads()).isEqualTo(threads);
        publisher.close();
    }

    private RawWebSocketClient connect() throws IOException {
        RawWebSocketClient client = RawWebSocketClient.connect(router.uri().getPort());
        clients.add(client);
        return client;
    }

    /** Opens a long-poll transport and returns the path of its requests. */
    private static String open(RawWebSocketClient client) throws IOException {
        String response = client.request(BadClient.posting("/ws/open", "{\"protocols\":[\"wamp.2.json\"]}"));
        return "/ws/" + response.replaceFirst("(?s).*\"transport\":\"([^\"]+)\".*", "$1");
    }

    private Peer join() {
        Peer peer = new Peer(WebSocketTransport.open(router.uri(), Serializer.JSON));
        peer.join("realm1");
        return peer;
    }

    private static void expectServed(Peer peer) {
        peer.publish("alive");
    }

    private long counted(Beginning beginning) {
        return router.router().counters().of(beginning.transport).value(beginning.counter);
    }

    /** The heap in use after a garbage collection. */
    private static long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The threads that a listener has for its connections. */
    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("io-"))
                .count();
    }
}
