package io.junctor.client.internal;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** Runs each task on its own virtual thread, so that the task may block. Thread-safe. */
public final class VirtualThreads implements Executor {
    /** The only instance. */
    public static final VirtualThreads EXECUTOR = new VirtualThreads();

    // A factory that counts makes the JVM generate classes when it makes its first thread.
    private final AtomicLong started = new AtomicLong();

    private VirtualThreads() {}

    @Override
    public void execute(Runnable task) {
        Thread.ofVirtual().name("junctor-callback-" + started.getAndIncrement()).start(task);
    }
}
