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

/** Runs clients of one realm in several threads until no call is open. For one thread. */
final class ConcurrentClients {
    private static final long SEED = Long.getLong("model.seed", 4_711);
    private static final int THREADS = 4;
    private static final int CLIENTS_EACH = 3;
    private static final int ROUNDS = 6;
    private static final int STEPS = 400;

    /** For one thread at a time. */
    interface Client {
        /** Runs a random operation. */
        void act();

        /** Handles the messages that have arrived. */
        void hear();

        /** Whether the client waits for an answer. */
        boolean isWaiting();

        void leave();
    }

    /** Makes a client join. */
    interface Joining {
        Client join(TestRouter router, int number, Random random);
    }

    private ConcurrentClients() {}

    /** Prints the seed that repeats this test. */
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
        // From here on in one thread: callees answer until no call is open.
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
