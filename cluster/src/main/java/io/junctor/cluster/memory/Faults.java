package io.junctor.cluster.memory;

import java.time.Duration;

/** What a network in memory does to messages on their way, for tests. Thread-safe. */
public interface Faults {
    /** Messages arrive at once, each of them once. */
    Faults NONE = new Faults() {};

    /** How long the next message takes. Messages from one router to another with the same kind of traffic stay in order. */
    default Duration delay() {
        return Duration.ZERO;
    }

    /** Whether the next message arrives once more, late: behind messages that were published after it. */
    default boolean arrivesAgain() {
        return false;
    }

    /** Whether routers recognize messages that arrive again. Switching that off shows that a test would notice. */
    default boolean hasSequenceFilter() {
        return true;
    }

    /** Whether {@code interestKnown} waits for the peers. Switching that off shows that a test would notice. */
    default boolean hasInterestEcho() {
        return true;
    }
}
