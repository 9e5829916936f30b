package io.junctor.router.turn;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of all operations that wait for any realm. Thread-safe. */
public final class MailboxBudget {
    private volatile long limitBytes;
    private final AtomicLong bytes = new AtomicLong();

    /** Creates a limit of {@code limitBytes}; in addition, one operation of each realm may always wait. */
    public MailboxBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** From now on the limit is {@code most}. */
    public void use(long most) {
        limitBytes = most;
    }

    /** The bytes of the waiting operations. */
    public long bytes() {
        return bytes.get();
    }

    /** Adds the bytes of an operation that waits. */
    public void add(int more) {
        if (more != 0) {
            bytes.addAndGet(more);
        }
    }

    /** Subtracts the bytes of an operation that no longer waits. */
    public void remove(int less) {
        add(-less);
    }

    /** Whether the limit is reached; for a small operation, whether one and a quarter times the limit is reached. */
    boolean isFull(boolean isSmall) {
        return bytes.get() - limitBytes >= (isSmall ? limitBytes / 4 : 0);
    }
}
