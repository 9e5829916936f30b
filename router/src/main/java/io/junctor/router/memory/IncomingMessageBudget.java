package io.junctor.router.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the bytes that all connections hold of messages which are incomplete or not routed yet. Above the limit, it ends one of the
 * connections that hold at least an equal share of the bytes: the connection that has held bytes for the longest time. So it affects
 * neither clients that send complete messages, which never hold bytes for long, nor connections with small messages that wait because the
 * router is busy. Thread-safe.
 */
public final class IncomingMessageBudget {
    /** The number of bytes up to which a connection is not counted. */
    public static final int FREE_BYTES = 1 << 12;

    private volatile long limitBytes;
    private final AtomicLong heldBytes = new AtomicLong();
    private final AtomicLong begun = new AtomicLong();
    private final Set<Share> shares = ConcurrentHashMap.newKeySet();

    /** Creates a limit of {@code limitBytes}; each connection may exceed it by the bytes of one read. */
    public IncomingMessageBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** From now on the limit is {@code bytes}. */
    public void use(long bytes) {
        limitBytes = bytes;
    }

    /** The bytes that all counted connections hold. */
    public long held() {
        return heldBytes.get();
    }

    /** Creates the share of a connection; {@code refuse} is called to end the connection. */
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

    /** The bytes that one connection holds. Thread-safe. */
    public final class Share {
        private final Runnable refuse;
        /** The time at which the connection began to hold bytes. Written before this object is added to the shares. */
        private volatile long since;

        /** The bytes that the connection holds. Changed with the lock only. */
        private volatile int bytes;

        @GuardedBy("this")
        private boolean refused;

        private Share(Runnable refuse) {
            this.refuse = refuse;
        }

        /** Sets the bytes that the connection holds; has no effect after the connection was refused. */
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

        /** Ends the connection and stops counting its bytes; otherwise further connections would be ended before this connection has closed. */
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
