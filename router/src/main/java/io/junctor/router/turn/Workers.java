package io.junctor.router.turn;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Safe for use by many threads. Virtual threads, {@code work-n}, for whatever may block or take its time. */
public final class Workers implements Executor, AutoCloseable {
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("work-", 0).factory());

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** Nothing new begins; what runs goes on to its end. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
