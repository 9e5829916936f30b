package io.junctor.client.internal.engine;

import io.junctor.client.internal.RequestException;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.WampError;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The progressive results of one call, in order, from their arrival until the application reads them. For flow control, unread results
 * count like messages that wait for handlers. Thread-safe.
 */
public final class ProgressiveResults {
    /** A progressive result that the application has not read yet. */
    private record QueuedResult(Result part, int size) {}

    private final ReentrantLock lock;
    private final Condition changed;
    private final FlowControl demand;
    private final SessionPayloadCodec contents;

    // Guarded by the session's lock.
    private final ArrayDeque<QueuedResult> waiting = new ArrayDeque<>();
    private boolean over;
    private boolean unwanted;
    private @Nullable Throwable failure;

    ProgressiveResults(ReentrantLock lock, FlowControl demand, SessionPayloadCodec contents) {
        this.lock = lock;
        this.changed = lock.newCondition();
        this.demand = demand;
        this.contents = contents;
    }

    void addLocked(Result part, int size) {
        if (!unwanted) {
            waiting.add(new QueuedResult(part, size));
            demand.addLocked(size);
            changed.signalAll();
        }
    }

    /** Notes that the call has ended. The caller must not hold the lock. */
    void finish(@Nullable Throwable reason) {
        lock.lock();
        try {
            over = true;
            failure = reason;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the next result. Returns null after the last one.
     *
     * @throws RuntimeException the failure of the call, after all results before it have been read
     */
    public @Nullable Arguments next() {
        QueuedResult next;
        lock.lock();
        try {
            while (waiting.isEmpty() && !over) {
                changed.await();
            }
            next = waiting.poll();
            if (next == null) {
                return atEndLocked();
            }
            demand.removeLocked(next.size);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw RequestException.of(
                    WampError.CANCELED, "interrupted while waiting for a partial result", interrupted);
        } finally {
            lock.unlock();
        }
        demand.resume();
        return read(next.part);
    }

    /** Drops the waiting results and all later ones. */
    public void discard() {
        lock.lock();
        try {
            unwanted = true;
            waiting.forEach(unread -> demand.removeLocked(unread.size));
            waiting.clear();
        } finally {
            lock.unlock();
        }
        demand.resume();
    }

    private @Nullable Arguments atEndLocked() {
        if (failure instanceof RuntimeException thrown) {
            throw thrown;
        }
        return null;
    }

    private Arguments read(Result part) {
        try {
            return contents.read(part.payload(), part.details().passthru());
        } catch (ProtocolViolationException problem) {
            throw RequestException.of(
                    WampError.INVALID_PAYLOAD, "a partial result cannot be read: " + problem.getMessage(), problem);
        }
    }
}
