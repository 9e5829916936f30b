package io.junctor.server.services;

import java.time.Duration;

/** What came of one attempt to deliver an event. */
sealed interface Outcome permits Outcome.Delivered, Outcome.Failed, Outcome.Refused {
    /** The receiver has it. */
    enum Delivered implements Outcome {
        /** The only one. */
        DELIVERED
    }

    /**
     * Another attempt may succeed.
     *
     * @param reason why it failed
     * @param pause how long the receiver wants to be left alone; zero if it did not say
     */
    record Failed(String reason, Duration pause) implements Outcome {}

    /**
     * Another attempt would get the same answer.
     *
     * @param reason why it failed
     */
    record Refused(String reason) implements Outcome {}
}
