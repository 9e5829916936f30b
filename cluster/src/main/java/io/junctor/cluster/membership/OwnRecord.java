package io.junctor.cluster.membership;

import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Written;
import io.junctor.router.turn.Timers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The record of a router, which it rewrites every three seconds by compare-and-set. Thread-safe.
 *
 * <p>Where a write is refused or its outcome is unknown, the record is read: it has another revision of this router, or the
 * verdict of the others.
 */
final class OwnRecord {
    static final long PAUSE_NANOS = 1_000_000_000L;
    /** Less than the 15 s after which the others may declare the router dead. */
    private static final long LEASE_NANOS = 12_000_000_000L;

    private static final long TOUCH_NANOS = 3_000_000_000L;
    private static final long TWO_TOUCHES_NANOS = 2 * TOUCH_NANOS;
    /** How long a write may have no answer until the next one is tried: the store may have lost it while it had no leader. */
    private static final long RETRY_NANOS = 2_000_000_000L;
    /** Within this time after the store has begun to take writes, each router that lives has written again. */
    private static final long FAIR_NANOS = 2 * RETRY_NANOS;

    private static final long CONNECTED = Long.MAX_VALUE;

    private final RouterId router;
    private final String key;
    private final Records records;
    private final String name;
    private final byte[] value;
    private final Timers timers;
    private final Listener listener;
    private long revision;
    /** How many writes have no answer yet. */
    private int writing;

    private long begunNanos;
    private boolean removed;
    /** Whether the last write had no answer in time, or was neither accepted nor refused. */
    private boolean failing = true;
    /** Since when the store takes writes, while they do not fail. */
    private long takesWritesSinceNanos;
    /** What was begun before does not show that the others still trust the router. */
    private long distrustedNanos;

    // Written by the holder of the lock, and read without it: the time of the loss first, then the distrust.
    private volatile long writtenNanos;
    private volatile boolean stored;
    private volatile boolean distrusted = true;
    private volatile long lostSinceNanos = CONNECTED;

    /** Is told what became of the record; must not block. */
    interface Listener {
        /** The others have declared the router dead. */
        void onExcluded();

        /** The record is absent; the store has to be read anew to know whether it was removed or the store was made anew. */
        void onMissing();
    }

    /**
     * The record of a router.
     *
     * @param listener is told what became of it
     */
    OwnRecord(RouterId router, Records records, String name, Timers timers, Listener listener) {
        this.router = router;
        this.key = router.toString();
        this.records = records;
        this.name = name;
        this.value = new RouterRecord.Up(name).bytes();
        this.timers = timers;
        this.listener = listener;
        this.distrustedNanos = timers.nanos();
        this.writtenNanos = distrustedNanos - LEASE_NANOS;
    }

    boolean isStored() {
        return stored;
    }

    /** Whether the router may believe that the others do not take it for dead. */
    boolean isTrusted(long nowNanos) {
        long lostNanos = lostSinceNanos;
        boolean isConnected = lostNanos == CONNECTED || nowNanos - lostNanos < PAUSE_NANOS;
        return stored && !distrusted && isConnected && nowNanos - writtenNanos < LEASE_NANOS;
    }

    /** Whether the store takes writes for so long that each router that lives has written its record meanwhile. */
    synchronized boolean areWritesTaken(long nowNanos) {
        return stored
                && !failing
                && nowNanos - takesWritesSinceNanos >= FAIR_NANOS
                && nowNanos - writtenNanos <= TWO_TOUCHES_NANOS;
    }

    /** The record must take a write before the router is trusted again. */
    void distrust() {
        synchronized (this) {
            distrustNow();
        }
        write();
    }

    /** The caller holds the lock. */
    private void distrustNow() {
        distrusted = true;
        distrustedNanos = timers.nanos();
    }

    synchronized void onDisconnected(long nowNanos) {
        lostSinceNanos = nowNanos;
    }

    void onTick(long nowNanos) {
        boolean isDue;
        synchronized (this) {
            boolean isLate = writing > 0 && nowNanos - begunNanos >= RETRY_NANOS;
            failing |= isLate;
            isDue = (writing == 0 || isLate) && (!stored || distrusted || nowNanos - writtenNanos >= TOUCH_NANOS);
        }
        if (isDue) {
            write();
        }
    }

    /** Writes the record now. What was lost meanwhile makes the router distrusted until the write is accepted. */
    void write() {
        CompletionStage<Written> change;
        long nowNanos = timers.nanos();
        synchronized (this) {
            if (removed) {
                return;
            }
            if (lostSinceNanos != CONNECTED) {
                distrustNow();
                lostSinceNanos = CONNECTED;
            }
            writing++;
            begunNanos = nowNanos;
            change = stored ? records.replace(key, value, revision) : records.create(key, value);
        }
        var unused = change.thenAccept(written -> onWritten(written, nowNanos));
    }

    /** Takes the record as it came back from the store. */
    void onStored(long storedRevision, RouterRecord record) {
        if (record instanceof RouterRecord.Dead) {
            exclude();
            return;
        }
        synchronized (this) {
            revision = Math.max(revision, storedRevision);
        }
    }

    /** The record was removed, unless it was in a store that has been made anew since. */
    void onRemoved(long latest) {
        boolean isMine;
        synchronized (this) {
            isMine = latest >= revision;
        }
        if (isMine) {
            exclude();
        }
    }

    /** If the store was made anew, without the record, the record is written anew. */
    synchronized void onCaughtUp(long latest) {
        if (latest < revision) {
            stored = false;
            distrustNow();
            revision = 0;
        }
    }

    CompletionStage<Written> remove() {
        synchronized (this) {
            removed = true;
        }
        return records.remove(key);
    }

    /** Declares the router dead itself, so that another one clears up after it. */
    CompletionStage<Written> declareDead(String reason) {
        byte[] verdict = new RouterRecord.Dead(name, router, reason).bytes();
        long latest;
        synchronized (this) {
            removed = true;
            latest = revision;
        }
        return records.replace(key, verdict, latest)
                .thenCompose(written -> written instanceof Written.Accepted
                        ? CompletableFuture.completedFuture(written)
                        : declareDeadAgain(verdict, written));
    }

    /** The record may have taken a write of this router meanwhile. If it has a verdict, or is absent, it stays so. */
    private CompletionStage<Written> declareDeadAgain(byte[] verdict, Written before) {
        return records.read(key)
                .thenCompose(found ->
                        found.isPresent() && RouterRecord.read(found.get().value()) instanceof RouterRecord.Up
                                ? records.replace(key, verdict, found.get().revision())
                                : CompletableFuture.completedFuture(before));
    }

    private void onWritten(Written written, long sinceNanos) {
        synchronized (this) {
            writing--;
            if (written instanceof Written.Accepted accepted) {
                onAccepted(accepted.revision(), sinceNanos);
                return;
            }
            failing |= written instanceof Written.Unknown;
        }
        var unused = records.read(key).thenAccept(found -> {
            if (found.isPresent()) {
                onStored(found.get().revision(), RouterRecord.read(found.get().value()));
                synchronized (this) {
                    stored = true;
                }
            } else if (written instanceof Written.Conflict) {
                listener.onMissing();
            }
        });
    }

    /** The caller holds the lock. An earlier write may be accepted later than the next one was begun. */
    private void onAccepted(long acceptedRevision, long sinceNanos) {
        revision = Math.max(revision, acceptedRevision);
        if (sinceNanos - writtenNanos > 0) {
            writtenNanos = sinceNanos;
        }
        stored = true;
        distrusted &= sinceNanos - distrustedNanos < 0;
        if (failing) {
            failing = false;
            takesWritesSinceNanos = timers.nanos();
        }
    }

    private void exclude() {
        synchronized (this) {
            if (removed) {
                return;
            }
            removed = true;
        }
        listener.onExcluded();
    }
}
