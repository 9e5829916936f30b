package io.junctor.testkit;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds received messages until the test reads them; a {@link ReceivedItem.Closed} is the last element. Thread-safe.
 */
final class ReceivedQueue {
    private final LinkedBlockingQueue<ReceivedItem> queue = new LinkedBlockingQueue<>();
    private boolean closed;

    synchronized void add(byte[] message) {
        if (!closed) {
            queue.add(new ReceivedItem.Message(message));
        }
    }

    synchronized void close(int code) {
        if (!closed) {
            closed = true;
            queue.add(new ReceivedItem.Closed(code));
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    int size() {
        return queue.size();
    }

    @Nullable
    ReceivedItem poll(long timeoutMillis) {
        ReceivedItem first = queue.poll();
        try {
            return first != null ? first : queue.poll(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a message", e);
        }
    }
}
