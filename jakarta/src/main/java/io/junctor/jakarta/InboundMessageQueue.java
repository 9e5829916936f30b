package io.junctor.jakarta;

import io.junctor.router.connection.MessageReceiver;
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
 * Safe for use by many threads. Stands between a transport that brings messages when it likes and a receiver that asks for each: up to
 * {@link #MOST} with {@link #MOST_BYTES}, and one more, wait here. One thread at a time calls the receiver; what others bring meanwhile it takes along.
 */
final class InboundMessageQueue {
    static final int MOST = 256;
    /** Where so many bytes wait, no message is added. */
    static final int MOST_BYTES = 1 << 20;

    /** How long whoever brings one more waits for room. */
    static final Duration WAIT = Duration.ofSeconds(5);

    private final Executor executor;
    private final Timers timers;
    private final ReentrantLock lock = new ReentrantLock();

    // All that follows belongs to who holds the lock.
    private final Condition room = lock.newCondition();
    private final ArrayDeque<byte[]> parked = new ArrayDeque<>();
    private long parkedBytes;
    private boolean demanded;
    private boolean serving = true;
    private boolean ending;
    private boolean deaf;
    private @Nullable String fault;
    private @Nullable String cause;

    @SuppressWarnings("NullAway.Init") // Set by open(), before anybody serves.
    private MessageReceiver receiver;

    /** Nothing is delivered before {@link #open}; {@code executor} serves what is parked when the receiver asks. */
    InboundMessageQueue(Executor executor, Timers timers) {
        this.executor = executor;
        this.timers = timers;
    }

    void open(MessageReceiver opened) {
        receiver = opened;
        serve();
    }

    /** Brings a message; waits for room at most {@link #WAIT}, and returns whether there was any. */
    boolean park(byte[] message) throws InterruptedException {
        lock.lock();
        try {
            if (isHeldUp() && !awaitRoom()) {
                return false;
            }
            if (!ending && !deaf) {
                parked.add(message);
                parkedBytes += message.length;
            }
        } finally {
            lock.unlock();
        }
        serveUnlessServed();
        return true;
    }

    /** The receiver wants one more message. */
    void demand() {
        boolean start;
        lock.lock();
        try {
            demanded = true;
            start = !serving && hasWork();
            serving |= start;
        } finally {
            lock.unlock();
        }
        if (start) {
            executor.execute(this::serve);
        }
    }

    /** The peer broke the rules; told after the messages that came before, and nothing is delivered after it. */
    void fault(String problem) {
        lock.lock();
        try {
            if (!deaf && !ending) {
                deaf = true;
                fault = problem;
            }
        } finally {
            lock.unlock();
        }
        serveUnlessServed();
    }

    /** The transport is gone; {@code atOnce} throws away what is parked, else it is delivered before. */
    void end(String why, boolean atOnce) {
        lock.lock();
        try {
            ending = true;
            if (cause == null) {
                cause = why;
            }
            if (atOnce) {
                parked.clear();
                parkedBytes = 0;
                fault = null;
            }
            room.signalAll();
        } finally {
            lock.unlock();
        }
        serveUnlessServed();
    }

    /** Whether the transport is held up. */
    boolean isFull() {
        lock.lock();
        try {
            return isCrowded();
        } finally {
            lock.unlock();
        }
    }

    private boolean isCrowded() {
        return parked.size() == MOST || parkedBytes >= MOST_BYTES;
    }

    private boolean isHeldUp() {
        return isCrowded() && !ending;
    }

    /** Holds the lock, but for the wait itself. */
    private boolean awaitRoom() throws InterruptedException {
        AtomicBoolean late = new AtomicBoolean();
        Timer timer = timers.after(WAIT, () -> wake(late));
        try {
            while (isHeldUp() && !late.get()) {
                room.await();
            }
        } finally {
            timer.cancel();
        }
        return !isHeldUp();
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

    private void serveUnlessServed() {
        boolean start;
        lock.lock();
        try {
            start = !serving && hasWork();
            serving |= start;
        } finally {
            lock.unlock();
        }
        if (start) {
            serve();
        }
    }

    private boolean hasWork() {
        return (parked.isEmpty() && fault == null) ? ending : demanded;
    }

    /** Calls the receiver until there is nothing for it; after the end it goes on serving, so that nobody else does. */
    private void serve() {
        Pass pass = Pass.open();
        try {
            boolean more = true;
            while (more) {
                if (!pass.isSettled() && isIdle()) {
                    // Another thread may serve next.
                    pass.settle();
                }
                more = serveOne();
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

    private boolean serveOne() {
        byte[] message;
        String problem;
        lock.lock();
        try {
            if (!hasWork()) {
                serving = false;
                return false;
            }
            message = parked.poll();
            problem = message == null ? fault : null;
            if (message != null) {
                demanded = false;
                parkedBytes -= message.length;
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
