package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

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

    @Test
    @Row({"RPC-08", "RPC-14", "ORD-01", "ORD-02", "ORD-03", "ORD-04", "PS-06", "PS-10", "SES-12"})
    void everyClientReceivesExactlyTheMessagesOfTheModel() {
        System.out.println("RealmModelTest: -Dmodel.seed=" + SEED + " -Dmodel.rounds=" + ROUNDS);
        Random seeds = new Random(SEED);
        RouterConfig config =
                RouterConfig.builder().realm(RealmConfig.open(Testbed.REALM)).build();
        try (TestRouter router = TestRouter.open(config)) {
            for (int round = 0; round < ROUNDS; round++) {
                long seed = seeds.nextLong();
                try {
                    play(router, new Random(seed));
                } catch (AssertionError e) {
                    throw new AssertionError("round " + round, e);
                }
            }
        }
    }

    private static void play(TestRouter router, Random random) {
        RealmModel model = new RealmModel(router, random);
        for (int step = 0; step < STEPS; step++) {
            model.maybeJoin();
            int together = random.nextInt(4) == 0 ? 1 + random.nextInt(6) : 1;
            inOnePass(() -> {
                for (int i = 0; i < together; i++) {
                    model.doSomething();
                }
            });
            model.listen();
        }
        model.end();
        assertThat(router.router().sessions()).isZero();
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
