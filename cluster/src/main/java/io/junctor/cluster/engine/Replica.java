package io.junctor.cluster.engine;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells a follower the difference between what it knows of a store and what the store has. For engines. Confined to the
 * thread that follows the store.
 */
public final class Replica {
    private final Follower follower;
    private final Map<String, Long> revisions = new HashMap<>();
    private long latest;
    private long latestGeneration;

    /** A replica of an empty store. */
    public Replica(Follower follower) {
        this.follower = follower;
    }

    /** The number of the latest change that was told, 0 for none. */
    public long latest() {
        return latest;
    }

    /** The lowest revision of all records; the largest number if the store has no records. */
    public long oldest() {
        return revisions.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    }

    /** How many records there are. */
    public int size() {
        return revisions.size();
    }

    /** Tells a record that was written, unless it was told before. */
    public void onEntry(Entry entry) {
        Long known = revisions.get(entry.key());
        if (known != null && known >= entry.revision()) {
            return;
        }
        revisions.put(entry.key(), entry.revision());
        latest = Math.max(latest, entry.revision());
        follower.onEntry(entry);
    }

    /** Tells that a record was deleted, unless it was told before. */
    public void onDeleted(String key, long revision) {
        Long known = revisions.get(key);
        latest = Math.max(latest, revision);
        if (known != null && known < revision) {
            revisions.remove(key);
            follower.onDeleted(key, revision);
        }
    }

    /** Counts a change that is about no record. */
    public void skip(long revision) {
        latest = Math.max(latest, revision);
    }

    /**
     * Tells what is different in a store that was read as a whole.
     *
     * @param entries all records, in the order of their revisions
     * @param revision the number of the latest change
     * @param generation another number than before if the store was made anew, and its revisions began again
     */
    public void onSnapshot(Collection<Entry> entries, long revision, long generation) {
        Map<String, Long> known = Map.copyOf(revisions);
        boolean isMadeAnew = latest > 0 && (revision < latest || generation != latestGeneration);
        latestGeneration = generation;
        if (isMadeAnew) {
            follower.onMadeAnew();
        }
        revisions.clear();
        for (Entry entry : entries) {
            revisions.put(entry.key(), entry.revision());
        }
        latest = revision;
        known.keySet().stream()
                .filter(key -> !revisions.containsKey(key))
                .sorted()
                .forEach(key -> follower.onDeleted(key, revision));
        for (Entry entry : entries) {
            Long before = known.get(entry.key());
            if (isMadeAnew || before == null || before != entry.revision()) {
                follower.onEntry(entry);
            }
        }
        follower.onCaughtUp(revision);
    }
}
