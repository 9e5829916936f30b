package io.junctor.server.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.junctor.server.gateway.session.GatewaySession.EventReceiver;
import io.junctor.wamp.message.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The events that wait for the client of one stream. When it is full, the session takes no more from the router, and the limits of
 * its outbox decide, as for each slow client. Thread-safe; one thread adds and one takes.
 */
final class EventQueue implements EventReceiver {
    private static final int MOST_EVENTS = 64;
    private static final Duration CHECK_PERIOD = Duration.ofSeconds(1);

    private final BlockingQueue<Received> events = new ArrayBlockingQueue<>(MOST_EVENTS);
    /** Written by {@link #close} or {@link #wake}; read by both threads. */
    private volatile boolean isClosed;

    /** An event with its arguments; null in it is a reason to look whether the session has ended. */
    record Received(@Nullable Event event, ArrayNode arguments) {}

    @Override
    public void onEvent(Event event, ArrayNode arguments) {
        try {
            Received received = new Received(event, arguments);
            while (!isClosed && !events.offer(received, CHECK_PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                // The client is slow, or it is gone and the queue will be closed.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All events that wait, at least one; none if no event comes within {@code most}, or {@link #wake} was called. */
    List<Received> take(Duration most) throws InterruptedException {
        Received first = events.poll(most.toMillis(), TimeUnit.MILLISECONDS);
        List<Received> all = new ArrayList<>();
        if (first != null) {
            all.add(first);
            events.drainTo(all);
        }
        all.removeIf(received -> received.event() == null);
        return all;
    }

    /** Makes the thread that takes look around; if the queue is full, it does so anyway. */
    @SuppressWarnings("CheckReturnValue")
    void wake(ArrayNode nothing) {
        events.offer(new Received(null, nothing));
    }

    /** Discards events from now on. */
    void close() {
        isClosed = true;
        events.clear();
    }
}
