package io.junctor.cluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Simulations of three routers on a network that is slow and delivers messages again, while routers, connections and stores fail. {@code
 * -Dsimulation.seeds=N} runs so many, from {@code -Dsimulation.first=N} on; {@code -Dsimulation.seed=N} repeats one and prints what happened;
 * {@code -Dsimulation.troubles=N} lets at most so many things go wrong in each.
 */
class SimulationTest {
    private static final String SEED = "simulation.seed";
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 100);
    private static final long FIRST = Long.getLong("simulation.first", 1);
    /** How many seeds are enough to see that a part of the protocol is switched off. */
    private static final int MOST_TO_NOTICE = 300;

    private record Failure(long seed, Throwable cause) {}

    @Test
    @DisabledIfSystemProperty(named = SEED, matches = ".+")
    void routersKeepTheirPromises() {
        long begun = System.nanoTime();
        Failure failure = firstFailure(FIRST, SEEDS, Conditions.ALL);
        System.out.printf("SimulationTest: %d seeds, %.1f s%n", SEEDS, (System.nanoTime() - begun) / 1e9);
        if (failure != null) {
            throw new AssertionError("repeat it by -Dsimulation.seed=" + failure.seed, failure.cause);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = SEED, matches = ".+")
    void oneSeed() {
        long seed = Long.getLong(SEED);
        List<String> happened = Simulation.repeat(seed, Conditions.ALL);
        happened.forEach(System.out::println);
        System.out.println("hash " + Simulation.run(seed, Conditions.ALL));
    }

    @Test
    void aSeedDecidesEverything() {
        for (long seed = 1; seed <= 10; seed++) {
            assertThat(Simulation.run(seed, Conditions.ALL)).isEqualTo(Simulation.run(seed, Conditions.ALL));
        }
    }

    /** A subscriber would get events twice. */
    @Test
    void itNoticesThatRoutersTakeCopies() {
        assertThat(firstFailure(1, MOST_TO_NOTICE, Conditions.NO_SEQUENCE_FILTER))
                .isNotNull();
    }

    /** A subscriber would not get what is published just after SUBSCRIBED. */
    @Test
    void itNoticesThatRoutersDoNotWaitForTheEcho() {
        assertThat(firstFailure(1, MOST_TO_NOTICE, Conditions.NO_INTEREST_ECHO)).isNotNull();
    }

    /** A router that was paused, and is declared dead, would pass on calls whose procedure has another callee meanwhile. */
    @Test
    void itNoticesThatRoutersDoNotWaitForTheLease() {
        assertThat(firstFailure(1, MOST_TO_NOTICE, Conditions.NO_LEASE)).isNotNull();
    }

    /** The failure of one seed, or null if all pass. Two threads run the seeds. */
    private static Failure firstFailure(long first, int count, Conditions conditions) {
        AtomicLong next = new AtomicLong(first);
        AtomicReference<Failure> failure = new AtomicReference<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 2; i++) {
                Future<?> unused = threads.submit(() -> {
                    for (long seed = next.getAndIncrement();
                            seed < first + count && failure.get() == null;
                            seed = next.getAndIncrement()) {
                        try {
                            Simulation.run(seed, conditions);
                        } catch (Throwable cause) {
                            failure.compareAndSet(null, new Failure(seed, cause));
                        }
                    }
                });
            }
        }
        return failure.get();
    }
}
