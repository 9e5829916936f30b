package io.junctor.cluster.protocol;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the messages of other routers that cannot be read, and logs at most one a minute: anything on NATS can send as many as it wants.
 * Confined to the thread of their receiver.
 */
public final class UnreadableMessages {
    private static final Logger LOG = LoggerFactory.getLogger(UnreadableMessages.class);
    private static final long QUIET_NANOS = 60_000_000_000L;

    private final String receiver;
    private final LongSupplier nanos;
    private final Runnable counter;
    private boolean hasLogged;
    private long loggedNanos;

    /**
     * Creates a counter.
     *
     * @param receiver what the messages were for, in the log
     * @param nanos a monotonic time in nanoseconds
     * @param counter counts a message
     */
    public UnreadableMessages(String receiver, LongSupplier nanos, Runnable counter) {
        this.receiver = receiver;
        this.nanos = nanos;
        this.counter = counter;
    }

    /** Handles a message of {@code router} that was dropped. */
    public void onDropped(Object router, InvalidBodyException problem) {
        counter.run();
        long now = nanos.getAsLong();
        if (!hasLogged || now - loggedNanos >= QUIET_NANOS) {
            hasLogged = true;
            loggedNanos = now;
            LOG.warn(
                    "{}: dropped a message of router {}: {}. More of them within a minute are only counted",
                    receiver,
                    router,
                    problem.getMessage());
        }
    }
}
