package io.junctor.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Checks at the start that the process may start all threads that it needs, because a router that gets only some of them
 * would accept clients and not serve them. Thread-safe.
 */
final class ThreadReserve {
    /** Threads for the logs, the clock, timers, signals, and for what the JVM starts when it needs it. */
    private static final int COMMON_THREADS = 12;

    private static final long STACK_BYTES = 64L << 10;

    private ThreadReserve() {}

    /** How many threads a router with this many listeners needs besides those that the JVM has at its start. */
    static int threads(int listeners) {
        return COMMON_THREADS + Runtime.getRuntime().availableProcessors() + listeners * ListenerBinding.threads();
    }

    /** Why this process cannot have {@code threads} more threads, or null if it can. */
    static @Nullable String problem(int threads) {
        return problem(threads, task -> new Thread(null, task, "reserve", STACK_BYTES));
    }

    /** As {@link #problem(int)}, with threads of {@code factory}. All have ended when this returns. */
    static @Nullable String problem(int threads, ThreadFactory factory) {
        CountDownLatch release = new CountDownLatch(1);
        List<Thread> started = new ArrayList<>(threads);
        try {
            for (int i = 0; i < threads; i++) {
                Thread thread = factory.newThread(() -> awaitQuietly(release));
                thread.start();
                started.add(thread);
            }
            return null;
        } catch (OutOfMemoryError noThread) {
            return "the router needs " + threads + " threads more, and the operating system gives this process only "
                    + started.size() + " (ulimit -u, or the limit of processes of the container)";
        } finally {
            release.countDown();
            started.forEach(ThreadReserve::joinQuietly);
        }
    }

    /** Makes the JVM start the threads that it needs for virtual threads. Otherwise it starts them with the first of these. */
    static void startVirtualThreads() {
        joinQuietly(Thread.startVirtualThread(() -> {}));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void joinQuietly(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
