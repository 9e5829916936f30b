package io.junctor.cluster.membership;

import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Written;
import io.junctor.router.turn.Timers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The record of this router among the records of all routers. The router rewrites it every three seconds by compare-and-set. Thread-safe.
 *
 * <p>After a write that was refused or has an unknown outcome, the router reads the record: the record contains either a later write of this
 * router, or the verdict of the other routers that this router is dead.
 */
final class OwnRecord {
    static final long PAUSE_NANOS = 1_000_000_000L;
    /** Less than the 15 s after which the others may declare the router dead. */
    private static final long LEASE_NANOS = 12_000_000_000L;

    private static final long TOUCH_NANOS = 3_000_000_000L;
    private static final long TWO_TOUCHES_NANOS = 2 * TOUCH_NANOS;
    /** How long a write waits for its answer before the router tries the next one: the store may have lost the write while it had no leader. */
    private static final long RETRY_NANOS = 2_000_000_000L;
    /** Each live router has rewritten its record within this time after the store has begun to accept writes. */
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
    /** When the store began to accept writes; valid while writes do not fail. */
    private long takesWritesSinceNanos;
    /** When the router was last distrusted. A write that began earlier does not show that the others still trust the router. */
    private long distrustedNanos;

    // Written under the lock and read without it. A reader reads the time of the loss before the distrust.
    private volatile long writtenNanos;
    private volatile boolean stored;
    private volatile boolean distrusted = true;
    private volatile long lostSinceNanos = CONNECTED;

    /** Is notified about the record; must not block. */
    interface Listener {
        /** The other routers have declared this router dead. */
        void onExcluded();

        /**
         * The record is absent. The listener has to read the store again to find out whether the record was removed or the store was created
         * anew.
         */
        void onMissing();
    }

    /**
     * Creates the record of a router; {@link #write} stores it.
     *
     * @param listener is notified about the record
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

    /** Whether this router can rely on not having been declared dead by the others. */
    boolean isTrusted(long nowNanos) {
        long lostNanos = lostSinceNanos;
        boolean isConnected = lostNanos == CONNECTED || nowNanos - lostNanos < PAUSE_NANOS;
        return stored && !distrusted && isConnected && nowNanos - writtenNanos < LEASE_NANOS;
    }

    /** Whether the store has accepted writes for so long that each live router has rewritten its record meanwhile. */
    synchronized boolean areWritesTaken(long nowNanos) {
        return stored
                && !failing
                && nowNanos - takesWritesSinceNanos >= FAIR_NANOS
                && nowNanos - writtenNanos <= TWO_TOUCHES_NANOS;
    }

    /** Withdraws the trust in this router until the store has accepted a write of the record. */
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

    /** Writes the record now. If the connection was lost since the last write, this router is distrusted until the store accepts the write. */
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

    /** Handles the record as it was read from the store. */
    void onStored(long storedRevision, RouterRecord record) {
        if (record instanceof RouterRecord.Dead) {
            exclude();
            return;
        }
        synchronized (this) {
            revision = Math.max(revision, storedRevision);
        }
    }

    /** Handles the removal of the record, unless the record was in a store that has been created anew since. */
    void onRemoved(long latest) {
        boolean isMine;
        synchronized (this) {
            isMine = latest >= revision;
        }
        if (isMine) {
            exclude();
        }
    }

    /** If the store was created anew, without the record, lets the next tick write the record again. */
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

    /** Declares this router dead in its own record, so that another router clears up after it. */
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

    /**
     * Tries the verdict once more, because an earlier write of this router may have changed the revision. A record that has a verdict, or is
     * absent, stays as it is.
     */
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

    /** The caller holds the lock. A write may be accepted after the next one has begun. */
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
