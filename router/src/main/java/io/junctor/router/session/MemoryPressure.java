package io.junctor.router.session;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Safe for use by many threads. What all outboxes hold together. Over the limit, outboxes above the average take no more events and
 * invocations, and nothing more is read from a client whose answers pile up there. Over twice the limit, a session whose
 * outbox is above the average ends with its next answer. So the memory of the router is bounded however many clients are slow.
 *
 * <p>Each outbox tells what it holds while it is appended to, but only in steps of {@link #STEP_BYTES}: an outbox whose client keeps up
 * never touches the sum.
 */
public final class MemoryPressure {
    /** An outbox holds at most so much more, or less, than it has told. */
    static final int STEP_BYTES = 1 << 13;

    private final long limitBytes;
    private final AtomicLong totalBytes = new AtomicLong();
    /** Written by the sweep, read in every turn. */
    private volatile int outboxes = 1;

    /** No pressure; it begins when outboxes hold more than {@code limitBytes}. */
    public MemoryPressure(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** What all outboxes hold together. */
    public long totalBytes() {
        return totalBytes.get();
    }

    /** An outbox that holds more than this takes no events and invocations. */
    public long ceilingBytes() {
        long total = totalBytes.get();
        return total > limitBytes ? total / outboxes : Long.MAX_VALUE;
    }

    /** Whether a session whose outbox is above the average must end. */
    boolean isCritical() {
        return totalBytes.get() / 2 > limitBytes;
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
