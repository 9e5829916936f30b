package io.junctor.router.audit;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Limits a log line that peers can cause at will to one a minute. For one thread at a time. */
public final class MinuteLogLimit {
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanos;
    private boolean hasLogged;
    private long loggedNanos;

    /** Creates a limit that admits a line at once. {@code nanos} is a time that never goes back. */
    public MinuteLogLimit(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether the line may be written now. If so, the next minute begins. */
    public boolean admits() {
        long nowNanos = nanos.getAsLong();
        if (hasLogged && nowNanos - loggedNanos < QUIET_NANOS) {
            return false;
        }
        hasLogged = true;
        loggedNanos = nowNanos;
        return true;
    }
}
