package io.junctor.server;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks periodically whether the operating system still lets this process start threads. Without new threads the router goes on
 * with the threads that it has ({@link ThreadStartupCheck}), but other programs of the same user fail to start. Thread-safe.
 */
final class ThreadStartMonitor {
    /** The time between two checks. */
    static final Duration PERIOD = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(ThreadStartMonitor.class);

    /** Whether the last check failed. All listeners of the process share this state. */
    private static final AtomicBoolean EXHAUSTED = new AtomicBoolean();

    private ThreadStartMonitor() {}

    /** Returns whether no thread could be started at the last check. */
    static boolean isExhausted() {
        return EXHAUSTED.get();
    }

    /** Tries to start a thread that ends at once, and records whether that worked. Must not be called by an I/O thread. */
    static void check() {
        note(ThreadStartupCheck.problem(1));
    }

    /** Checks like {@link #check()}, with a thread of {@code factory}. */
    static void check(ThreadFactory factory) {
        note(ThreadStartupCheck.problem(1, factory));
    }

    private static void note(@Nullable String problem) {
        boolean isExhausted = problem != null;
        if (EXHAUSTED.compareAndSet(!isExhausted, isExhausted)) {
            if (isExhausted) {
                LOG.warn(
                        "the operating system gives this process no more threads (ulimit -u, or the limit of processes of"
                                + " the container); the router serves on with the threads that it has");
            } else {
                LOG.info("the operating system gives this process threads again");
            }
        }
    }
}
