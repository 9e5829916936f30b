package io.junctor.client.internal;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Safe for use by many threads. Timers on one virtual thread and the machine's clock. */
public final class SystemTimers implements Timers {
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
            1, Thread.ofVirtual().name("junctor-timers").factory());

    /** Timers that live until {@link #close}. */
    public SystemTimers() {
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Timer after(long nanos, Runnable task) {
        try {
            Future<?> future = executor.schedule(task, nanos, TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
