package io.junctor.client.internal.engine;

import io.junctor.client.internal.BlockingWait;
import io.junctor.client.internal.RequestFailure;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.WampError;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Safe for use by many threads. The partial results of one call, in order, from their arrival until somebody takes them. Those
 * that wait count as a handler's backlog, so that a reader that is too slow pauses the session's reading.
 */
public final class ProgressiveResults {
    private record BlockingWait(Result part, int size) {}

    private final ReentrantLock lock;
    private final Condition changed;
    private final FlowControl demand;
    private final Payloads contents;

    // Guarded by the session's lock.
    private final ArrayDeque<BlockingWait> waiting = new ArrayDeque<>();
    private boolean over;
    private boolean unwanted;
    private @Nullable Throwable failure;

    ProgressiveResults(ReentrantLock lock, FlowControl demand, Payloads contents) {
        this.lock = lock;
        this.changed = lock.newCondition();
        this.demand = demand;
        this.contents = contents;
    }

    void addLocked(Result part, int size) {
        if (!unwanted) {
            waiting.add(new BlockingWait(part, size));
            demand.addLocked(size);
            changed.signalAll();
        }
    }

    /** No more will come. The lock is not held. */
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
     * Waits for the next one; null when the final result has come instead.
     *
     * @throws RuntimeException what the call failed with, once all parts before that are taken
     */
    public @Nullable Arguments next() {
        BlockingWait next;
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
            throw RequestFailure.of(WampError.CANCELED, "interrupted while waiting for a partial result", interrupted);
        } finally {
            lock.unlock();
        }
        demand.resume();
        return read(next.part);
    }

    /** Forgets those that wait and those that will come. */
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
        } catch (ProtocolViolation problem) {
            throw RequestFailure.of(
                    WampError.INVALID_PAYLOAD, "a partial result cannot be read: " + problem.getMessage(), problem);
        }
    }
}
