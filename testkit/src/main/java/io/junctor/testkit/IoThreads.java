package io.junctor.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The I/O threads of all listeners in this process. Thread-safe. */
public final class IoThreads {
    private static final String PREFIX = "io-";
    /** Methods in which a thread waits for sockets. The JVM reports such a thread as runnable. */
    private static final Set<String> WAITING_FOR_SOCKETS = Set.of("wait", "accept", "accept0", "poll");

    private static final long STEP_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private IoThreads() {}

    /**
     * Returns when each I/O thread has been idle since the call, or after ten seconds. A client may read an answer before the I/O thread
     * that wrote the answer goes on. After this method, the router has noted that the answer is written.
     */
    public static void awaitIdle() {
        long beginNanos = System.nanoTime();
        for (Thread thread : all()) {
            while (isBusy(thread) && System.nanoTime() - beginNanos < MOST_NANOS) {
                LockSupport.parkNanos(STEP_NANOS);
            }
        }
    }

    private static List<Thread> all() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        Thread[] threads = new Thread[2 * group.activeCount() + 100];
        group.enumerate(threads);
        return Arrays.stream(threads)
                .filter(Objects::nonNull)
                .filter(thread -> thread.getName().startsWith(PREFIX) && thread != Thread.currentThread())
                .toList();
    }

    private static boolean isBusy(Thread thread) {
        return switch (thread.getState()) {
            case RUNNABLE -> !isWaitingForSockets(thread.getStackTrace());
            case BLOCKED -> true;
            case NEW, WAITING, TIMED_WAITING, TERMINATED -> false;
        };
    }

    private static boolean isWaitingForSockets(StackTraceElement[] trace) {
        return trace.length > 0
                && trace[0].getClassName().startsWith("sun.nio.ch.")
                && WAITING_FOR_SOCKETS.contains(trace[0].getMethodName());
    }
}
