package io.junctor.cluster.memory;

import java.time.Duration;

/** The faults that a network in memory applies to messages under way, for tests. Thread-safe. */
public interface Faults {
    /** No faults: each message arrives once and without delay. */
    Faults NONE = new Faults() {};

    /** The delay of the next message. Messages from one router to another with the same kind of traffic stay in order. */
    default Duration delay() {
        return Duration.ZERO;
    }

    /** Whether a copy of the next message arrives late, after messages that were published later. */
    default boolean arrivesAgain() {
        return false;
    }

    /** Whether routers recognize copies of messages. A test that depends on this must fail if it is switched off. */
    default boolean hasSequenceFilter() {
        return true;
    }

    /** Whether {@code interestKnown} waits for the peers. A test that depends on this must fail if it is switched off. */
    default boolean hasInterestEcho() {
        return true;
    }
}
