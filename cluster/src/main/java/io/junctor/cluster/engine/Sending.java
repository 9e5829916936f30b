package io.junctor.cluster.engine;

import java.util.concurrent.atomic.AtomicInteger;

/** Lets one thread at a time send the messages that several threads have put into a queue. Thread-safe. */
public final class Sending {
    /**
     * How many calls of {@link #run} were made since the current sender began its round. The thread that raises the number from 0 becomes the
     * sender.
     */
    private final AtomicInteger asked = new AtomicInteger();

    /** Runs {@code sendAll}, unless another thread is running it: then that thread runs it once more. */
    public void run(Runnable sendAll) {
        if (asked.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            sendAll.run();
            seen = asked.addAndGet(-seen);
        } while (seen > 0);
    }
}
