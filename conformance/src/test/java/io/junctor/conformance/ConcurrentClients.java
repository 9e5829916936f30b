package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Used by one thread. Threads that play clients of one realm at the same time, until nothing is open and nothing is left. */
final class ConcurrentClients {
    private static final long SEED = Long.getLong("model.seed", 4_711);
    private static final int THREADS = 4;
    private static final int CLIENTS_EACH = 3;
    private static final int ROUNDS = 6;
    private static final int STEPS = 400;

    /** Used by one thread at a time. */
    interface Client {
        /** Does something at random. */
        void act();

        /** Takes and answers what has arrived. */
        void hear();

        /** Whether an answer is due. */
        boolean isWaiting();

        void leave();
    }

    /** How a client joins. */
    interface Joining {
        Client join(TestRouter router, int number, Random random);
    }

    private ConcurrentClients() {}

    /** Prints the seed by which a test of this name is repeated. */
    static void play(String name, Joining joining) throws Exception {
        System.out.println(name + ": -Dmodel.seed=" + SEED);
        RouterConfig config =
                RouterConfig.builder().realm(RealmConfig.open(Testbed.REALM)).build();
        Random seeds = new Random(SEED);
        try (TestRouter router = TestRouter.open(config);
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int round = 0; round < ROUNDS; round++) {
                play(router, threads, seeds, joining);
                router.expectIdle();
            }
        }
    }

    private static void play(TestRouter router, ExecutorService threads, Random seeds, Joining joining)
            throws Exception {
        List<Client> clients = new ArrayList<>();
        List<Callable<Boolean>> parts = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            List<Client> own = new ArrayList<>();
            for (int i = 0; i < CLIENTS_EACH; i++) {
                own.add(joining.join(router, clients.size() + i, new Random(seeds.nextLong())));
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
}
