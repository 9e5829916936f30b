package io.junctor.testkit;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Safe for use by many threads. What arrived at the client's end and was not read yet; one {@link Arrival.Closed} ends it. */
final class Inbox {
    private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private boolean closed;

    synchronized void add(byte[] message) {
        if (!closed) {
            arrivals.add(new Arrival.Message(message));
        }
    }

    synchronized void close(int code) {
        if (!closed) {
            closed = true;
            arrivals.add(new Arrival.Closed(code));
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    int size() {
        return arrivals.size();
    }

    @Nullable
    Arrival poll(long timeoutMillis) {
        Arrival arrival = arrivals.poll();
        try {
            return arrival != null ? arrival : arrivals.poll(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a message", e);
        }
    }
}
