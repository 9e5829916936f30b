package io.junctor.client;

import static io.junctor.client.ScriptedSession.failure;
import static io.junctor.client.ScriptedSession.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.junctor.wamp.value.Serializer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client with the real router, over sockets. */
@Timeout(60)
class WebSocketTest {
    record Order(String item, int count) {}

    private final LiveRouter router = new LiveRouter();

    @AfterEach
    void nothingIsLeft() {
        await().until(() -> router.connections() == 0);
        router.close();
        await().until(WebSocketTest::noClientThreadIsLeft);
    }

    private static boolean noClientThreadIsLeft() {
        return Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("junctor-client"));
    }

    private Session join(Serializer... serializers) {
        return Client.builder(router.uri())
                .realm("realm1")
                .serializers(serializers)
                .build()
                .join();
    }

    @ParameterizedTest
    @EnumSource
    void eventsTravel(Serializer serializer) throws Exception {
        LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
        try (Session subscriber = join(serializer);
                Session publisher = join(serializer)) {
            subscriber.subscribe("plant.line1.temperature", events::add);
            Args args = Args.of(21.5, new byte[] {1, 0, -1}).with("unit", "C");
            OptionalLong publication =
                    publisher.publish("plant.line1.temperature", args, PublishOptions.DEFAULT.acknowledged());
            publisher.publish("plant.line1.temperature", 22);

            Event first = events.poll(10, TimeUnit.SECONDS);
            assertThat(publication).hasValue(first.publication());
            assertThat(first.topic()).isEqualTo("plant.line1.temperature");
            assertThat(first.argument(0, Double.class)).isEqualTo(21.5);
            assertThat(first.argument(1, byte[].class)).containsExactly(1, 0, -1);
            assertThat(first.keyword("unit", String.class)).isEqualTo("C");
            assertThat(events.poll(10, TimeUnit.SECONDS).argument(0, Double.class))
                    .isEqualTo(22.0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void callsTravel(Serializer serializer) {
        try (Session callee = join(serializer);
                Session caller = join(serializer)) {
            callee.register("shop.order.double", invocation -> {
                Order order = invocation.argument(0, Order.class);
                return new Order(order.item(), 2 * order.count());
            });
            callee.register("shop.order.refuse", invocation -> {
                throw new WampException("shop.error.closed", Args.of("closed").with("until", 9));
            });
            assertThat(caller.call("shop.order.double", new Order("tea", 3)).as(Order.class))
                    .isEqualTo(new Order("tea", 6));
            assertThatThrownBy(() -> caller.call("shop.order.refuse"))
                    .isInstanceOfSatisfying(WampException.class, failure -> {
                        assertThat(failure.uri()).isEqualTo("shop.error.closed");
                        assertThat(failure.keywords()).isEqualTo(Map.of("until", 9L));
                    });
            assertThatThrownBy(() -> caller.call("shop.nothing.here"))
                    .hasMessageStartingWith("wamp.error.no_such_procedure");
        }
    }

    // SER-01: sessions may use different serializations.
    @Test
    void theSerializationsOfBothSidesMayDiffer() {
        BigInteger large = BigInteger.TWO.pow(63).add(BigInteger.ONE);
        try (Session callee = join(Serializer.JSON);
                Session caller = join(Serializer.CBOR)) {
            callee.register(
                    "a.echo", invocation -> Args.of(invocation.arguments().toArray()));
            Result result =
                    caller.call("a.echo", "text", 1L << 53, large, 0.5, true, null, new byte[] {7}, List.of(1L));
            assertThat(result.arguments().subList(0, 6)).containsExactly("text", 1L << 53, large, 0.5, true, null);
            assertThat(result.argument(6, byte[].class)).containsExactly(7);
            assertThat(result.arguments().get(7)).isEqualTo(List.of(1L));
        }
    }

    // SER-09
    @ParameterizedTest
    @EnumSource
    void aDecimalArrivesWithAllItsDigitsOrIsRefused(Serializer serializer) {
        BigDecimal shortOne = new BigDecimal("12.34");
        BigDecimal longOne = new BigDecimal("0.12345678901234567890");
        try (Session session = join(serializer)) {
            session.register("a.echo", invocation -> invocation.argument(0, BigDecimal.class));
            assertThat(session.call("a.echo", shortOne).as(BigDecimal.class)).isEqualByComparingTo(shortOne);
            if (serializer == Serializer.MSGPACK) {
                assertThatThrownBy(() -> session.call("a.echo", longOne))
                        .hasMessageStartingWith("wamp.error.invalid_payload")
                        .hasMessageContaining("more digits than a 64-bit float holds");
            } else {
                assertThat(session.call("a.echo", longOne).as(BigDecimal.class)).isEqualTo(longOne);
            }
        }
    }

    // PS-04
    @Test
    void aPublisherGetsItsOwnEventIfItWantsTo() throws Exception {
        LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
        try (Session session = join(Serializer.MSGPACK)) {
            session.subscribe("plant.line1.temperature", events::add);
            session.publish("plant.line1.temperature", 21.5);
            session.publish("plant.line1.temperature", Args.of(22.5), PublishOptions.DEFAULT.includeMe());
            assertThat(events.poll(10, TimeUnit.SECONDS).argument(0, Double.class))
                    .isEqualTo(22.5);
            assertThat(events).isEmpty();
        }
    }

    // RPC-09
    @Test
    void aSessionMayCallItself() {
        try (Session session = join(Serializer.MSGPACK)) {
            session.register("a.outer", outer -> session.call("a.inner").as(String.class) + "!");
            session.register("a.inner", inner -> "hello");
            assertThat(session.call("a.outer").as(String.class)).isEqualTo("hello!");
        }
    }

    // TR-WS-01: messages of many sizes, fragmented and whole.
    @ParameterizedTest
    @EnumSource
    void messagesOfEverySizeTravel(Serializer serializer) {
        try (Session session = join(serializer)) {
            session.register("a.echo", invocation -> invocation.argument(0, String.class));
            for (int size : new int[] {0, 1, 125, 126, 65_535, 65_536, 1_000_000}) {
                String text = "\u00e4".repeat(size / 2);
                assertThat(session.call("a.echo", text).as(String.class)).isEqualTo(text);
            }
        }
    }

    // ORD-04 to ORD-11 for a client: many requests at once, each with its own answer.
    @Test
    void manyCallsAtOnceEachGetTheirAnswer() {
        try (Session callee = join(Serializer.MSGPACK);
                Session caller = join(Serializer.MSGPACK)) {
            callee.register("a.echo", invocation -> invocation.argument(0, Integer.class));
            List<CompletableFuture<Result>> calls = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                calls.add(caller.async().call("a.echo", i));
            }
            for (int i = 0; i < 1_000; i++) {
                assertThat(value(calls.get(i)).as(Integer.class)).isEqualTo(i);
            }
        }
    }

    @Test
    void theShutdownOfTheRouterIsAnsweredAndReported() {
        CompletableFuture<CloseReason> left = new CompletableFuture<>();
        Session session = join(Serializer.MSGPACK);
        session.onLeave(left::complete);
        router.shutDown();
        assertThat(value(left).reason()).isEqualTo("wamp.close.system_shutdown");
        assertThat(value(left).by()).isEqualTo(CloseReason.By.ROUTER);
        session.close();
    }

    @Test
    void aLostConnectionIsReported() {
        CompletableFuture<CloseReason> left = new CompletableFuture<>();
        try (Session session = join(Serializer.MSGPACK)) {
            session.onLeave(left::complete);
            session.register("a.slow", invocation -> new CompletableFuture<>().get(1, TimeUnit.SECONDS));
            var calling = session.async().call("a.slow");
            router.cut();
            assertThat(value(left).by()).isEqualTo(CloseReason.By.TRANSPORT);
            assertThat(failure(calling)).isInstanceOf(SessionClosedException.class);
        }
    }

    @Test
    void anUnknownRealmIsRefusedWithTheRoutersReason() {
        Client client = Client.builder(router.uri()).realm("nowhere").build();
        assertThatThrownBy(client::join).hasMessageStartingWith("wamp.error.no_such_realm");
    }

    @Test
    void aMessageOverTheLimitEndsTheSessionWithTheReason() {
        CompletableFuture<CloseReason> left = new CompletableFuture<>();
        try (Session small = Client.builder(router.uri())
                        .maxMessageBytes(2_000)
                        .build()
                        .join();
                Session large = join(Serializer.MSGPACK)) {
            small.onLeave(left::complete);
            small.subscribe("a.b", event -> {});
            large.publish("a.b", "x".repeat(2_000));
            assertThat(value(left).message()).contains("more than 2000 bytes");
        }
    }

    @Test
    void refusedConnectionIsNamed() {
        String uri = router.uri();
        router.cut();
        assertThatThrownBy(() -> Client.builder(uri).build().join())
                .hasMessage("wamp.error.network_failure: cannot connect to " + uri + ": connection refused");
    }

    @Test
    void aServerWithoutWebSocketIsNamed() {
        String uri = router.uri().replace("/ws", "/other");
        assertThatThrownBy(() -> Client.builder(uri).build().join())
                .hasMessage("wamp.error.network_failure: cannot connect to " + uri
                        + ": the server answered HTTP 404 instead of a WebSocket");
        String bare = router.uri().replace("/ws", "");
        assertThatThrownBy(() -> Client.builder(bare).build().join())
                .hasMessage("wamp.error.network_failure: cannot connect to " + bare
                        + ": the server answered HTTP 200 instead of a WebSocket (the address has no path: try "
                        + router.uri() + ")");
    }

    @Test
    void anUnknownHostIsNamed() {
        assertThatThrownBy(() ->
                        Client.builder("ws://no-such-host.invalid/ws").build().join())
                .hasMessageContaining("cannot connect to ws://no-such-host.invalid/ws: unknown host name");
    }

    @Test
    void connectingTakesNoLongerThanItsTimeout() throws Exception {
        try (var silent = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            String uri = "ws://127.0.0.1:" + silent.getLocalPort() + "/ws";
            assertThatThrownBy(() -> Client.builder(uri)
                            .connectTimeout(Duration.ofMillis(100))
                            .build()
                            .join())
                    .hasMessageContaining("no connection within 100 ms (connect timeout)");
        }
    }
}
