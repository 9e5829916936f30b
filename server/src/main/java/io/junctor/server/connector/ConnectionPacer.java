package io.junctor.server.connector;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.junctor.router.turn.Timers;

/** Spaces connections evenly in time, but allows a burst of as many as are due in a tenth of a second. Thread-safe. */
final class ConnectionPacer {
    private static final long SECOND_NANOS = 1_000_000_000;

    /** The time by which a connection may begin earlier than at an even rate. */
    private static final long BURST_NANOS = SECOND_NANOS / 10;

    private final Timers timers;
    private final long nanosEach;

    /** The time at which the last connection was due at an even rate. */
    @GuardedBy("this")
    private long evenNanos;

    ConnectionPacer(Timers timers, int perSecond) {
        this.timers = timers;
        this.nanosEach = SECOND_NANOS / perSecond;
        this.evenNanos = timers.nanos() - SECOND_NANOS;
    }

    /** Takes the next turn. Returns the nanoseconds until it is due; 0 or less if it is due already. */
    synchronized long takeTurn() {
        long earlyNanos = earlyNanos();
        evenNanos += nanosEach;
        return earlyNanos;
    }

    /** Takes the next turn if it is due. Returns false if it is not. */
    synchronized boolean takeTurnNow() {
        boolean hasCome = earlyNanos() <= 0;
        if (hasCome) {
            evenNanos += nanosEach;
        }
        return hasCome;
    }

    @GuardedBy("this")
    private long earlyNanos() {
        long nowNanos = timers.nanos();
        if (evenNanos - nowNanos < 0) {
            evenNanos = nowNanos;
        }
        return evenNanos - nowNanos - BURST_NANOS;
    }
}
