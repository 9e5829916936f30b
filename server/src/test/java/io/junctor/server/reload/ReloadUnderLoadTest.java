package io.junctor.server.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.junctor.router.config.RouterConfig;
import io.junctor.server.RouterServer;
import io.junctor.server.yaml.ConfigFile;
import io.junctor.testkit.Peer;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.value.Serializer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The configuration changes again and again while clients publish and call; {@code -Dreloads=1000} for more often. */
@Timeout(1_800)
class ReloadUnderLoadTest {
    private static final int RELOADS = Integer.getInteger("reloads", 100);
    /** After so many reloads the router has what it keeps for good, such as threads. */
    private static final int WARM_UP = 30;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LAST = "last";

    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void nothingThatIsAcknowledgedIsLost() throws Exception {
        try (RouterServer server = RouterServer.start(config(0));
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch ready = new CountDownLatch(2);
            CompletableFuture<Integer> received = CompletableFuture.supplyAsync(() -> receive(server, ready), clients);
            CompletableFuture<Integer> answered = CompletableFuture.supplyAsync(() -> answer(server, ready), clients);
            ready.await();
            CompletableFuture<Integer> published = CompletableFuture.supplyAsync(() -> publish(server), clients);
            CompletableFuture<Integer> called = CompletableFuture.supplyAsync(() -> call(server), clients);
            AtomicInteger visits = new AtomicInteger();

            Footprint early = new Footprint(0, 0, 0);
            for (int reload = 1; reload <= RELOADS; reload++) {
                if (reload == WARM_UP) {
                    early = Footprint.now();
                }
                assertThat(server.reload(config(reload)).restart()).isEmpty();
                if (reload % 2 == 1) {
                    visit(server);
                    visits.incrementAndGet();
                }
            }
            Footprint before = early;
            await().atMost(PATIENCE).untilAsserted(() -> Footprint.now().expectNoMoreThan(before));
            over.set(true);

            assertThat(received.get()).isEqualTo(published.get()).isPositive();
            assertThat(answered.get()).isEqualTo(called.get()).isPositive();
            assertThat(visits).hasValue((RELOADS + 1) / 2);
            await().atMost(PATIENCE).until(() -> server.router().sessions() == 0);
            assertThat(server.router().waitingOperations()).isZero();
            assertThat(server.router().outboxBytes()).isZero();
        }
    }

    /**
     * What a router uses that a leak would make grow with each reload.
     *
     * @param threads the platform threads of the process
     * @param files the open files of the process; 0 where the operating system does not tell
     * @param heapBytes the live heap
     */
    private record Footprint(int threads, long files, long heapBytes) {
        /** Two listeners that were closed may still have their threads and sockets, and buffers of the load come and go. */
        private static final int MORE_THREADS = 40;

        private static final int MORE_FILES = 40;
        private static final long MORE_HEAP_BYTES = 16 << 20;

        static Footprint now() {
            System.gc();
            long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                    ? unix.getOpenFileDescriptorCount()
                    : 0;
            return new Footprint(
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    files,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }

        void expectNoMoreThan(Footprint before) {
            assertThat(threads).as("threads, %s before", before).isLessThan(before.threads + MORE_THREADS);
            assertThat(files).as("open files, %s before", before).isLessThan(before.files + MORE_FILES);
            assertThat(heapBytes).as("live heap, %s before", before).isLessThan(before.heapBytes + MORE_HEAP_BYTES);
        }
    }

    /** The configuration after so many reloads: each kind of change is among them. */
    private static RouterConfig config(int reload) {
        boolean isOdd = reload % 2 == 1;
        String more = isOdd ? ", { uri: \"extra.%d\", actions: [call] }".formatted(reload) : "";
        return ConfigFile.parse(
                        "test",
                        """
                        listen: [{ port: 0 }%s]
                        realms:
                          realm1:
                            auth:
                              anonymous: { role: guest }
                              ticket: { users: { %s: { ticket: secret, role: guest } } }
                            roles: { guest: { allow: [{ uri: load., match: prefix, actions: [call, register, publish, subscribe] }%s] } }
                            limits: { subscriptions: %d }
                            history: [%s]
                            features: { call_canceling: %s }
                        %s
                        limits: { sessions: %d }
                        """.formatted(
                                isOdd ? ", { port: 0, longpoll: false }" : "",
                                isOdd ? "ann" : "bob",
                                more,
                                100 + reload % 7,
                                isOdd ? "{ uri: load.event, events: " + (10 + reload % 5) + " }" : "",
                                !isOdd,
                                isOdd ? "  realm2: { auth: { anonymous: { role: guest } }, roles: { guest: } }" : "",
                                1_000 + reload),
                        Map.of())
                .orThrow();
    }

    /** A realm that exists after each second reload; its session gets GOODBYE with the next. */
    private static void visit(RouterServer server) {
        Peer peer = new Peer(transport(server));
        peer.join("realm2");
        peer.cut();
    }

    private int publish(RouterServer server) {
        try (Peer peer = join(server)) {
            int published = 0;
            while (!over.get()) {
                peer.publish("load.event", published++);
            }
            peer.publish("load.event", LAST);
            return published;
        }
    }

    private static int receive(RouterServer server, CountDownLatch ready) {
        try (Peer peer = join(server)) {
            long subscription = peer.subscribe("load.event");
            ready.countDown();
            int expected = 0;
            for (List<?> event = peer.expectEvent(subscription);
                    !event.equals(List.of(LAST));
                    event = peer.expectEvent(subscription)) {
                assertThat(((Number) event.getFirst()).intValue()).isEqualTo(expected++);
            }
            return expected;
        }
    }

    private int call(RouterServer server) {
        try (Peer peer = join(server)) {
            int called = 0;
            while (!over.get()) {
                long request = peer.call("load.echo", called);
                List<?> result =
                        peer.arguments(peer.expectResult(request).payload()).positional();
                assertThat(((Number) result.getFirst()).intValue()).isEqualTo(called++);
            }
            peer.expectResult(peer.call("load.echo", LAST));
            return called;
        }
    }

    private static int answer(RouterServer server, CountDownLatch ready) {
        try (Peer peer = join(server)) {
            long registration = peer.register("load.echo");
            ready.countDown();
            int answered = 0;
            while (true) {
                Invocation invocation = peer.expect(Invocation.class);
                Object argument =
                        peer.arguments(invocation.payload()).positional().getFirst();
                peer.answer(invocation, argument);
                if (LAST.equals(argument)) {
                    peer.send(new Unregister(peer.nextRequest(), registration));
                    peer.expect(Unregistered.class);
                    return answered;
                }
                answered++;
            }
        }
    }

    private static Peer join(RouterServer server) {
        Peer peer = new Peer(transport(server));
        peer.join("realm1");
        return peer;
    }

    private static WebSocketTransport transport(RouterServer server) {
        return WebSocketTransport.open(server.listeners().getFirst().uri(), Serializer.JSON);
    }
}
