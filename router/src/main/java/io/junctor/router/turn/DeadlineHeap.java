package io.junctor.router.turn;

import java.util.Arrays;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A binary heap of actions by the time at which they are due. Adding and removing take logarithmic time, and each action takes the same
 * memory, whatever times clients choose. Confined to the realm's turn.
 */
final class DeadlineHeap {
    private static final class Entry {
        final long id;
        final long dueNanos;
        final Runnable action;
        int index;

        Entry(long id, long dueNanos, Runnable action) {
            this.id = id;
            this.dueNanos = dueNanos;
            this.action = action;
        }
    }

    private final Long2ObjectHashMap<Entry> byId = new Long2ObjectHashMap<>();
    private @Nullable Entry[] heap = new Entry[16];
    private int size;
    private long lastId;

    /** Adds an action; returns the id that removes it, never negative. */
    @InTurn
    long add(long dueNanos, Runnable action) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        Entry entry = new Entry(++lastId, dueNanos, action);
        byId.put(entry.id, entry);
        rise(entry, size++);
        return entry.id;
    }

    /** Removes an action that is still there. */
    @InTurn
    void remove(long id) {
        Entry entry = byId.remove(id);
        if (entry != null) {
            take(entry);
        }
    }

    /** Removes and returns the earliest action that has expired, or null. */
    @InTurn
    @Nullable
    Runnable poll(long nowNanos) {
        Entry first = heap[0];
        if (first == null || first.dueNanos - nowNanos > 0) {
            return null;
        }
        byId.remove(first.id);
        take(first);
        return first.action;
    }

    @InTurn
    int size() {
        return size;
    }

    @InTurn
    private void take(Entry entry) {
        Entry last = at(--size);
        heap[size] = null;
        if (last != entry) {
            sink(last, entry.index);
            if (last.index == entry.index) {
                rise(last, entry.index);
            }
        }
    }

    @InTurn
    private void rise(Entry entry, int from) {
        int index = from;
        while (index > 0 && isBefore(entry, at((index - 1) / 2))) {
            put(at((index - 1) / 2), index);
            index = (index - 1) / 2;
        }
        put(entry, index);
    }

    @InTurn
    private void sink(Entry entry, int from) {
        int index = from;
        for (int child = 2 * index + 1; child < size; child = 2 * index + 1) {
            if (child + 1 < size && isBefore(at(child + 1), at(child))) {
                child++;
            }
            if (!isBefore(at(child), entry)) {
                break;
            }
            put(at(child), index);
            index = child;
        }
        put(entry, index);
    }

    /** Whether {@code one} is due before {@code other}; of two actions that are due at the same time, the action that was added first. */
    private static boolean isBefore(Entry one, Entry other) {
        long difference = one.dueNanos - other.dueNanos;
        return difference == 0 ? one.id < other.id : difference < 0;
    }

    @InTurn
    private void put(Entry entry, int index) {
        heap[index] = entry;
        entry.index = index;
    }

    @SuppressWarnings("NullAway") // Below size there is no null.
    private Entry at(int index) {
        return heap[index];
    }
}
