package io.junctor.router.authentication;

import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.spi.AuthMethod;
import java.util.concurrent.Executor;

/**
 * The queues of authentication steps. Steps that derive a key from a ticket have their own queue, because each takes
 * about 0.1 s of processor time. Thread-safe.
 *
 * @param derivations the queue for tickets of configured users
 * @param others the queue for all other steps
 */
public record LoginQueues(LoginQueue derivations, LoginQueue others) {
    private static final LoginQueue.Bounds OTHERS = new LoginQueue.Bounds(1_024, 256, 10_000, 4_000);

    /**
     * The maximum number of derivations of one address that wait. It is so small that each derivation ends before the deadline of its
     * client; further derivations are refused at once.
     */
    private static final int DERIVATIONS_WAITING_OF_ADDRESS = 64;

    private static final int DERIVATIONS_WAITING = 1_000;

    /** Creates queues whose steps run on {@code workers}; key derivations use at most half of the processors. */
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
