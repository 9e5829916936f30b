package io.junctor.client.internal.engine;

import io.junctor.client.internal.Log;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.value.ProtocolViolationException;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The events that wait for one handler. A virtual thread runs while events wait, so the handler receives one event at a
 * time, in the order of arrival. Thread-safe.
 */
final class EventQueue implements Runnable {
    private static final Log LOG = Log.of(EventQueue.class);

    /** An event that the handler has not received yet. */
    private record QueuedEvent(Event event, int size) {}

    private final ReentrantLock lock;
    private final FlowControl demand;
    private final SessionPayloadCodec contents;
    private final String label;
    private final EventCallback handler;
    private final CompletableFuture<String> revoked = new CompletableFuture<>();

    // Guarded by the session's lock.
    private final ArrayDeque<QueuedEvent> events = new ArrayDeque<>();
    private boolean running;
    private boolean closed;

    EventQueue(
            ReentrantLock lock, FlowControl demand, SessionPayloadCodec contents, String label, EventCallback handler) {
        this.lock = lock;
        this.demand = demand;
        this.contents = contents;
        this.label = label;
        this.handler = handler;
    }

    /** Completes with the reason when the router revokes the subscription. */
    CompletableFuture<String> revoked() {
        return revoked;
    }

    /** Adds an event whose message had {@code size} bytes. Returns true if the caller must start a thread. */
    boolean addLocked(Event event, int size) {
        assert lock.isHeldByCurrentThread();
        if (closed) {
            return false;
        }
        events.add(new QueuedEvent(event, size));
        demand.addLocked(size);
        boolean start = !running;
        running = true;
        return start;
    }

    /** Removes the waiting events. The handler receives no more events. */
    void closeLocked() {
        assert lock.isHeldByCurrentThread();
        closed = true;
        events.forEach(waiting -> demand.removeLocked(waiting.size));
        events.clear();
    }

    @Override
    public void run() {
        QueuedEvent waiting = next();
        while (waiting != null) {
            deliver(waiting.event);
            done(waiting);
            waiting = next();
        }
    }

    private @Nullable QueuedEvent next() {
        lock.lock();
        try {
            QueuedEvent waiting = events.poll();
            running = waiting != null;
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    private void done(QueuedEvent waiting) {
        lock.lock();
        try {
            demand.removeLocked(waiting.size);
        } finally {
            lock.unlock();
        }
        demand.resume();
    }

    private void deliver(Event event) {
        try {
            handler.onEvent(
                    event, contents.read(event.payload(), event.details().passthru()));
        } catch (ProtocolViolationException problem) {
            LOG.write(System.Logger.Level.WARNING, "an event of {0} was dropped: {1}", label, problem.getMessage());
        } catch (InterruptedException closed) {
            LOG.write(System.Logger.Level.INFO, "the handler of {0} was interrupted", label);
        } catch (Throwable thrown) {
            LOG.write(System.Logger.Level.ERROR, "the handler of " + label + " failed", thrown);
        }
    }
}
