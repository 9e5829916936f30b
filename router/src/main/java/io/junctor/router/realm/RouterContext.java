package io.junctor.router.realm;

import io.junctor.router.authentication.FailedLogins;
import io.junctor.router.authentication.LoginQueues;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.connection.MemoryPressure;
import io.junctor.router.metrics.Counters;
import io.junctor.router.turn.Timers;
import io.junctor.router.turn.Turnstile;
import java.security.SecureRandom;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What all realms of a router share; every part is safe for use by many threads.
 *
 * @param sessionIds the session ids in use
 * @param random where ids come from
 * @param counters what is counted
 * @param timers time
 * @param workers runs what may block
 * @param pressure the state of all outboxes together
 * @param guesses failed attempts to join
 * @param attempts attempts to join that are under way
 */
record RouterContext(
        SessionIds sessionIds,
        SecureRandom random,
        Counters counters,
        Timers timers,
        Executor workers,
        MemoryPressure pressure,
        FailedLogins guesses,
        LoginQueues attempts) {

    /** A turnstile for a realm with these queues; {@code faults} is told what an operation throws. */
    Turnstile turnstile(RealmLimits.Queues queues, Consumer<Throwable> faults) {
        Turnstile.Bounds bounds = new Turnstile.Bounds(
                queues.mailbox(), queues.mailboxPerSession(), queues.mailboxBytes(), queues.mailboxBytesPerSession());
        return new Turnstile(bounds, workers, faults);
    }
}
