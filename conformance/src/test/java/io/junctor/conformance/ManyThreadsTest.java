package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.ListenerLimits;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.RouterLimits;
import io.junctor.testkit.MemoryLink;
import io.junctor.testkit.Peer;
import io.junctor.testkit.TestRouter;
import io.junctor.wamp.value.Serializer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Threads do random things in one realm at the same time. What happens is not known, but some things always hold: the events of a publisher
 * come in order, each call and each acknowledged publication has exactly one answer, and in the end nothing is left.
 */
class ManyThreadsTest {
    private static final long SEED = Long.getLong("model.seed", 4_711);
    private static final int THREADS = 4;
    private static final int CLIENTS_EACH = 3;
    private static final int ROUNDS = 6;
    private static final int STEPS = 400;
    private static final List<String> URIS = List.of("one", "two", "three");
    private static final Map<String, Object> NONE = Map.of();

    @Test
    @Row({"RPC-08", "RPC-14", "ORD-01", "ORD-04", "PS-10"})
    void orderAndExactlyOneAnswerHoldWithManyThreads() throws Exception {
        System.out.println("ManyThreadsTest: -Dmodel.seed=" + SEED);
        RouterConfig config = new RouterConfig(List.of(), List.of(RealmConfig.open(Wire.REALM)), RouterLimits.DEFAULT);
        Random seeds = new Random(SEED);
        try (TestRouter router = TestRouter.open(config);
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int round = 0; round < ROUNDS; round++) {
                play(router, threads, seeds);
                router.expectIdle();
            }
        }
    }

    private static void play(TestRouter router, ExecutorService threads, Random seeds) throws Exception {
        List<Client> clients = new ArrayList<>();
        List<Callable<Boolean>> parts = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            List<Client> own = new ArrayList<>();
            for (int i = 0; i < CLIENTS_EACH; i++) {
                own.add(new Client(router, clients.size() + i, new Random(seeds.nextLong())));
            }
            clients.addAll(own);
            parts.add(() -> act(own));
        }
        for (Future<Boolean> part : threads.invokeAll(parts)) {
            assertThat(part.get()).isTrue();
        }
        // From here on one thread: callees answer until no call is open.
        while (clients.stream().anyMatch(Client::isWaiting)) {
            clients.forEach(Client::hear);
        }
        clients.forEach(Client::leave);
    }

    private static boolean act(List<Client> own) {
        for (int step = 0; step < STEPS; step++) {
            own.forEach(Client::act);
            own.forEach(Client::hear);
        }
        return true;
    }

    /** Used by one thread at a time. */
    private static final class Client {
        private final Peer peer;
        private final long number;
        private final Random random;
        private final Set<Long> waiting = new HashSet<>();
        private final Map<Long, Long> lastEventByPublisher = new HashMap<>();
        private final Map<Long, Long> lastCallByCaller = new HashMap<>();
        private long lastRequest;
        private long said;

        Client(TestRouter router, long number, Random random) {
            Serializer serializer = Serializer.values()[random.nextInt(3)];
            this.peer = new Peer(MemoryLink.open(router.acceptor(), serializer, ListenerLimits.DEFAULT));
            this.number = number;
            this.random = random;
            peer.join(Wire.REALM);
        }

        void act() {
            String uri = URIS.get(random.nextInt(URIS.size()));
            switch (random.nextInt(10)) {
                case 0 -> request(32, NONE, uri);
                case 1 -> request(64, NONE, uri);
                case 2, 3, 4, 5 -> request(16, Map.of("acknowledge", true), uri, List.of(number, ++said));
                default -> request(48, NONE, uri, List.of(number, ++said));
            }
        }

        boolean isWaiting() {
            return !waiting.isEmpty();
        }

        void hear() {
            while (((MemoryLink) peer.link()).unreadMessages() > 0) {
                List<?> message = peer.expectList();
                switch (((Long) message.getFirst()).intValue()) {
                    case 8 -> answered((Long) message.get(2));
                    case 17, 33, 50, 65 -> answered((Long) message.get(1));
                    case 36 -> inOrder(lastEventByPublisher, (List<?>) message.getLast());
                    case 68 -> {
                        inOrder(lastCallByCaller, (List<?>) message.getLast());
                        peer.sendList(70, message.get(1), NONE);
                    }
                    default -> throw new AssertionError("unexpected " + message);
                }
            }
        }

        void leave() {
            hear();
            peer.close();
        }

        private void request(int type, Object... rest) {
            waiting.add(++lastRequest);
            List<Object> message = new ArrayList<>(List.of(type, lastRequest));
            message.addAll(List.of(rest));
            peer.sendList(message.toArray());
        }

        private void answered(long request) {
            assertThat(waiting.remove(request))
                    .as("the only answer to " + request)
                    .isTrue();
        }

        private static void inOrder(Map<Long, Long> last, List<?> senderAndCount) {
            Long count = (Long) senderAndCount.get(1);
            Long before = last.put((Long) senderAndCount.get(0), count);
            assertThat(before == null || before < count)
                    .as("order of one sender")
                    .isTrue();
        }
    }
}
