package io.junctor.router.connection;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Safe for use by many threads. The bytes that connections hold of messages which are not whole yet or not routed yet. Over the limit,
 * the connection ends that has held some for the longest: clients that send whole messages are never that for long.
 */
public final class IncomingBytes {
    /** A connection that holds no more than this is not counted. */
    public static final int FREE_BYTES = 1 << 12;

    private final long limitBytes;
    private final AtomicLong heldBytes = new AtomicLong();
    private final AtomicLong begun = new AtomicLong();
    private final Set<Share> shares = ConcurrentHashMap.newKeySet();

    /** At most so many bytes, and those of one read of each connection. */
    public IncomingBytes(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** The bytes that are held. */
    public long held() {
        return heldBytes.get();
    }

    /** The share of a connection that {@code refuse} ends. */
    public Share share(Runnable refuse) {
        return new Share(refuse);
    }

    private void refuseOldest() {
        shares.stream().min(Comparator.comparingLong(share -> share.since)).ifPresent(oldest -> {
            if (shares.remove(oldest)) {
                oldest.refuse.run();
            }
        });
    }

    /** Used by one thread at a time, the one that reads from the connection. */
    public final class Share {
        private final Runnable refuse;
        /** Written by the reader before it is among the shares, read by others after that. */
        private volatile long since;

        private int bytes;

        private Share(Runnable refuse) {
            this.refuse = refuse;
        }

        /** The connection holds {@code now} bytes. */
        public void hold(int now) {
            int counted = now <= FREE_BYTES ? 0 : now;
            int more = counted - bytes;
            if (more == 0) {
                return;
            }
            if (counted == 0) {
                shares.remove(this);
            } else if (bytes == 0) {
                since = begun.incrementAndGet();
                shares.add(this);
            }
            bytes = counted;
            if (heldBytes.addAndGet(more) > limitBytes && more > 0) {
                refuseOldest();
            }
        }
    }
}
