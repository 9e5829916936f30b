package io.junctor.cluster.memory;

import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.Store;
import io.junctor.cluster.engine.SubjectSyntax;
import io.junctor.cluster.engine.Written;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The records of a store. Changes are atomic and in one order. Thread-safe. */
final class MemoryStore {
    /** The expected revision of a change without a condition. */
    static final long ANY = -1;

    private final Store store;
    private final MemoryNetwork network;
    private final Map<String, Entry> entries = new HashMap<>();
    private final List<Consumer<Change>> watchers = new CopyOnWriteArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private long latest;
    private long generation;
    private boolean suspended;

    MemoryStore(Store store, MemoryNetwork network) {
        this.store = store;
        this.network = network;
    }

    Store name() {
        return store;
    }

    MemoryNetwork network() {
        return network;
    }

    /** Carries out a request now, or when the store is resumed. */
    void run(Runnable request) {
        synchronized (this) {
            if (suspended) {
                waiting.add(request);
                return;
            }
        }
        request.run();
    }

    synchronized void suspend() {
        suspended = true;
    }

    void resume() {
        List<Runnable> requests;
        synchronized (this) {
            suspended = false;
            requests = List.copyOf(waiting);
            waiting.clear();
        }
        requests.forEach(Runnable::run);
    }

    synchronized void wipe() {
        entries.clear();
        latest = 0;
        generation++;
    }

    /**
     * Writes or deletes a record.
     *
     * @param value the value to write, or null to delete the record
     * @param expected the revision that the record must have, 0 if it must not exist, or {@link #ANY}
     */
    synchronized Written change(String key, byte @Nullable [] value, long expected) {
        Entry before = entries.get(key);
        if (expected != ANY && expected != (before == null ? 0 : before.revision())) {
            return new Written.Conflict();
        }
        latest++;
        Entry entry = value == null ? null : new Entry(key, latest, value);
        if (entry == null) {
            entries.remove(key);
        } else {
            entries.put(key, entry);
        }
        Change change = new Change(key, latest, entry);
        watchers.forEach(watcher -> watcher.accept(change));
        return new Written.Accepted(latest);
    }

    /** The number of the latest change. */
    synchronized long latest() {
        return latest;
    }

    synchronized Set<String> keys() {
        return Set.copyOf(entries.keySet());
    }

    synchronized Optional<Entry> read(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** The records whose keys match a pattern, in the order of their revisions. */
    synchronized List<Entry> list(String pattern) {
        return entries.values().stream()
                .filter(entry -> SubjectSyntax.matches(pattern, entry.key()))
                .sorted(Comparator.comparingLong(Entry::revision))
                .toList();
    }

    /** Passes all records to {@code reading}, and each later change to {@code watcher}. */
    synchronized void watch(Consumer<Snapshot> reading, Consumer<Change> watcher) {
        reading.accept(new Snapshot(list(">"), latest, generation));
        watchers.add(watcher);
    }

    void unfollow(Consumer<Change> watcher) {
        watchers.remove(watcher);
    }

    /**
     * A change of a record.
     *
     * @param entry the record, or null if it was deleted
     */
    record Change(String key, long revision, @Nullable Entry entry) {}

    /** All records in the order of their revisions, the number of the latest change, and how often the store was created anew. */
    record Snapshot(List<Entry> entries, long latest, long generation) {}
}
