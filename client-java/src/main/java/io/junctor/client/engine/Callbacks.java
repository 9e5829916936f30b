package io.junctor.client.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/** Safe for use by many threads. Runs each task on a virtual thread of its own, so that it may block. */
public final class Callbacks implements Executor {
    /** The only one: it has no state. */
    public static final Callbacks VIRTUAL = new Callbacks();

    private final ThreadFactory threads =
            Thread.ofVirtual().name("junctor-callback-", 0).factory();

    private Callbacks() {}

    @Override
    public void execute(Runnable task) {
        threads.newThread(task).start();
    }
}
