package io.junctor.conformance;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.turn.Pass;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Several sessions run random operations in one realm, one after the other. A model tells which messages each session must
 * receive, in which order. Clients stop reading and vanish at any time, and several operations share a pass.
 */
class RealmModelTest {
    private static final long SEED = Long.getLong("model.seed", 4_711);
    private static final int ROUNDS = Integer.getInteger("model.rounds", 1_000);
    private static final int STEPS = 60;
    private static final RouterConfig CONFIG =
            RouterConfig.builder().realm(RealmConfig.open(Testbed.REALM)).build();

    @Test
    @Row({"RPC-08", "RPC-14", "ORD-01", "ORD-02", "ORD-03", "ORD-04", "PS-06", "PS-10", "SES-12"})
    void everyClientReceivesExactlyTheMessagesOfTheModel() {
        playAll(TestRouter.open(CONFIG), ROUNDS, 6);
    }

    /** The clients are on the routers in turn. What one does is known on all routers before the next one does something. */
    @Test
    @Row({"RPC-08", "RPC-14", "ORD-01", "ORD-02", "ORD-03", "ORD-04", "PS-06", "PS-10", "SES-12"})
    void soDoClientsOfThreeRouters() {
        playAll(TestRouter.openCluster(CONFIG, 3), ROUNDS / 5, 1);
    }

    /** @param together how many operations share a pass at most */
    private static void playAll(TestRouter started, int rounds, int together) {
        System.out.println("RealmModelTest: -Dmodel.seed=" + SEED + " -Dmodel.rounds=" + ROUNDS);
        Random seeds = new Random(SEED);
        try (TestRouter router = started) {
            for (int round = 0; round < rounds; round++) {
                long seed = seeds.nextLong();
                try {
                    play(router, new Random(seed), together);
                } catch (AssertionError e) {
                    throw new AssertionError("round " + round, e);
                }
            }
        }
    }

    private static void play(TestRouter router, Random random, int together) {
        RealmModel model = new RealmModel(router, random);
        for (int step = 0; step < STEPS; step++) {
            model.maybeJoin();
            int operations = random.nextInt(4) == 0 ? 1 + random.nextInt(together) : 1;
            inOnePass(() -> {
                for (int i = 0; i < operations; i++) {
                    model.doSomething();
                }
            });
            router.settle();
            model.listen();
        }
        model.end();
        router.expectIdle();
    }

    private static void inOnePass(Runnable work) {
        Pass pass = Pass.open();
        try {
            work.run();
        } finally {
            pass.close();
        }
    }
}
