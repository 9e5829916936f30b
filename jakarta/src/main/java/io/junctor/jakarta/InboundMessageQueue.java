package io.junctor.jakarta;

import io.junctor.router.connection.transport.MessageReceiver;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Timers;
import io.junctor.router.turn.Timers.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Holds messages that a container delivers before the receiver demands them: up to {@link #MAX_MESSAGES} messages or
 * {@link #MAX_BYTES} bytes, and one message more. One thread at a time calls the receiver; this thread also delivers the messages
 * that other threads add meanwhile. Thread-safe.
 */
final class InboundMessageQueue {
    static final int MAX_MESSAGES = 256;
    /** The number of waiting bytes at which the queue accepts no further message. */
    static final int MAX_BYTES = 1 << 20;

    /** The time for which a thread waits for room in the queue when it adds a message. */
    static final Duration WAIT = Duration.ofSeconds(5);

    private final Executor executor;
    private final Timers timers;
    private final ReentrantLock lock = new ReentrantLock();

    // The rest is guarded by the lock.
    private final Condition room = lock.newCondition();
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
    private long queuedBytes;
    private boolean demanded;
    private boolean delivering = true;
    private boolean ending;
    private boolean faulted;
    private @Nullable String fault;
    private @Nullable String cause;

    @SuppressWarnings("NullAway.Init") // Set by open() before the first delivery.
    private MessageReceiver receiver;

    /**
     * Creates a queue that delivers nothing before {@link #open}. When the receiver demands a waiting message, {@code executor} delivers
     * it.
     */
    InboundMessageQueue(Executor executor, Timers timers) {
        this.executor = executor;
        this.timers = timers;
    }

    void open(MessageReceiver opened) {
        receiver = opened;
        deliver();
    }

    /** Adds a message. Waits for room up to {@link #WAIT}; returns false if there is still no room. */
    boolean add(byte[] message) throws InterruptedException {
        lock.lock();
        try {
            if (mustWait() && !awaitRoom()) {
                return false;
            }
            if (!ending && !faulted) {
                queue.add(message);
                queuedBytes += message.length;
            }
        } finally {
            lock.unlock();
        }
        deliverUnlessDelivering();
        return true;
    }

    /** The receiver demands one more message. */
    void demand() {
        boolean start;
        lock.lock();
        try {
            demanded = true;
            start = !delivering && hasWork();
            delivering |= start;
        } finally {
            lock.unlock();
        }
        if (start) {
            executor.execute(this::deliver);
        }
    }

    /**
     * Reports that the client broke the rules of the transport, after the waiting messages. Nothing is delivered afterwards.
     */
    void fault(String problem) {
        lock.lock();
        try {
            if (!faulted && !ending) {
                faulted = true;
                fault = problem;
            }
        } finally {
            lock.unlock();
        }
        deliverUnlessDelivering();
    }

    /** Reports that the transport has ended. With {@code atOnce} the waiting messages are discarded, otherwise delivered first. */
    void end(String why, boolean atOnce) {
        lock.lock();
        try {
            ending = true;
            if (cause == null) {
                cause = why;
            }
            if (atOnce) {
                queue.clear();
                queuedBytes = 0;
                fault = null;
            }
            room.signalAll();
        } finally {
            lock.unlock();
        }
        deliverUnlessDelivering();
    }

    /** Returns the bytes of the messages that wait. */
    int waitingBytes() {
        lock.lock();
        try {
            return (int) queuedBytes;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the queue is full, so that the container must wait. */
    boolean isFull() {
        lock.lock();
        try {
            return isAtLimit();
        } finally {
            lock.unlock();
        }
    }

    private boolean isAtLimit() {
        return queue.size() == MAX_MESSAGES || queuedBytes >= MAX_BYTES;
    }

    private boolean mustWait() {
        return isAtLimit() && !ending;
    }

    /** Waits for room; the lock is released during the wait. */
    private boolean awaitRoom() throws InterruptedException {
        AtomicBoolean late = new AtomicBoolean();
        Timer timer = timers.after(WAIT, () -> wake(late));
        try {
            while (mustWait() && !late.get()) {
                room.await();
            }
        } finally {
            timer.cancel();
        }
        return !mustWait();
    }

    private void wake(AtomicBoolean late) {
        lock.lock();
        try {
            late.set(true);
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void deliverUnlessDelivering() {
        boolean start;
        lock.lock();
        try {
            start = !delivering && hasWork();
            delivering |= start;
        } finally {
            lock.unlock();
        }
        if (start) {
            deliver();
        }
    }

    private boolean hasWork() {
        return (queue.isEmpty() && fault == null) ? ending : demanded;
    }

    /**
     * Calls the receiver while there is work. After the end, {@link #delivering} stays true, so that no thread delivers
     * anything more.
     */
    private void deliver() {
        Pass pass = Pass.open();
        try {
            boolean more = true;
            while (more) {
                if (!pass.isSettled() && isIdle()) {
                    // Another thread may deliver the next message.
                    pass.settle();
                }
                more = deliverNext();
            }
        } finally {
            pass.close();
        }
    }

    private boolean isIdle() {
        lock.lock();
        try {
            return !hasWork();
        } finally {
            lock.unlock();
        }
    }

    private boolean deliverNext() {
        byte[] message;
        String problem;
        lock.lock();
        try {
            if (!hasWork()) {
                delivering = false;
                return false;
            }
            message = queue.poll();
            problem = message == null ? fault : null;
            if (message != null) {
                demanded = false;
                queuedBytes -= message.length;
                room.signal();
            } else if (problem != null) {
                demanded = false;
                fault = null;
            }
        } finally {
            lock.unlock();
        }
        return call(message, problem);
    }

    private boolean call(byte @Nullable [] message, @Nullable String problem) {
        if (message != null) {
            receiver.onMessage(message);
            return true;
        }
        if (problem != null) {
            receiver.onFault(problem);
            return true;
        }
        receiver.onClosed(String.valueOf(cause));
        return false;
    }
}
