package io.junctor.router.transport;

import java.util.concurrent.Executor;

/** Safe for use by many threads. The home of connections that no thread of their own reads: the calling thread. */
public enum DirectHome implements Executor {
    /** The only one. */
    INSTANCE;

    @Override
    public void execute(Runnable task) {
        task.run();
    }
}
