package io.junctor.router.turn;

import java.time.Duration;
import java.time.Instant;

/** Safe for use by many threads. Time and what is due at a time; tests bring their own. */
public interface Timers {
    /** A time in nanoseconds that never goes back; only differences mean something. */
    long nanos();

    /** The time of day, for people and for logs of events; it may go back. */
    Instant now();

    /** Runs {@code action} once after {@code delay}, on a worker thread that may block. */
    Timer after(Duration delay, Runnable action);

    /** Runs {@code action} every {@code period}, on a worker thread that may block; runs never overlap. */
    Timer every(Duration period, Runnable action);

    /** Safe for use by many threads. Something that is due. */
    interface Timer {
        /** Makes it never due again; does nothing if it ran or was canceled already. */
        void cancel();
    }
}
