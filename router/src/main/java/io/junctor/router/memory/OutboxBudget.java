package io.junctor.router.memory;

import io.junctor.router.metrics.Counters;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Bounds the bytes of all outboxes and open calls together, whatever the number of slow clients. Thread-safe.
 *
 * <ul>
 * <li>Above the limit, an outbox takes no events that make it larger than an eighth of an equal share of the limit. The exception, up to
 *       one and an eighth times the limit, is one event into an empty outbox. So events alone never hold more than one and a quarter times
 *       the limit, whatever the number of slow subscribers. Reading pauses for a client whose answers are larger than an equal share.
 * <li>Above one and three eighths times the limit, calls are bounded, too: neither the open calls of a caller, nor the invocations and
 * large answers in an outbox, may use more than an equal share. The exception is one message into an empty outbox. So events that slow
 * subscribers do not read leave room for calls.
 * <li>Above one and a half times the limit, there is no exception for an empty outbox. The session of a slow client whose outbox is larger
 * than the share ends at its next answer.
 * </ul>
 *
 * <p>An outbox reports its size while messages are appended, in steps of {@link #STEP_BYTES}, so that an outbox whose client reads fast
 * enough never changes the total.
 */
public final class OutboxBudget {
    /** The step of reports: the bytes of an outbox differ from its last report by less than this. */
    public static final int STEP_BYTES = 1 << 13;

    /** The maximum size to which events may fill an outbox while the heap is nearly full; a first event always fits. */
    static final int LOW_MEMORY_BYTES = 1 << 16;

    /** The divisor of an equal share: above the limit, the events in an outbox may use only this fraction of the share. */
    private static final int EVENTS_PART = 8;

    private volatile long limitBytes;
    private final LowHeapMonitor heap;
    private final AtomicLong totalBytes = new AtomicLong();
    /** The number of outboxes. Written by the sweep, read in every turn. */
    private volatile int outboxes = 1;

    /** Creates a budget with a limit of {@code limitBytes}. */
    public OutboxBudget(long limitBytes) {
        this(limitBytes, new LowHeapMonitor(new Counters()));
    }

    /** Creates a budget with a limit of {@code limitBytes} that is stricter while {@code heap} is nearly full. */
    public OutboxBudget(long limitBytes, LowHeapMonitor heap) {
        this.limitBytes = limitBytes;
        this.heap = heap;
    }

    /** From now on the limit is {@code bytes}. */
    void use(long bytes) {
        limitBytes = bytes;
    }

    /** The bytes that all outboxes and open calls hold together. */
    public long totalBytes() {
        return totalBytes.get();
    }

    /** Whether an outbox in which {@code waitingBytes} wait refuses an event of {@code bytes}. */
    public boolean isTooMuchForEvent(long waitingBytes, int bytes) {
        long limit = limitBytes;
        long total = totalBytes.get();
        if (total <= limit) {
            return isTooMuchInLowMemory(waitingBytes, bytes);
        }
        boolean mayTakeOne = waitingBytes == 0 && total <= limit + limit / 8;
        return !mayTakeOne && waitingBytes + bytes > limit / outboxes / EVENTS_PART;
    }

    /** Whether a session refuses {@code bytes} more for a call, if {@code waitingBytes} wait in its outbox or are used by its open calls. */
    public boolean isTooMuchForCall(long waitingBytes, int bytes) {
        long limit = limitBytes;
        long total = totalBytes.get();
        if (total <= limit + limit / 8 * 3) {
            return isTooMuchInLowMemory(waitingBytes, bytes);
        }
        boolean mayTakeOne = waitingBytes == 0 && !isCritical(total);
        return !mayTakeOne && waitingBytes + bytes > limit / outboxes;
    }

    /** Whether the answers in an outbox, which are never refused, use more than an equal share of the limit. */
    public boolean isTooMuchOfAnswers(long waitingBytes) {
        long limit = limitBytes;
        return totalBytes.get() > limit ? waitingBytes > limit / outboxes : isTooMuchInLowMemory(waitingBytes, 0);
    }

    private boolean isTooMuchInLowMemory(long waitingBytes, int bytes) {
        return waitingBytes + bytes > LOW_MEMORY_BYTES && waitingBytes > 0 && heap.dropsEvents();
    }

    /** Whether sessions of slow clients have to end if their outboxes are larger than an equal share. */
    public boolean isCritical() {
        return isCritical(totalBytes.get());
    }

    private boolean isCritical(long total) {
        return total - limitBytes > limitBytes / 2;
    }

    /** Adds {@code bytes}, which may be negative, to the total of all outboxes. */
    public void add(long bytes) {
        totalBytes.addAndGet(bytes);
    }

    /** Sets the number of outboxes. */
    public void outboxes(int count) {
        outboxes = Math.max(1, count);
    }

    /** Creates a report by which an outbox adds its bytes, which {@code heldBytes} returns, to this budget. */
    public OutboxAccount report(LongSupplier heldBytes) {
        return new OutboxAccount(heldBytes);
    }

    /** Reports the bytes that one outbox holds, in steps. Called by the appender and the drainer. */
    public final class OutboxAccount {
        private final LongSupplier heldBytes;
        private final AtomicLong reportedBytes = new AtomicLong();

        private OutboxAccount(LongSupplier heldBytes) {
            this.heldBytes = heldBytes;
        }

        /** Reports the present bytes of the outbox, if they have changed by at least a step since the last report. */
        public void update() {
            update(STEP_BYTES);
        }

        /** Reports the exact present bytes of the outbox, so that no bytes of a disconnected client stay counted. */
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
