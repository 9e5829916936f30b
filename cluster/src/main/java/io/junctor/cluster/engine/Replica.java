package io.junctor.cluster.engine;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reports to a watcher the differences between the records that the watcher knows and the records of the store. Used by engines. Confined to
 * the thread that follows the store.
 */
public final class Replica {
    private final Watcher watcher;
    private KeyHashes known = new KeyHashes();
    /** The keys of all known records; null if the watcher keeps the keys itself. */
    private final @Nullable Set<String> keys;

    private long latest;
    private long latestGeneration;

    /** Creates the replica of an empty store. */
    public Replica(Watcher watcher) {
        this.watcher = watcher;
        this.keys = watcher.keys() == null ? new HashSet<>() : null;
    }

    /** The number of the latest change that was processed, 0 if there is none. */
    public long latest() {
        return latest;
    }

    /** How many records the watcher knows. */
    public int size() {
        return known.size();
    }

    /** Reports a written record to the watcher, unless this change was reported before. */
    public void onEntry(Entry entry) {
        if (entry.revision() > latest) {
            latest = entry.revision();
            add(entry.key());
            watcher.onEntry(entry);
        }
    }

    /** Reports a deleted record to the watcher, unless this change was reported before. */
    public void onDeleted(String key, long revision) {
        if (revision > latest) {
            latest = revision;
            if (remove(key)) {
                watcher.onDeleted(key, revision);
            }
        }
    }

    /** Notes the number of a change that concerns no record. */
    public void skip(long revision) {
        latest = Math.max(latest, revision);
    }

    /**
     * Reports the differences to the watcher after the whole store was read.
     *
     * @param entries all records, in the order of their revisions
     * @param revision the number of the latest change
     * @param generation a number that differs from that of the last call if the store was created anew, so that its revisions began at 1 again
     */
    public void onSnapshot(Collection<Entry> entries, long revision, long generation) {
        boolean isMadeAnew = latest > 0 && (revision < latest || generation != latestGeneration);
        latestGeneration = generation;
        if (isMadeAnew) {
            watcher.onMadeAnew();
        }
        long before = latest;
        KeyHashes knownBefore = known;
        List<String> keysBefore = keysNow();
        known = new KeyHashes();
        if (keys != null) {
            keys.clear();
        }
        entries.forEach(entry -> add(entry.key()));
        latest = revision;
        keysBefore.stream()
                .filter(Predicate.not(known::contains))
                .sorted()
                .forEach(key -> watcher.onDeleted(key, revision));
        for (Entry entry : entries) {
            if (isMadeAnew || entry.revision() > before || !knownBefore.contains(entry.key())) {
                watcher.onEntry(entry);
            }
        }
        watcher.onCaughtUp(revision);
    }

    private List<String> keysNow() {
        Collection<String> all = keys == null ? watcher.keys() : keys;
        return all == null ? List.of() : List.copyOf(all);
    }

    private void add(String key) {
        known.add(key);
        if (keys != null) {
            keys.add(key);
        }
    }

    private boolean remove(String key) {
        if (keys != null) {
            keys.remove(key);
        }
        return known.remove(key);
    }

    /**
     * A set of keys that keeps only a hash of 64 bits for each key, because there may be many keys. The probability that two keys have the same
     * hash is negligible.
     */
    private static final class KeyHashes {
        private static final int LEAST = 16;
        private static final long EMPTY = 0;
        private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;

        private long[] slots = new long[LEAST];
        private int size;

        int size() {
            return size;
        }

        boolean contains(String key) {
            return slots[slot(hash(key))] != EMPTY;
        }

        /** Adds a key, unless the set contains it. */
        void add(String key) {
            long hash = hash(key);
            int slot = slot(hash);
            if (slots[slot] == EMPTY) {
                slots[slot] = hash;
                size++;
                if (size > slots.length / 4 * 3) {
                    grow();
                }
            }
        }

        /** Removes a key; returns whether the set contained it. */
        boolean remove(String key) {
            int gap = slot(hash(key));
            if (slots[gap] == EMPTY) {
                return false;
            }
            size--;
            slots[gap] = EMPTY;
            // The hashes after the gap may have to move nearer to the slot at which their search begins.
            for (int next = after(gap); slots[next] != EMPTY; next = after(next)) {
                long moved = slots[next];
                slots[next] = EMPTY;
                slots[slot(moved)] = moved;
            }
            return true;
        }

        private void grow() {
            long[] before = slots;
            slots = new long[before.length * 2];
            for (long hash : before) {
                if (hash != EMPTY) {
                    slots[slot(hash)] = hash;
                }
            }
        }

        /** The slot that contains a hash, or the empty slot in which it belongs. */
        private int slot(long hash) {
            int slot = (int) (hash >>> 32) & (slots.length - 1);
            while (slots[slot] != EMPTY && slots[slot] != hash) {
                slot = after(slot);
            }
            return slot;
        }

        private int after(int slot) {
            return (slot + 1) & (slots.length - 1);
        }

        private long hash(String key) {
            long hash = FACTOR;
            for (int i = 0; i < key.length(); i++) {
                hash = (hash ^ key.charAt(i)) * FACTOR;
                hash ^= hash >>> 29;
            }
            return hash == EMPTY ? 1 : hash;
        }
    }
}
