package io.junctor.router.turn;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of all operations that wait for any realm. Thread-safe. */
public final class MailboxBytes {
    private volatile long limitBytes;
    private final AtomicLong bytes = new AtomicLong();

    /** At most {@code limitBytes}, and one operation of each realm. */
    public MailboxBytes(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** From now on the limit is {@code most}. */
    public void use(long most) {
        limitBytes = most;
    }

    /** The bytes that wait. */
    public long bytes() {
        return bytes.get();
    }

    /** Counts an operation that waits. */
    public void add(int more) {
        if (more != 0) {
            bytes.addAndGet(more);
        }
    }

    /** Counts an operation no longer. */
    public void remove(int less) {
        add(-less);
    }

    /** Whether there is no room; small operations may take a quarter more. */
    boolean isFull(boolean isSmall) {
        return bytes.get() - limitBytes >= (isSmall ? limitBytes / 4 : 0);
    }
}
