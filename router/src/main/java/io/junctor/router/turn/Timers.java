package io.junctor.router.turn;

import java.time.Duration;
import java.time.Instant;

/** A clock with timers; tests use {@link ManualTimers}. Thread-safe. */
public interface Timers {
    /** A monotonic time in nanoseconds; only differences are meaningful. */
    long nanos();

    /** The time of day, for texts and event logs; it may go backward. */
    Instant now();

    /** Runs {@code action} once after {@code delay}, on a worker thread that may block. */
    Timer after(Duration delay, Runnable action);

    /** Runs {@code action} every {@code period}, on a worker thread that may block; runs never overlap. */
    Timer every(Duration period, Runnable action);

    /** A timer that was set. Thread-safe. */
    interface Timer {
        /** Cancels the timer. Has no effect if it has run or was canceled. */
        void cancel();
    }
}
