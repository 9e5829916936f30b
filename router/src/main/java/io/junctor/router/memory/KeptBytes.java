package io.junctor.router.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what all realms keep of what was published: retained events, testaments and histories in memory. Thread-safe.
 *
 * <p>Each realm counts in an {@link Account} of its own, which is closed when the realm ends.
 */
public final class KeptBytes {
    private final LowHeapMonitor heap;
    private volatile long limitBytes;
    private final AtomicLong totalBytes = new AtomicLong();

    /** At most {@code limitBytes}, and nothing more while {@code heap} refuses it. */
    public KeptBytes(LowHeapMonitor heap, long limitBytes) {
        this.heap = heap;
        this.limitBytes = limitBytes;
    }

    /** From now on the limit is {@code bytes}. */
    void use(long bytes) {
        limitBytes = bytes;
    }

    /** The bytes that all realms keep. */
    public long totalBytes() {
        return totalBytes.get();
    }

    /** An account for one realm, with nothing in it. */
    public Account account() {
        return new Account();
    }

    /** Counts what one realm keeps. Confined to the realm's turn, except {@link #bytes} and {@link #close}. */
    public final class Account implements AutoCloseable {
        private final AtomicLong bytes = new AtomicLong();

        private Account() {}

        /** The bytes that the realm keeps. Thread-safe. */
        public long bytes() {
            return bytes.get();
        }

        /** Whether {@code more} bytes may be kept. */
        public boolean admits(long more) {
            return !heap.refusesStorage() && totalBytes.get() + more <= limitBytes;
        }

        /** Whether the heap is so full that nothing more is kept, however small. */
        public boolean isClosedByHeap() {
            return heap.refusesStorage();
        }

        /** Whether more is kept than the limit allows. */
        public boolean isOverLimit() {
            return totalBytes.get() > limitBytes;
        }

        /** Counts {@code more} bytes, fewer if negative. */
        public void add(long more) {
            bytes.addAndGet(more);
            totalBytes.addAndGet(more);
        }

        /** Counts nothing of this realm any more: it has ended. */
        @Override
        public void close() {
            totalBytes.addAndGet(-bytes.getAndSet(0));
        }
    }
}
