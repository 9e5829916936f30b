package io.junctor.client.internal;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** Runs each task on its own virtual thread, so that the task may block. Thread-safe. */
public final class VirtualThreads implements Executor {
    /** The only instance. */
    public static final VirtualThreads EXECUTOR = new VirtualThreads();

    // Counted here, because a thread factory with a counter makes the JVM generate classes for its first thread.
    private final AtomicLong started = new AtomicLong();

    private VirtualThreads() {}

    @Override
    public void execute(Runnable task) {
        Thread.ofVirtual().name("junctor-callback-" + started.getAndIncrement()).start(task);
    }
}
