package io.junctor.cluster.engine;

import java.util.concurrent.atomic.AtomicInteger;

/** Lets one thread at a time send what others have put into a queue. Thread-safe. */
public final class Sending {
    /** How often it was asked for since the sender began its round; the sender is the one that raises it from 0. */
    private final AtomicInteger asked = new AtomicInteger();

    /** Runs {@code sendAll}, unless another thread does: that one runs it once more. */
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
