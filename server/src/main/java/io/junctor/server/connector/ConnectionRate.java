package io.junctor.server.connector;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.junctor.router.turn.Timers;

/** Spaces connections evenly in time, a tenth of a second's worth of them together. Thread-safe. */
final class ConnectionRate {
    private static final long SECOND_NANOS = 1_000_000_000;

    /** How much earlier than at an even rate connections may come. */
    private static final long BURST_NANOS = SECOND_NANOS / 10;

    private final Timers timers;
    private final long nanosEach;

    /** When the last connection was due at an even rate. */
    @GuardedBy("this")
    private long evenNanos;

    ConnectionRate(Timers timers, int perSecond) {
        this.timers = timers;
        this.nanosEach = SECOND_NANOS / perSecond;
        this.evenNanos = timers.nanos() - SECOND_NANOS;
    }

    /** Takes the next turn. Returns in how many nanoseconds it comes; 0 or less if it has come. */
    synchronized long takeTurn() {
        long earlyNanos = earlyNanos();
        evenNanos += nanosEach;
        return earlyNanos;
    }

    /** Takes the next turn if it has come. Returns false if it has not. */
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
