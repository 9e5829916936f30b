package io.junctor.client.internal;

/** Runs tasks after a delay. Tests replace the clock. Thread-safe. */
public interface Timers {
    /** Runs {@code task} once after {@code nanos}, unless it is canceled before. The task must be short and must not block. */
    Timer after(long nanos, Runnable task);

    /** Cancels all tasks and ends the thread. Tasks that are added later never run. */
    void close();

    /** A scheduled task. Thread-safe. */
    interface Timer {
        /** Cancels the task if it has not started. */
        void cancel();
    }
}
