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
 * The events that wait for the client of one stream. When the queue is full, the session accepts no more events from the router; they
 * wait in its outbox, whose limits apply as for every slow client. Thread-safe; one thread adds events and one thread takes them.
 */
final class EventQueue implements EventReceiver {
    private static final int MOST_EVENTS = 64;
    private static final Duration CHECK_PERIOD = Duration.ofSeconds(1);

    private final BlockingQueue<ReceivedEvent> events = new ArrayBlockingQueue<>(MOST_EVENTS);
    /** Whether the queue is closed; {@link #close} sets it, and the thread that adds events reads it. */
    private volatile boolean isClosed;

    /** An event with its arguments; {@code event} is null in an element that {@link #wake} added. */
    record ReceivedEvent(@Nullable Event event, ArrayNode arguments) {}

    @Override
    public void onEvent(Event event, ArrayNode arguments) {
        try {
            ReceivedEvent received = new ReceivedEvent(event, arguments);
            while (!isClosed && !events.offer(received, CHECK_PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                // The client is slow, or the client has disconnected and the queue is about to be closed.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for at least one event and returns all. Returns none if none arrives within {@code most}, or if {@link #wake} was called. */
    List<ReceivedEvent> take(Duration most) throws InterruptedException {
        ReceivedEvent first = events.poll(most.toMillis(), TimeUnit.MILLISECONDS);
        List<ReceivedEvent> all = new ArrayList<>();
        if (first != null) {
            all.add(first);
            events.drainTo(all);
        }
        all.removeIf(received -> received.event() == null);
        return all;
    }

    /** Makes {@link #take} return, so that its caller checks the session. If the queue is full, {@code take} returns anyway. */
    @SuppressWarnings("CheckReturnValue")
    void wake(ArrayNode nothing) {
        events.offer(new ReceivedEvent(null, nothing));
    }

    /** Discards all waiting and later events. */
    void close() {
        isClosed = true;
        events.clear();
    }
}
