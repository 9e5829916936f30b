package io.junctor.cluster.membership;

import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Written;
import io.junctor.router.turn.Timers;
import java.util.concurrent.CompletionStage;

/**
 * The record of a router, which it rewrites every three seconds by compare-and-set. Thread-safe.
 *
 * <p>Where a write is refused or its outcome is unknown, the record is read: it has another revision of this router, or the
 * verdict of the others.
 */
final class OwnRecord {
    static final long PAUSE_NANOS = 1_000_000_000L;
    static final long TWO_TOUCHES_NANOS = 6_000_000_000L;
    /** Less than the 15 s after which the others may declare the router dead. */
    private static final long LEASE_NANOS = 12_000_000_000L;

    private static final long TOUCH_NANOS = 3_000_000_000L;
    private static final long CONNECTED = Long.MAX_VALUE;

    private final String key;
    private final Records records;
    private final byte[] value;
    private final Timers timers;
    private final Runnable onExcluded;
    private long revision;
    private long writtenNanos;
    private long lostSinceNanos = CONNECTED;
    private boolean stored;
    private boolean writing;
    private boolean distrusted = true;
    private boolean removed;

    /**
     * The record of a router.
     *
     * @param onExcluded runs if the others have declared the router dead
     */
    OwnRecord(RouterId router, Records records, String name, Timers timers, Runnable onExcluded) {
        this.key = router.toString();
        this.records = records;
        this.value = new RouterRecord.Up(name).bytes();
        this.timers = timers;
        this.onExcluded = onExcluded;
    }

    synchronized boolean isStored() {
        return stored;
    }

    /** Whether the router may believe that the others do not take it for dead. */
    synchronized boolean isTrusted(long nowNanos) {
        boolean isConnected = lostSinceNanos == CONNECTED || nowNanos - lostSinceNanos < PAUSE_NANOS;
        return stored && !distrusted && isConnected && nowNanos - writtenNanos < LEASE_NANOS;
    }

    synchronized boolean hasWrittenSince(long nanos) {
        return stored && writtenNanos - nanos >= 0;
    }

    /** The record must take a write before the router is trusted again. */
    void distrust() {
        synchronized (this) {
            distrusted = true;
        }
        write();
    }

    synchronized void onDisconnected(long nowNanos) {
        lostSinceNanos = nowNanos;
    }

    void onTick(long nowNanos) {
        boolean isDue;
        synchronized (this) {
            isDue = !writing && (!stored || distrusted || nowNanos - writtenNanos >= TOUCH_NANOS);
        }
        if (isDue) {
            write();
        }
    }

    /** Writes the record now. What was lost meanwhile makes the router distrusted until the write is accepted. */
    void write() {
        CompletionStage<Written> change;
        long begunNanos = timers.nanos();
        synchronized (this) {
            if (removed) {
                return;
            }
            if (lostSinceNanos != CONNECTED) {
                distrusted = true;
                lostSinceNanos = CONNECTED;
            }
            writing = true;
            change = stored ? records.replace(key, value, revision) : records.create(key, value);
        }
        var unused = change.thenAccept(written -> onWritten(written, begunNanos));
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

    /** If the store was made anew, without the record, the record is written anew. */
    synchronized void onCaughtUp(long latest) {
        if (latest < revision) {
            stored = false;
            distrusted = true;
            revision = 0;
        }
    }

    CompletionStage<Written> remove() {
        synchronized (this) {
            removed = true;
        }
        return records.remove(key);
    }

    private void onWritten(Written written, long begunNanos) {
        synchronized (this) {
            writing = false;
            if (written instanceof Written.Accepted accepted) {
                stored = true;
                distrusted = false;
                revision = Math.max(revision, accepted.revision());
                writtenNanos = begunNanos;
                return;
            }
        }
        var unused = records.read(key).thenAccept(found -> {
            if (found.isPresent()) {
                onStored(found.get().revision(), RouterRecord.read(found.get().value()));
                synchronized (this) {
                    stored = true;
                }
            } else if (written instanceof Written.Conflict) {
                exclude();
            }
        });
    }

    private void exclude() {
        synchronized (this) {
            if (removed) {
                return;
            }
            removed = true;
        }
        onExcluded.run();
    }
}
