package io.junctor.server.services;

import java.time.Duration;

/** The outcome of one attempt to deliver an event. */
sealed interface DeliveryOutcome permits DeliveryOutcome.Delivered, DeliveryOutcome.Failed, DeliveryOutcome.Refused {
    /** The receiver has accepted the event. */
    enum Delivered implements DeliveryOutcome {
        /** The only value. */
        DELIVERED
    }

    /**
     * The attempt failed, but another attempt may succeed.
     *
     * @param reason why the attempt failed
     * @param pause how long the receiver asks to wait; zero if it does not ask
     */
    record Failed(String reason, Duration pause) implements DeliveryOutcome {}

    /**
     * The attempt failed, and another attempt would get the same response.
     *
     * @param reason why the attempt failed
     */
    record Refused(String reason) implements DeliveryOutcome {}
}
