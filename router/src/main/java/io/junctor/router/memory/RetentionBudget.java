package io.junctor.router.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the bytes of the publications that all realms keep: retained events, testaments and histories in memory. Thread-safe.
 *
 * <p>Each realm has its own {@link Account}, which is closed when the realm ends.
 */
public final class RetentionBudget {
    private final LowHeapMonitor heap;
    private volatile long limitBytes;
    private final AtomicLong totalBytes = new AtomicLong();

    /** Creates a limit of {@code limitBytes}; while {@code heap} refuses storage, nothing more is kept. */
    public RetentionBudget(LowHeapMonitor heap, long limitBytes) {
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

    /** Creates an empty account for one realm. */
    public Account account() {
        return new Account();
    }

    /** Counts the bytes that one realm keeps. Confined to the realm's turn, except {@link #bytes} and {@link #close}. */
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

        /** Whether the heap is so full that nothing more is kept, whatever its size. */
        public boolean isClosedByHeap() {
            return heap.refusesStorage();
        }

        /** Whether the realms keep more bytes than the limit allows. */
        public boolean isOverLimit() {
            return totalBytes.get() > limitBytes;
        }

        /** Adds {@code more} bytes, which may be negative. */
        public void add(long more) {
            bytes.addAndGet(more);
            totalBytes.addAndGet(more);
        }

        /** Removes the bytes of this realm from the total, because the realm has ended. */
        @Override
        public void close() {
            totalBytes.addAndGet(-bytes.getAndSet(0));
        }
    }
}
