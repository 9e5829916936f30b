package io.junctor.router.memory;

import io.junctor.router.metrics.Counters;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Bounds the bytes of all outboxes and open calls together, however many clients are slow. Thread-safe.
 *
 * <ul>
 *   <li>Above the limit, an outbox takes no events that make it larger than an eighth of an equal share of the limit,
 *       except one into an empty outbox up to one and an eighth times the limit. So however many subscribers are slow,
 *       events alone never hold more than one and a quarter times the limit. Reading pauses for a client whose answers
 *       are larger than an equal share.
 *   <li>Above one and three eighths times the limit, what a call needs may not be more than an equal share: the open
 *       calls of a caller, and the invocations and large answers in an outbox, except one into an empty outbox. So
 *       events that slow subscribers do not read leave room for calls.
 *   <li>Above one and a half times the limit, an empty outbox is no exception. The session of a slow client whose
 *       outbox is larger than the share ends with its next answer.
 * </ul>
 *
 * <p>An outbox reports its size while messages are appended, in steps of {@link #STEP_BYTES}: an outbox whose client
 * keeps up never changes the sum.
 */
public final class OutboxBudget {
    /** What an outbox holds differs by less than this from what it has reported. */
    public static final int STEP_BYTES = 1 << 13;

    /** While the heap is nearly full, an outbox takes no event that makes it larger than this, except the first. */
    static final int LOW_MEMORY_BYTES = 1 << 16;

    /** Above the limit, the events in an outbox may use this part of an equal share. */
    private static final int EVENTS_PART = 8;

    private volatile long limitBytes;
    private final LowHeapMonitor heap;
    private final AtomicLong totalBytes = new AtomicLong();
    /** Written by the sweep, read in every turn. */
    private volatile int outboxes = 1;

    /** A budget that is exceeded when outboxes hold more than {@code limitBytes}. */
    public OutboxBudget(long limitBytes) {
        this(limitBytes, new LowHeapMonitor(new Counters()));
    }

    /** As {@link #OutboxBudget(long)}, and stricter while {@code heap} is nearly full. */
    public OutboxBudget(long limitBytes, LowHeapMonitor heap) {
        this.limitBytes = limitBytes;
        this.heap = heap;
    }

    /** From now on the limit is {@code bytes}. */
    void use(long bytes) {
        limitBytes = bytes;
    }

    /** What all outboxes and open calls hold together. */
    public long totalBytes() {
        return totalBytes.get();
    }

    /** Whether an outbox in which {@code waitingBytes} wait takes no event of {@code bytes} more. */
    public boolean isTooMuchForEvent(long waitingBytes, int bytes) {
        long limit = limitBytes;
        long total = totalBytes.get();
        if (total <= limit) {
            return isTooMuchInLowMemory(waitingBytes, bytes);
        }
        boolean mayTakeOne = waitingBytes == 0 && total <= limit + limit / 8;
        return !mayTakeOne && waitingBytes + bytes > limit / outboxes / EVENTS_PART;
    }

    /**
     * Whether a session takes nothing of {@code bytes} more for a call, where so many bytes wait in its outbox or are used by its open
     * calls.
     */
    public boolean isTooMuchForCall(long waitingBytes, int bytes) {
        long limit = limitBytes;
        long total = totalBytes.get();
        if (total <= limit + limit / 8 * 3) {
            return isTooMuchInLowMemory(waitingBytes, bytes);
        }
        boolean mayTakeOne = waitingBytes == 0 && !isCritical(total);
        return !mayTakeOne && waitingBytes + bytes > limit / outboxes;
    }

    /** Whether the answers in an outbox, which are never refused, are more than an equal share of what all may hold. */
    public boolean isTooMuchOfAnswers(long waitingBytes) {
        long limit = limitBytes;
        return totalBytes.get() > limit ? waitingBytes > limit / outboxes : isTooMuchInLowMemory(waitingBytes, 0);
    }

    private boolean isTooMuchInLowMemory(long waitingBytes, int bytes) {
        return waitingBytes + bytes > LOW_MEMORY_BYTES && waitingBytes > 0 && heap.dropsEvents();
    }

    /** Whether the sessions of slow clients end whose outboxes are larger than their share. */
    public boolean isCritical() {
        return isCritical(totalBytes.get());
    }

    private boolean isCritical(long total) {
        return total - limitBytes > limitBytes / 2;
    }

    /** Adds {@code bytes} to what all outboxes hold; subtracts if negative. */
    public void add(long bytes) {
        totalBytes.addAndGet(bytes);
    }

    /** Sets the number of outboxes. */
    public void outboxes(int count) {
        outboxes = Math.max(1, count);
    }

    /** Reports to this object what an outbox holds, as {@code heldBytes} says it. */
    public Report report(LongSupplier heldBytes) {
        return new Report(heldBytes);
    }

    /** Reports the bytes that one outbox holds, in steps. Called by the appender and the drainer. */
    public final class Report {
        private final LongSupplier heldBytes;
        private final AtomicLong reportedBytes = new AtomicLong();

        private Report(LongSupplier heldBytes) {
            this.heldBytes = heldBytes;
        }

        /** Reports what the outbox holds now, if that has changed by a step since the last report. */
        public void update() {
            update(STEP_BYTES);
        }

        /** Reports exactly what the outbox holds now: nothing of a client that is gone may stay counted. */
        public void settle() {
            update(1);
        }

        private void update(int stepBytes) {
            long reported = reportedBytes.get();
            long now = heldBytes.getAsLong();
            while (Math.abs(now - reported) >= stepBytes) {
                if (reportedBytes.compareAndSet(reported, now)) {
                    add(now - reported);
                }
                reported = reportedBytes.get();
                now = heldBytes.getAsLong();
            }
        }
    }
}
