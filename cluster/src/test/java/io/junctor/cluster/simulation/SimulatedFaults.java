package io.junctor.cluster.simulation;

import io.junctor.cluster.memory.Faults;
import java.time.Duration;
import java.util.Random;

/** How slow the network of a simulation is, and how often a message arrives again. For one thread. */
final class SimulatedFaults implements Faults {
    private static final int[] MOST_DELAY_NANOS = {1, 300_000, 3_000_000, 50_000_000};
    private static final int[] COPIES_PER_THOUSAND = {0, 0, 20, 200};

    private final Random random;
    private final Conditions conditions;
    private final int mostDelayNanos;
    private final int copiesPerThousand;
    private boolean isCalm;

    SimulatedFaults(Random random, Conditions conditions) {
        this.random = random;
        this.conditions = conditions;
        this.mostDelayNanos = MOST_DELAY_NANOS[random.nextInt(MOST_DELAY_NANOS.length)];
        this.copiesPerThousand = COPIES_PER_THOUSAND[random.nextInt(COPIES_PER_THOUSAND.length)];
    }

    /** From now on no message arrives again. */
    void calm() {
        isCalm = true;
    }

    @Override
    public Duration delay() {
        return Duration.ofNanos(random.nextInt(mostDelayNanos));
    }

    @Override
    public boolean arrivesAgain() {
        return !isCalm && random.nextInt(1_000) < copiesPerThousand;
    }

    @Override
    public boolean hasSequenceFilter() {
        return conditions != Conditions.NO_SEQUENCE_FILTER;
    }

    @Override
    public boolean hasInterestEcho() {
        return conditions != Conditions.NO_INTEREST_ECHO;
    }
}
