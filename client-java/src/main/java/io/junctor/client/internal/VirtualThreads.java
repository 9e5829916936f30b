package io.junctor.client.internal;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/** Runs each task on its own virtual thread, so that the task may block. Thread-safe. */
public final class VirtualThreads implements Executor {
    /** The only instance. */
    public static final VirtualThreads EXECUTOR = new VirtualThreads();

    private final ThreadFactory threads =
            Thread.ofVirtual().name("junctor-callback-", 0).factory();

    private VirtualThreads() {}

    @Override
    public void execute(Runnable task) {
        threads.newThread(task).start();
    }
}
