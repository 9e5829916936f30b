package io.junctor.cluster.protocol;

import io.junctor.router.audit.MinuteLogLimit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the messages of other routers that cannot be read, and logs at most one a minute: anything on NATS can send as many as it wants.
 * Confined to their receiver, which one thread at a time calls.
 */
public final class UnreadableMessages {
    private static final Logger LOG = LoggerFactory.getLogger(UnreadableMessages.class);

    private final String receiver;
    private final MinuteLogLimit limit;
    private final Runnable counter;

    /**
     * Creates a counter.
     *
     * @param receiver what the messages were for, in the log
     * @param nanos a monotonic time in nanoseconds
     * @param counter counts a message
     */
    public UnreadableMessages(String receiver, LongSupplier nanos, Runnable counter) {
        this.receiver = receiver;
        this.limit = new MinuteLogLimit(nanos);
        this.counter = counter;
    }

    /** Handles a message of {@code router} that was dropped. */
    public void onDropped(Object router, InvalidBodyException problem) {
        counter.run();
        if (limit.admits()) {
            LOG.warn(
                    "{}: dropped a message of router {}: {}. More of them within a minute are only counted",
                    receiver,
                    router,
                    problem.getMessage());
        }
    }
}
