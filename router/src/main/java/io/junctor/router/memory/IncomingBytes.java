package io.junctor.router.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the bytes that all connections hold of messages which are incomplete or not routed yet. Above the limit, of the connections
 * that hold at least an equal share the one ends that has held bytes for the longest time: clients that send whole messages never hold
 * bytes for long, and small messages that wait because the router is busy are no reason to end a connection. Thread-safe.
 */
public final class IncomingBytes {
    /** A connection that holds no more than this is not counted. */
    public static final int FREE_BYTES = 1 << 12;

    private volatile long limitBytes;
    private final AtomicLong heldBytes = new AtomicLong();
    private final AtomicLong begun = new AtomicLong();
    private final Set<Share> shares = ConcurrentHashMap.newKeySet();

    /** Allows {@code limitBytes}, and the bytes of one read of each connection. */
    public IncomingBytes(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** From now on the limit is {@code bytes}. */
    public void use(long bytes) {
        limitBytes = bytes;
    }

    /** The bytes that are held. */
    public long held() {
        return heldBytes.get();
    }

    /** The share of one connection; {@code refuse} ends the connection. */
    public Share share(Runnable refuse) {
        return new Share(refuse);
    }

    private void refuseOldest() {
        long equalShare = shares.stream().mapToLong(share -> share.bytes).sum() / Math.max(1, shares.size());
        shares.stream()
                .filter(share -> share.bytes >= equalShare)
                .min(Comparator.comparingLong(share -> share.since))
                .ifPresent(Share::refuse);
    }

    /** What one connection holds. Thread-safe. */
    public final class Share {
        private final Runnable refuse;
        /** When it began to hold bytes. Written before it is added to the shares. */
        private volatile long since;

        /** Written with the lock. */
        private volatile int bytes;

        @GuardedBy("this")
        private boolean refused;

        private Share(Runnable refuse) {
            this.refuse = refuse;
        }

        /** Counts the connection with {@code now} bytes; not at all once it is refused. */
        public void hold(int now) {
            int counted = now <= FREE_BYTES ? 0 : now;
            if (counted != bytes && isOver(counted)) {
                refuseOldest();
            }
        }

        private synchronized boolean isOver(int counted) {
            int more = counted - bytes;
            if (refused || more == 0) {
                return false;
            }
            if (counted == 0) {
                shares.remove(this);
            } else if (bytes == 0) {
                since = begun.incrementAndGet();
                shares.add(this);
            }
            bytes = counted;
            return heldBytes.addAndGet(more) > limitBytes && more > 0;
        }

        /** Its bytes do not count from now on: otherwise other connections would be refused before this one has ended. */
        private void refuse() {
            synchronized (this) {
                if (!shares.remove(this)) {
                    return;
                }
                refused = true;
                heldBytes.addAndGet(-bytes);
            }
            refuse.run();
        }
    }
}
