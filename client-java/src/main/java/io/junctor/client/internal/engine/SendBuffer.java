package io.junctor.client.internal.engine;

import io.junctor.client.internal.Transport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bounded buffer between a session and its transport. Thread-safe.
 *
 * <p>Messages are added under the session's lock, so they are sent in the order of their request ids. {@link #flush} writes
 * them outside the lock, on any thread. {@code rounds} counts the calls of {@code flush} that are not served yet.
 * The thread that raises it from 0 writes until it is 0 again; all other threads only raise it. So if a transport runs its
 * callback before {@code write} returns, this takes one more iteration of the loop and no additional stack frame.
 */
final class SendBuffer {
    private static final int BATCH_BYTES = 1 << 16;
    private static final int BATCH_MESSAGES = 256;

    /** A message to write. If {@code written} is not null, it completes after the write. */
    private static final class QueuedMessage {
        final byte[] message;
        final @Nullable CompletableFuture<Void> written;

        QueuedMessage(byte[] message, @Nullable CompletableFuture<Void> written) {
            this.message = message;
            this.written = written;
        }
    }

    private final ReentrantLock lock;
    private final Condition room;
    private final Transport transport;
    private final int limitBytes;
    private final Runnable onRelief;
    private final AtomicInteger rounds = new AtomicInteger();

    // Guarded by the session's lock.
    private final ArrayDeque<QueuedMessage> entries = new ArrayDeque<>();
    private List<QueuedMessage> writing = List.of();
    private long bytes;
    private boolean closed;
    private int closeCode;

    /** @param onRelief runs without the lock when the buffer no longer holds twice its limit */
    SendBuffer(ReentrantLock lock, Transport transport, int limitBytes, Runnable onRelief) {
        this.lock = lock;
        this.room = lock.newCondition();
        this.transport = transport;
        this.limitBytes = limitBytes;
        this.onRelief = onRelief;
    }

    /** Waits at most {@code nanos} for room. Returns false if there is still no room. */
    boolean awaitRoomLocked(long nanos) throws InterruptedException {
        long leftNanos = nanos;
        while (bytes >= limitBytes && !closed) {
            if (leftNanos <= 0) {
                return false;
            }
            leftNanos = room.awaitNanos(leftNanos);
        }
        return true;
    }

    /** Returns whether the buffer holds twice its limit. Answers can fill it that far, because they do not wait for room. */
    boolean isOverfullLocked() {
        return bytes >= 2L * limitBytes;
    }

    /** Adds a message, even above the limit. The caller must call {@link #flush} after it has released the lock. */
    void addLocked(byte[] message, @Nullable CompletableFuture<Void> written) {
        assert lock.isHeldByCurrentThread();
        entries.add(new QueuedMessage(message, written));
        bytes += message.length;
    }

    /**
     * Removes the messages whose write has not begun, adds a last message if there is one, and closes the
     * transport after it. Returns the futures of the removed messages. Wakes the threads that wait for room.
     */
    List<CompletableFuture<Void>> closeLocked(byte @Nullable [] lastMessage, int code) {
        assert lock.isHeldByCurrentThread();
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        for (QueuedMessage entry : entries) {
            bytes -= entry.message.length;
            if (entry.written != null) {
                waiting.add(entry.written);
            }
        }
        entries.clear();
        if (lastMessage != null) {
            addLocked(lastMessage, null);
        }
        closed = true;
        closeCode = code;
        room.signalAll();
        return waiting;
    }

    /** Writes the messages. The caller must not hold the lock. */
    void flush() {
        assert !lock.isHeldByCurrentThread();
        if (rounds.getAndIncrement() != 0) {
            return;
        }
        int served = 1;
        do {
            List<byte[]> batch = nextBatch();
            if (!batch.isEmpty()) {
                transport.write(batch, this::onWritten);
            } else if (isDone()) {
                transport.close(closeCode);
            }
            served = rounds.addAndGet(-served);
        } while (served != 0);
    }

    /** Returns the next messages to write. Empty while other messages are being written. */
    private List<byte[]> nextBatch() {
        lock.lock();
        try {
            if (!writing.isEmpty() || entries.isEmpty()) {
                return List.of();
            }
            List<QueuedMessage> batch = new ArrayList<>();
            List<byte[]> messages = new ArrayList<>();
            int batchBytes = 0;
            while (!entries.isEmpty() && batchBytes < BATCH_BYTES && batch.size() < BATCH_MESSAGES) {
                QueuedMessage entry = entries.remove();
                batch.add(entry);
                messages.add(entry.message);
                batchBytes += entry.message.length;
            }
            writing = batch;
            return messages;
        } finally {
            lock.unlock();
        }
    }

    private boolean isDone() {
        lock.lock();
        try {
            return closed && writing.isEmpty() && entries.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void onWritten() {
        List<QueuedMessage> batch;
        boolean isRelieved;
        lock.lock();
        try {
            boolean wasOverfull = isOverfullLocked();
            batch = writing;
            writing = List.of();
            for (QueuedMessage entry : batch) {
                bytes -= entry.message.length;
            }
            room.signalAll();
            isRelieved = wasOverfull && !isOverfullLocked();
        } finally {
            lock.unlock();
        }
        if (isRelieved) {
            onRelief.run();
        }
        for (QueuedMessage entry : batch) {
            if (entry.written != null) {
                entry.written.complete(null);
            }
        }
        flush();
    }
}
