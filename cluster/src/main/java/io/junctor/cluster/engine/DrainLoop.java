package io.junctor.cluster.engine;

import java.util.concurrent.atomic.AtomicInteger;

/** Drains a queue into which several threads put messages: one thread at a time sends them. Thread-safe. */
public final class DrainLoop {
    /**
     * How many calls of {@link #run} were made since the current sender began its round. The thread that raises the number from 0 becomes the
     * sender.
     */
    private final AtomicInteger asked = new AtomicInteger();

    /**
     * Runs {@code sendAll}, unless another thread is running it: then that thread runs it once more. If {@code sendAll} throws an exception,
     * what is left in the queue is sent by the next call.
     */
    public void run(Runnable sendAll) {
        if (asked.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            try {
                sendAll.run();
            } catch (RuntimeException | Error fault) {
                asked.set(0);
                throw fault;
            }
            seen = asked.addAndGet(-seen);
        } while (seen > 0);
    }
}
