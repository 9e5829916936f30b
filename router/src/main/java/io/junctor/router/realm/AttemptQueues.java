package io.junctor.router.realm;

import io.junctor.router.auth.Method;
import io.junctor.router.auth.Offer;
import io.junctor.router.auth.Source;
import java.util.concurrent.Executor;

/**
 * Safe for use by many threads. Where the steps of authentication wait: those that derive a key of a ticket take a tenth of a second of a
 * processor each, the others hardly any.
 *
 * @param derivations for tickets of users of the configuration
 * @param others for everything else
 */
record AttemptQueues(Attempts derivations, Attempts others) {
    private static final Attempts.Bounds OTHERS = new Attempts.Bounds(1_024, 256, 10_000, 4_000);

    /** So that what a client waits for is done within the time that a decision has, or refused at once. */
    private static final int DERIVATIONS_WAITING_OF_ADDRESS = 64;

    private static final int DERIVATIONS_WAITING = 1_000;

    /** Queues whose steps {@code workers} run; half of the processors remain for others while keys are derived. */
    static AttemptQueues of(Executor workers) {
        int processors = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        Attempts.Bounds derivations =
                new Attempts.Bounds(processors, processors, DERIVATIONS_WAITING, DERIVATIONS_WAITING_OF_ADDRESS);
        return new AttemptQueues(new Attempts(derivations, workers), new Attempts(OTHERS, workers));
    }

    /** The queue for clients that join by {@code offer}. */
    Attempts queue(Offer offer) {
        return offer.method() == Method.TICKET && offer.source() instanceof Source.Users ? derivations : others;
    }
}
