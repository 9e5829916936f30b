package io.junctor.client.internal.engine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Safe for use by many threads. The virtual threads that run a session's handlers. */
final class HandlerThreads {
    /** The session whose handler the current thread runs. */
    private static final ThreadLocal<@Nullable HandlerThreads> CURRENT = new ThreadLocal<>();

    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("junctor-handler-", 0).factory());

    /** Runs {@code task} on a thread of its own; does nothing after {@link #close}. */
    void start(Runnable task) {
        try {
            executor.execute(() -> {
                CURRENT.set(this);
                task.run();
            });
        } catch (RejectedExecutionException closed) {
            // The session was closed by its user: nobody wants this any more.
        }
    }

    /** Lets running handlers finish for at most {@code nanos}, then interrupts them. Does not wait for itself. */
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
