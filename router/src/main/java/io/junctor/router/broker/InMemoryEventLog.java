package io.junctor.router.broker;

import io.junctor.router.connection.HeldBytes;
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
 * Belongs to the turn. A history in memory: a ring of events, each with a position that goes up by one. Reading looks at so many events in one
 * turn; what is forgotten meanwhile is skipped.
 */
final class InMemoryEventLog implements EventLog {
    /** How many events one turn looks at. */
    static final int SLICE = 1_000;
    /** What an event takes besides its parts of any length. */
    static final int OVERHEAD_BYTES = 256;

    private static final long NOWHERE = -1;
    private static final int FIRST_CAPACITY = 16;

    private final HistoryTopic limits;
    private final Turnstile turnstile;
    private final Timers timers;
    private final Long2LongHashMap positionByPublication = new Long2LongHashMap(NOWHERE);

    /** The event at position p is in slot p modulo its length, a power of two. */
    private @Nullable StoredEvent[] ring = new StoredEvent[FIRST_CAPACITY];

    private long first;
    private long end;
    private long bytes;

    InMemoryEventLog(HistoryTopic limits, Turnstile turnstile, Timers timers) {
        this.limits = limits;
        this.turnstile = turnstile;
        this.timers = timers;
    }

    @InTurn
    @Override
    public void append(StoredEvent event) {
        forgetOld();
        if (end - first == ring.length) {
            grow();
        }
        ring[slot(end)] = event;
        positionByPublication.put(event.publication(), end);
        end++;
        bytes += bytes(event);
        while (end - first > limits.events() || bytes > limits.bytes()) {
            forgetFirst();
        }
    }

    @InTurn
    @Override
    public CompletionStage<EventPage> read(EventQuery query) {
        forgetOld();
        Walk cursor = new Walk(query);
        if (cursor.hasPlace) {
            cursor.goOn();
        } else {
            cursor.answer.complete(EventPage.EMPTY);
        }
        return cursor.answer;
    }

    /** How many events there are. */
    @InTurn
    int size() {
        return (int) (end - first);
    }

    @InTurn
    private void forgetOld() {
        var oldest = timers.now().minus(limits.age());
        for (StoredEvent event = at(first); event != null && event.time().isBefore(oldest); event = at(first)) {
            forgetFirst();
        }
    }

    @InTurn
    private void forgetFirst() {
        StoredEvent event = at(first);
        if (event != null) {
            bytes -= bytes(event);
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
        for (long position = first; position < end; position++) {
            larger[(int) (position & (larger.length - 1))] = ring[slot(position)];
        }
        ring = larger;
    }

    /** All that is kept with an event. */
    private static long bytes(StoredEvent event) {
        return OVERHEAD_BYTES
                + event.payload().heldBytes()
                + HeldBytes.of(event.topic().text())
                + HeldBytes.of(event.details())
                + HeldBytes.of(event.receivers());
    }

    /** Belongs to the turn. One reading, from one end of its range to the other. */
    private final class Walk {
        private final EventQuery query;
        private final CompletableFuture<EventPage> answer = new CompletableFuture<>();
        private final List<StoredEvent> found = new ArrayList<>();
        /** Whether the history has all publications that bound the range. */
        private final boolean hasPlace;

        private long from;
        private long to;

        @InTurn
        Walk(EventQuery query) {
            this.query = query;
            this.from = first;
            this.to = end;
            this.hasPlace = findPlace(query.positions());
        }

        @InTurn
        private boolean findPlace(Positions bounds) {
            return startAt(bounds.from(), 0)
                    && startAt(bounds.after(), 1)
                    && endAt(bounds.before(), 0)
                    && endAt(bounds.until(), 1);
        }

        @InTurn
        private boolean startAt(long publication, int behind) {
            long position = publication == 0 ? first : positionByPublication.get(publication);
            from = Math.max(from, position + (publication == 0 ? 0 : behind));
            return position != NOWHERE;
        }

        @InTurn
        private boolean endAt(long publication, int behind) {
            long position = publication == 0 ? end : positionByPublication.get(publication);
            to = Math.min(to, position + (publication == 0 ? 0 : behind));
            return position != NOWHERE;
        }

        /** Looks at the next slice; answers at the end of the range, or where one more was found than is asked for. */
        @InTurn
        private void goOn() {
            for (int looked = 0; looked < SLICE && from < to && found.size() <= query.limit(); looked++) {
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
                turnstile.run(this::goOn);
            }
        }
    }
}
