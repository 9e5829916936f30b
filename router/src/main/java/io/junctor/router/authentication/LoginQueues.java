package io.junctor.router.authentication;

import io.junctor.router.config.AuthMethodConfig;
import io.junctor.router.config.AuthSource;
import io.junctor.router.spi.AuthMethod;
import java.util.concurrent.Executor;

/**
 * Safe for use by many threads. Where the steps of authentication wait: those that derive a key of a ticket take a tenth of a second of a
 * processor each, the others hardly any.
 *
 * @param derivations for tickets of users of the configuration
 * @param others for everything else
 */
public record LoginQueues(LoginQueue derivations, LoginQueue others) {
    private static final LoginQueue.Bounds OTHERS = new LoginQueue.Bounds(1_024, 256, 10_000, 4_000);

    /** So that what a client waits for is done within the time that a decision has, or refused at once. */
    private static final int DERIVATIONS_WAITING_OF_ADDRESS = 64;

    private static final int DERIVATIONS_WAITING = 1_000;

    /** Queues whose steps {@code workers} run; half of the processors remain for others while keys are derived. */
    public static LoginQueues of(Executor workers) {
        int processors = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        LoginQueue.Bounds derivations =
                new LoginQueue.Bounds(processors, processors, DERIVATIONS_WAITING, DERIVATIONS_WAITING_OF_ADDRESS);
        return new LoginQueues(new LoginQueue(derivations, workers), new LoginQueue(OTHERS, workers));
    }

    /** The queue for clients that join by {@code offer}. */
    public LoginQueue queue(AuthMethodConfig offer) {
        return offer.method() == AuthMethod.TICKET && offer.source() instanceof AuthSource.Users ? derivations : others;
    }
}
