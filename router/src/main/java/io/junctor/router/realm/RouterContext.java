package io.junctor.router.realm;

import io.junctor.router.config.RealmLimits;
import io.junctor.router.memory.RouterMemory;
import io.junctor.router.metrics.Counters;
import io.junctor.router.session.SessionIds;
import io.junctor.router.turn.Timers;
import io.junctor.router.turn.Turnstile;
import java.security.SecureRandom;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What all realms of a router share. Its parts are thread-safe.
 *
 * @param sessionIds the session ids in use
 * @param random the source of ids
 * @param counters the router's counters
 * @param timers the clock
 * @param workers runs what may block
 * @param memory the memory that all realms and connections share
 */
record RouterContext(
        SessionIds sessionIds,
        SecureRandom random,
        Counters counters,
        Timers timers,
        Executor workers,
        RouterMemory memory) {

    /** A turnstile for a realm with these queues; {@code faults} gets what an operation throws. */
    Turnstile turnstile(RealmLimits.Queues queues, Consumer<Throwable> faults) {
        Turnstile.Bounds bounds = new Turnstile.Bounds(
                queues.mailbox(),
                queues.mailboxPerSession(),
                queues.mailboxBytes(),
                queues.mailboxBytesPerSession(),
                memory.mailboxes());
        return new Turnstile(bounds, workers, faults);
    }
}
