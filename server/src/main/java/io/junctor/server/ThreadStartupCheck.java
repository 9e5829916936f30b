package io.junctor.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Checks at startup that the process may start all threads that it needs. A router that gets only some of them
 * would accept clients without serving them. Thread-safe.
 */
final class ThreadStartupCheck {
    /** Threads for the logs, the clock, timers and signals, and threads that the JVM itself starts later. */
    private static final int COMMON_THREADS = 12;

    private static final long STACK_BYTES = 64L << 10;

    private ThreadStartupCheck() {}

    /** Returns how many threads a router with this many listeners needs besides the threads that the JVM has at startup. */
    static int threads(int listeners) {
        return COMMON_THREADS + Runtime.getRuntime().availableProcessors() + listeners * ListenerBinding.threads();
    }

    /** Returns why this process cannot start {@code threads} more threads, or null if it can. */
    static @Nullable String problem(int threads) {
        return problem(threads, task -> new Thread(null, task, "reserve", STACK_BYTES));
    }

    /** Checks like {@link #problem(int)}, with threads of {@code factory}. All of these threads have ended when the method returns. */
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
            started.forEach(ThreadStartupCheck::joinQuietly);
        }
    }

    /** Makes the JVM start the carrier threads of virtual threads now, instead of with the first virtual thread that the router needs. */
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
