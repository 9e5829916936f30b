package io.junctor.router.broker;

import io.junctor.router.memory.HeapEstimate;
import io.junctor.router.memory.RetentionBudget;
import io.junctor.router.spi.EventLog;
import io.junctor.router.spi.EventPage;
import io.junctor.router.spi.EventQuery;
import io.junctor.router.spi.EventQuery.Positions;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.router.spi.StoredEvent;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Timers;
import io.junctor.router.turn.Turnstile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the events of one topic or pattern in memory: a ring buffer whose positions increase by one. A query looks at a
 * limited number of events in each turn and skips those that were removed meanwhile. Confined to the realm's turn.
 */
final class InMemoryEventLog implements EventLog {
    /** The number of events that one turn looks at. */
    static final int SLICE = 1_000;
    /** The bytes of heap that an event uses in addition to its parts of variable length. */
    static final int OVERHEAD_BYTES = 256;

    private static final long UNKNOWN = -1;
    private static final int FIRST_CAPACITY = 16;
    private static final CompletionStage<Void> STORED = CompletableFuture.completedFuture(null);

    private HistoryTopic limits;
    private final RetentionBudget.Account account;
    private final Turnstile turnstile;
    private final Timers timers;
    private final Long2LongHashMap positionByPublication = new Long2LongHashMap(UNKNOWN);

    /** The event at position p is in slot p modulo the length, which is a power of two. */
    private @Nullable StoredEvent[] ring = new StoredEvent[FIRST_CAPACITY];

    /**
     * The monotonic time at which each event of the ring was stored. The time of day is not used, because the clock of the machine may be
     * set.
     */
    private long[] storedNanos = new long[FIRST_CAPACITY];

    private long first;
    private long end;
    private long bytes;

    InMemoryEventLog(HistoryTopic limits, Turnstile turnstile, Timers timers, RetentionBudget.Account account) {
        this.account = account;
        this.limits = limits;
        this.turnstile = turnstile;
        this.timers = timers;
    }

    @InTurn
    @Override
    public CompletionStage<Void> append(StoredEvent event) {
        removeExpired();
        if (end - first == ring.length) {
            grow();
        }
        ring[slot(end)] = event;
        storedNanos[slot(end)] = timers.nanos();
        positionByPublication.put(event.publication(), end);
        end++;
        bytes += bytes(event);
        account.add(bytes(event));
        // The newest event stays even if all realms together keep too much, because its publication may be
        // acknowledged.
        while (end - first > limits.events() || bytes > limits.bytes() || (account.isOverLimit() && end - first > 1)) {
            removeFirst();
        }
        return STORED;
    }

    /** Uses other limits, and removes the oldest events until the remaining events fit. */
    @InTurn
    void use(HistoryTopic others) {
        limits = others;
        removeExpired();
        while (end - first > limits.events() || (bytes > limits.bytes() && end > first)) {
            removeFirst();
        }
    }

    /** Removes all events, because the history was removed from the configuration. */
    @InTurn
    void clear() {
        while (end > first) {
            removeFirst();
        }
    }

    @InTurn
    @Override
    public CompletionStage<EventPage> read(EventQuery query) {
        removeExpired();
        Scan scan = new Scan(query);
        if (scan.hasBounds) {
            scan.scanSlice();
        } else {
            scan.answer.complete(EventPage.EMPTY);
        }
        return scan.answer;
    }

    /** The number of events. */
    @InTurn
    int size() {
        return (int) (end - first);
    }

    @InTurn
    private void removeExpired() {
        long nowNanos = timers.nanos();
        long ageNanos = limits.age().toNanos();
        while (first < end && nowNanos - storedNanos[slot(first)] > ageNanos) {
            removeFirst();
        }
    }

    @InTurn
    private void removeFirst() {
        StoredEvent event = at(first);
        if (event != null) {
            bytes -= bytes(event);
            account.add(-bytes(event));
            positionByPublication.remove(event.publication());
        }
        ring[slot(first)] = null;
        first++;
    }

    @InTurn
    private @Nullable StoredEvent at(long position) {
        return position >= first && position < end ? ring[slot(position)] : null;
    }

    private int slot(long position) {
        return (int) (position & (ring.length - 1));
    }

    @InTurn
    private void grow() {
        @Nullable StoredEvent[] larger = new StoredEvent[ring.length * 2];
        long[] largerNanos = new long[larger.length];
        for (long position = first; position < end; position++) {
            int slot = (int) (position & (larger.length - 1));
            larger[slot] = ring[slot(position)];
            largerNanos[slot] = storedNanos[slot(position)];
        }
        ring = larger;
        storedNanos = largerNanos;
    }

    /** The bytes of heap that an event uses. */
    private static long bytes(StoredEvent event) {
        return OVERHEAD_BYTES
                + event.payload().heldBytes()
                + HeapEstimate.of(event.topic().text())
                + HeapEstimate.of(event.details())
                + HeapEstimate.of(event.receivers());
    }

    /** A running query, which goes from one end of its range to the other. Confined to the realm's turn. */
    private final class Scan {
        private final EventQuery query;
        private final CompletableFuture<EventPage> answer = new CompletableFuture<>();
        private final List<StoredEvent> found = new ArrayList<>();
        /** Whether the log contains all publications that bound the range. */
        private final boolean hasBounds;

        private long from;
        private long to;

        @InTurn
        Scan(EventQuery query) {
            this.query = query;
            this.from = first;
            this.to = end;
            this.hasBounds = findBounds(query.positions());
        }

        @InTurn
        private boolean findBounds(Positions bounds) {
            return startAt(bounds.from(), 0)
                    && startAt(bounds.after(), 1)
                    && endAt(bounds.before(), 0)
                    && endAt(bounds.until(), 1);
        }

        @InTurn
        private boolean startAt(long publication, int offset) {
            long position = publication == 0 ? first : positionByPublication.get(publication);
            from = Math.max(from, position + (publication == 0 ? 0 : offset));
            return position != UNKNOWN;
        }

        @InTurn
        private boolean endAt(long publication, int offset) {
            long position = publication == 0 ? end : positionByPublication.get(publication);
            to = Math.min(to, position + (publication == 0 ? 0 : offset));
            return position != UNKNOWN;
        }

        /**
         * Looks at the next slice; completes the answer at the end of the range, or when it has found one more event
         * than requested.
         */
        @InTurn
        private void scanSlice() {
            for (int scanned = 0; scanned < SLICE && from < to && found.size() <= query.limit(); scanned++) {
                StoredEvent event = at(query.reverse() ? --to : from++);
                if (event != null && query.admits(event)) {
                    found.add(event);
                }
            }
            boolean isLimitReached = found.size() > query.limit();
            if (isLimitReached) {
                found.removeLast();
            }
            if (isLimitReached || from >= to) {
                answer.complete(new EventPage(found, isLimitReached));
            } else {
                turnstile.run(this::scanSlice);
            }
        }
    }
}
