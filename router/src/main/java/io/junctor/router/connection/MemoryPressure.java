package io.junctor.router.connection;

import io.junctor.router.metrics.Counters;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Safe for use by many threads. What all outboxes hold together. Over the limit, an outbox takes no events and invocations beyond its share, which is
 * the same part of the limit for all, but for one into an empty outbox; nothing more is read from a client whose answers are more. Over one and a half
 * times the limit, an empty outbox is no exception, and a session whose client is slow and whose outbox is beyond its share ends with its
 * next answer. So the memory of the router is bounded however many clients are slow.
 *
 * <p>Each outbox tells what it holds while it is appended to, but only in steps of {@link #STEP_BYTES}: an outbox whose client keeps up
 * never touches the sum.
 */
public final class MemoryPressure {
    /** An outbox holds at most so much more, or less, than it has told. */
    static final int STEP_BYTES = 1 << 13;

    /** While the heap is nearly full, an outbox takes no event that makes it larger than this, except the first. */
    static final int LOW_MEMORY_BYTES = 1 << 16;

    private final long limitBytes;
    private final HeapUsage heap;
    private final AtomicLong totalBytes = new AtomicLong();
    /** Written by the sweep, read in every turn. */
    private volatile int outboxes = 1;

    /** No pressure; it begins when outboxes hold more than {@code limitBytes}. */
    public MemoryPressure(long limitBytes) {
        this(limitBytes, new HeapUsage(new Counters()));
    }

    /** As {@link #MemoryPressure(long)}, and stricter while {@code heap} is nearly full. */
    public MemoryPressure(long limitBytes, HeapUsage heap) {
        this.limitBytes = limitBytes;
        this.heap = heap;
    }

    /** What all outboxes hold together. */
    public long totalBytes() {
        return totalBytes.get();
    }

    /** Whether an outbox in which {@code waitingBytes} wait takes no {@code bytes} more. */
    public boolean isTooMuch(long waitingBytes, int bytes) {
        long total = totalBytes.get();
        if (total <= limitBytes) {
            return waitingBytes + bytes > LOW_MEMORY_BYTES && waitingBytes > 0 && heap.dropsEvents();
        }
        boolean mayTakeOne = waitingBytes == 0 && !isCritical(total);
        return !mayTakeOne && waitingBytes + bytes > limitBytes / outboxes;
    }

    /** Whether slow clients beyond their share must go. */
    public boolean isCritical() {
        return isCritical(totalBytes.get());
    }

    private boolean isCritical(long total) {
        return total - limitBytes > limitBytes / 2;
    }

    /** Outboxes hold {@code bytes} more, or less where that is negative. */
    public void add(long bytes) {
        totalBytes.addAndGet(bytes);
    }

    /** Tells how many outboxes there are. */
    public void outboxes(int count) {
        outboxes = Math.max(1, count);
    }
}
