package io.junctor.router.session;

/**
 * Safe for use by many threads. Whether all outboxes together hold too much: then those above the average take no more
 * events, so the memory of the router is bounded however many clients are slow. Nothing that is queued is removed.
 */
public final class MemoryPressure {
    private final long limitBytes;
    /** Written by the sweep, read in every turn. */
    private volatile long eventCeilingBytes = Long.MAX_VALUE;

    /** No pressure; it begins when outboxes hold more than {@code limitBytes}. */
    public MemoryPressure(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** An outbox that holds more than this takes no events. */
    public long eventCeilingBytes() {
        return eventCeilingBytes;
    }

    /** Tells what all outboxes hold together. Called by one thread at a time, every now and then. */
    public void measured(long totalBytes, int outboxes) {
        eventCeilingBytes = totalBytes > limitBytes ? totalBytes / Math.max(1, outboxes) : Long.MAX_VALUE;
    }
}
