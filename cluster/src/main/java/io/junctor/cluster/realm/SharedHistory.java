package io.junctor.cluster.realm;

import io.junctor.cluster.engine.EngineException;
import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Journal;
import io.junctor.cluster.engine.Written;
import io.junctor.cluster.protocol.InvalidBodyException;
import io.junctor.cluster.protocol.StoredEvents;
import io.junctor.cluster.protocol.TextHash;
import io.junctor.router.spi.EventLog;
import io.junctor.router.spi.EventPage;
import io.junctor.router.spi.EventQuery;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.router.spi.StoredEvent;
import io.junctor.wamp.codec.UnrepresentableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history of a topic or pattern in the journal of the cluster. The router of the publisher appends an event; each router reads all events,
 * in the order of the journal. Entries that exceed the limits are never returned; they are removed when enough new events were appended.
 * Thread-safe.
 */
final class SharedHistory implements EventLog {
    /** How many bytes an entry counts in addition to its value, as in a history in memory. */
    private static final int OVERHEAD_BYTES = 256;
    /** Old entries are removed each time that this router has appended a quarter of a limit: the limit divided by this number. */
    private static final int PARTS = 4;

    private static final int LEAST_BETWEEN_REMOVALS = 16;
    private static final Logger LOG = LoggerFactory.getLogger(SharedHistory.class);

    private final Journal journal;
    private final String realm;
    private final HistoryTopic topic;
    private final String key;
    /** The latest append. Guarded by this, as are the next fields. */
    private CompletionStage<Void> appended = CompletableFuture.completedFuture(null);

    private int events;
    private long bytes;

    SharedHistory(Journal journal, String realm, HistoryTopic topic) {
        this.journal = journal;
        this.realm = realm;
        this.topic = topic;
        this.key = TextHash.token(realm) + "."
                + TextHash.token(topic.match().wire() + " " + topic.uri().text());
    }

    /** Removes all events. */
    CompletionStage<Void> purge() {
        return journal.keepLast(key, 0);
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public CompletionStage<Void> append(StoredEvent event) {
        byte[] value;
        try {
            value = StoredEvents.toBytes(realm, event);
        } catch (UnrepresentableException problem) {
            return CompletableFuture.failedFuture(problem);
        }
        CompletionStage<Void> stored = journal.append(key, value, topic.age()).thenAccept(written -> {
            if (written instanceof Written.Unknown unknown) {
                throw new EngineException("the history did not take the event: " + unknown.reason(), true);
            }
        });
        synchronized (this) {
            appended = stored;
        }
        removeOld(value.length);
        return stored;
    }

    @Override
    public CompletionStage<EventPage> read(EventQuery query) {
        CompletionStage<Void> before;
        synchronized (this) {
            before = appended;
        }
        return before.handle((done, failure) -> key)
                .thenCompose(journal::read)
                .thenApply(entries -> page(kept(entries), query));
    }

    /** Removes the entries that exceed the limits, if enough was appended since the last removal. */
    private void removeOld(int appendedBytes) {
        boolean tooMany;
        boolean tooLarge;
        synchronized (this) {
            events++;
            bytes += OVERHEAD_BYTES + appendedBytes;
            tooMany = events >= Math.max(LEAST_BETWEEN_REMOVALS, topic.events() / PARTS);
            tooLarge = bytes >= Math.max(1, topic.bytes() / PARTS);
            events = tooMany ? 0 : events;
            bytes = tooLarge ? 0 : bytes;
        }
        if (tooMany) {
            logFailure(journal.keepLast(key, topic.events()));
        }
        if (tooLarge) {
            logFailure(journal.read(key).thenCompose(entries -> {
                List<Entry> kept = kept(entries);
                return kept.size() == entries.size()
                        ? CompletableFuture.completedFuture(null)
                        : journal.removeBefore(key, kept.getFirst().revision());
            }));
        }
    }

    private void logFailure(CompletionStage<Void> removal) {
        removal.whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warn(
                        "realm {}: old events of the history of {} stay until later: {}",
                        realm,
                        topic.uri(),
                        failure.getMessage());
            }
        });
    }

    /** The newest entries that the limits admit; at least one, if there are any. */
    private List<Entry> kept(List<Entry> entries) {
        int first = entries.size();
        long held = 0;
        while (first > 0 && entries.size() - first < topic.events()) {
            held += OVERHEAD_BYTES + entries.get(first - 1).value().length;
            if (held > topic.bytes() && first < entries.size()) {
                break;
            }
            first--;
        }
        return entries.subList(first, entries.size());
    }

    private EventPage page(List<Entry> entries, EventQuery query) {
        List<StoredEvent> all = new ArrayList<>(entries.size());
        entries.forEach(entry -> read(entry, all));
        EventQuery.Positions bounds = query.positions();
        int from = Math.max(start(all, bounds.from(), 0), start(all, bounds.after(), 1));
        int to = Math.min(end(all, bounds.before(), 0), end(all, bounds.until(), 1));
        List<StoredEvent> range = from < to ? all.subList(from, to) : List.of();
        List<StoredEvent> found = (query.reverse() ? range.reversed() : range)
                .stream().filter(query::admits).limit(query.limit() + 1L).toList();
        boolean isLimitReached = found.size() > query.limit();
        return new EventPage(isLimitReached ? found.subList(0, query.limit()) : found, isLimitReached);
    }

    private void read(Entry entry, List<StoredEvent> into) {
        try {
            StoredEvents.Of stored = StoredEvents.read(entry.value());
            if (stored.realm().equals(realm)) {
                into.add(stored.event());
            }
        } catch (InvalidBodyException invalid) {
            LOG.warn(
                    "realm {}: ignores the entry {} of the history of {}: {}",
                    realm,
                    entry.revision(),
                    topic.uri(),
                    invalid.getMessage());
        }
    }

    /** The index at which a range begins; the size of the list if the publication is unknown. */
    private static int start(List<StoredEvent> all, long publication, int offset) {
        int index = publication == 0 ? 0 : index(all, publication);
        return index < 0 ? all.size() : publication == 0 ? 0 : index + offset;
    }

    private static int end(List<StoredEvent> all, long publication, int offset) {
        int index = publication == 0 ? all.size() : index(all, publication);
        return index < 0 ? 0 : publication == 0 ? all.size() : index + offset;
    }

    private static int index(List<StoredEvent> all, long publication) {
        for (int index = 0; index < all.size(); index++) {
            if (all.get(index).publication() == publication) {
                return index;
            }
        }
        return -1;
    }
}
