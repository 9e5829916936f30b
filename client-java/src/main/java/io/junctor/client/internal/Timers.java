package io.junctor.client.internal;

/** Safe for use by many threads. Runs tasks later; tests own the time. */
public interface Timers {
    /** Runs {@code task} once after {@code nanos}, unless canceled before. Tasks are short and never block. */
    Timer after(long nanos, Runnable task);

    /** Cancels all tasks and ends the thread; tasks given later never run. */
    void close();

    /** Safe for use by many threads. A task to come. */
    interface Timer {
        /** The task does not run any more, if it has not started. */
        void cancel();
    }
}
