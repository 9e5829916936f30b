package io.junctor.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.junctor.client.auth.Authentication;
import io.junctor.router.Router;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.ShutdownNotice;
import io.junctor.router.config.SlowSubscriber;
import io.junctor.router.config.auth.AuthConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.metrics.Counter;
import io.junctor.server.RouterServer;
import io.junctor.server.yaml.ConfigFile;
import io.junctor.wamp.inprocess.InProcessRouter;
import io.junctor.wamp.value.Serializer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions of a router in the same process, without sockets. */
@Timeout(60)
class InProcessTest {
    private static final String USERS = """
            realms:
              realm1:
                auth:
                  ticket: { users: { ann: { ticket: pencil, role: clerk } } }
                roles:
                  clerk: { allow: [{ uri: "shop.", match: prefix, actions: [call, register, publish, subscribe] }] }
                  service: { allow: [{ uri: "", match: prefix, actions: [call, register, publish, subscribe] }] }
            """;

    private Router router = Router.open(open(RealmLimits.DEFAULT));

    @AfterEach
    void close() {
        router.close();
    }

    private static RouterConfig open(RealmLimits limits) {
        return RouterConfig.builder()
                .listener(ListenerConfig.of("127.0.0.1", 0))
                .realm(RealmConfig.builder("realm1")
                        .auth(AuthConfig.anonymous("anonymous"))
                        .role("anonymous", RoleConfig.everything())
                        .limits(limits)
                        .build())
                .shutdown(ShutdownNotice.GOODBYE)
                .build();
    }

    private void reopen(RouterConfig config) {
        router.close();
        router = Router.open(config);
    }

    private void reopen(String realms) {
        reopen(ConfigFile.parse("test", realms, Map.of()).orThrow());
    }

    @Test
    void callsAndEventsTravelWithEachSerializer() throws Exception {
        for (Serializer serializer : Serializer.values()) {
            Client client = Client.builder(router).serializers(serializer).build();
            try (Session session = client.join();
                    Session other = Session.join(router, "realm1")) {
                CompletableFuture<String> event = new CompletableFuture<>();
                session.subscribe("com.example.topic", received -> event.complete(received.argument(0, String.class)));
                session.register("com.example.echo", invocation -> invocation.argument(0, String.class));
                assertThat(other.call("com.example.echo", "x".repeat(100_000)).argument(0, String.class))
                        .hasSize(100_000);
                other.publish("com.example.topic", "hello");
                assertThat(event.get()).isEqualTo("hello");
                assertThat(session.authrole()).isEqualTo("anonymous");
            }
        }
        await().until(() -> router.connections() == 0 && router.sessions() == 0);
    }

    @Test
    void sessionsOfTheProcessAndOfSocketsMeet() throws Exception {
        try (RouterServer server = RouterServer.serve(router);
                Session inside = Session.join(server.router(), "realm1");
                Session outside = Client.builder(
                                server.listeners().getFirst().uri().toString())
                        .serializers(Serializer.JSON)
                        .build()
                        .join()) {
            inside.register("com.example.double", invocation -> 2 * invocation.argument(0, Integer.class));
            assertThat(outside.call("com.example.double", 21).as(Integer.class)).isEqualTo(42);
            CompletableFuture<String> event = new CompletableFuture<>();
            inside.subscribe("com.example.topic", received -> event.complete(received.argument(0, String.class)));
            outside.publish("com.example.topic", "hello");
            assertThat(event.get()).isEqualTo("hello");
        }
    }

    @Test
    void aSessionLogsInAsOverASocket() {
        reopen(USERS);
        assertThatThrownBy(() -> Session.join(router, "realm1")).hasMessageContaining("admits no anonymous sessions");
        assertThatThrownBy(() -> Session.join(router, "realm2")).hasMessageContaining("wamp.error.no_such_realm");
        try (Session ann = Client.builder(router)
                .authentication(Authentication.ticket("ann", "pencil"))
                .build()
                .join()) {
            assertThat(ann.authid()).isEqualTo("ann");
            assertThat(ann.authrole()).isEqualTo("clerk");
        }
    }

    @Test
    void theEmbeddingProgramGivesASessionItsIdentity() {
        reopen(USERS);
        InProcessRouter trusted = router.inProcess().as("backend", "service");
        try (Session session = Session.join(trusted, "realm1")) {
            assertThat(session.authid()).isEqualTo("backend");
            assertThat(session.authrole()).isEqualTo("service");
            session.register("com.example.any", invocation -> null);
        }
        try (Session clerk = Session.join(router.inProcess().as("backend", "clerk"), "realm1")) {
            assertThatThrownBy(() -> clerk.register("com.example.any", invocation -> null))
                    .hasMessageContaining("wamp.error.not_authorized");
        }
        assertThatThrownBy(() -> Session.join(router.inProcess().as("backend", "boss"), "realm1"))
                .hasMessageContaining("realm 'realm1' does not have the role 'boss'");
    }

    @Test
    void aSlowSubscriberLosesEventsAndTheOthersDoNot() throws Exception {
        reopen(open(RealmLimits.DEFAULT.withOutbox(1 << 16, 100, SlowSubscriber.DROP)));
        CountDownLatch free = new CountDownLatch(1);
        AtomicInteger slow = new AtomicInteger();
        AtomicLong dropped = new AtomicLong();
        Semaphore quick = new Semaphore(0);
        try (Session slowly = Client.builder(router).handlerBacklog(10).build().join();
                Session quickly = Session.join(router, "realm1");
                Session publisher = Session.join(router, "realm1")) {
            slowly.subscribe("com.example.topic", event -> {
                free.await();
                slow.incrementAndGet();
                dropped.addAndGet(event.dropped());
            });
            quickly.subscribe("com.example.topic", event -> quick.release());
            for (int i = 0; i < 1000; i++) {
                publisher.publish("com.example.topic", i);
                quick.acquire();
            }
            assertThat(router.counters().value(Counter.EVENTS_DROPPED)).isPositive();
            free.countDown();
            await().until(() -> router.outboxBytes() == 0);
            publisher.publish("com.example.topic", 1000);
            await().until(() -> slow.get() + dropped.get() == 1001);
        }
    }

    @Test
    void aPublisherWaitsWhileTheRouterDoesNotRead() throws Exception {
        reopen(open(RealmLimits.DEFAULT.withOutbox(1 << 16, 16_384, SlowSubscriber.DROP)));
        CountDownLatch free = new CountDownLatch(1);
        try (Session session = Client.builder(router)
                .handlerBacklog(10)
                .sendBufferBytes(1 << 16)
                .requestTimeout(Duration.ofSeconds(2))
                .build()
                .join()) {
            session.subscribe("com.example.topic", event -> free.await());
            String text = "x".repeat(4000);
            // Its own events and answers fill its outbox, so the router reads no more from it.
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            var unused = session.async()
                                    .publish(
                                            "com.example.topic",
                                            Args.of(text),
                                            PublishOptions.DEFAULT
                                                    .acknowledged()
                                                    .includeMe());
                            session.publish("com.example.other", text);
                        }
                    })
                    .hasMessageContaining("wamp.error.timeout: PUBLISH");
            free.countDown();
        }
    }

    @Test
    void handlersThatPublishFromDeliveriesDoNotNest() throws Exception {
        int rounds = 2_000;
        CompletableFuture<Integer> done = new CompletableFuture<>();
        try (Session ping = Session.join(router, "realm1");
                Session pong = Session.join(router, "realm1")) {
            ping.subscribe("com.example.ping", event -> {
                int round = event.argument(0, Integer.class);
                if (round < rounds) {
                    ping.publish("com.example.pong", round + 1);
                } else {
                    done.complete(round);
                }
            });
            pong.subscribe(
                    "com.example.pong", event -> pong.publish("com.example.ping", event.argument(0, Integer.class)));
            ping.publish("com.example.pong", 0);
            assertThat(done.get()).isEqualTo(rounds);
        }
    }

    @Test
    void futuresThatSendFromDeliveriesDoNotNest() throws Exception {
        try (Session session = Session.join(router, "realm1")) {
            session.register("com.example.next", invocation -> invocation.argument(0, Integer.class) + 1);
            CompletableFuture<Integer> done = new CompletableFuture<>();
            count(session.async(), 0, 2_000, done);
            assertThat(done.get()).isEqualTo(2_000);
        }
    }

    private static void count(AsyncSession session, int from, int to, CompletableFuture<Integer> done) {
        var unused = session.call("com.example.next", from).whenComplete((result, failure) -> {
            if (failure != null) {
                done.completeExceptionally(failure);
            } else if (result.as(Integer.class) == to) {
                done.complete(to);
            } else {
                count(session, result.as(Integer.class), to, done);
            }
        });
    }

    @Test
    void aRouterThatClosesEndsItsSessionsAndTakesNoMore() {
        Session session = Session.join(router, "realm1");
        CompletableFuture<CloseReason> reason = new CompletableFuture<>();
        session.onLeave(reason::complete);
        router.close();
        assertThat(reason.join().reason()).isEqualTo("wamp.close.system_shutdown");
        assertThatThrownBy(() -> Session.join(router, "realm1"))
                .isInstanceOf(WampException.class)
                .hasMessageContaining("cannot connect to the router in this process: the router shuts down");
        session.close();
    }

    @Test
    void aMessageOverTheLimitFailsAlone() {
        InProcessRouter narrow = router.inProcess().limits(ListenerLimits.DEFAULT.withMessageBytes(1000));
        try (Session session = Session.join(narrow, "realm1")) {
            assertThatThrownBy(() -> session.call("com.example.none", "x".repeat(1000)))
                    .hasMessageContaining("the limit is 1000");
            assertThatThrownBy(() -> session.call("com.example.none")).hasMessageContaining("no_such_procedure");
        }
    }
}
