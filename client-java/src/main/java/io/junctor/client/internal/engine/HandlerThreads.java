package io.junctor.client.internal.engine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The virtual threads that run a session's handlers. Thread-safe. */
final class HandlerThreads {
    /** The session whose handler the current thread runs, or null. */
    private static final ThreadLocal<@Nullable HandlerThreads> CURRENT = new ThreadLocal<>();

    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("junctor-handler-", 0).factory());

    /** Runs {@code task} on a new virtual thread. Has no effect after {@link #close}. */
    void start(Runnable task) {
        try {
            executor.execute(() -> {
                CURRENT.set(this);
                task.run();
            });
        } catch (RejectedExecutionException closed) {
            // The user has closed the session, so the task is not needed.
        }
    }

    /**
     * Waits for running handlers for at most {@code nanos}, then interrupts them. Does not wait if a handler calls this
     * method.
     */
    void close(long nanos) {
        executor.shutdown();
        if (CURRENT.get() == this) {
            return;
        }
        try {
            if (executor.awaitTermination(nanos, TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        executor.shutdownNow();
    }
}
