package io.junctor.router.connection;

import java.util.concurrent.Executor;

/** Safe for use by many threads. The home of connections that no thread of their own reads: the calling thread. */
public enum CallerThreadExecutor implements Executor {
    /** The only one. */
    INSTANCE;

    @Override
    public void execute(Runnable task) {
        task.run();
    }
}
