package io.junctor.router.session;

import io.junctor.router.turn.InTurn;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds entries by id. The entries are stored side by side in an array, so that a copy of all of them is fast: lists of
 * all sessions or subscriptions are made from a copy outside of the turn. Confined to the realm's turn.
 */
public final class IdTable<T> {
    private static final long NOWHERE = -1;

    private final Long2LongHashMap slotById = new Long2LongHashMap(NOWHERE);
    private long[] ids = new long[16];
    private @Nullable Object[] things = new Object[16];
    private int size;

    /** Adds an entry. Its id must not be in the table. */
    @InTurn
    public void put(long id, T thing) {
        if (size == things.length) {
            ids = Arrays.copyOf(ids, size * 2);
            things = Arrays.copyOf(things, size * 2);
        }
        slotById.put(id, size);
        ids[size] = id;
        things[size++] = thing;
    }

    /** The entry with this id, or null. */
    @InTurn
    @SuppressWarnings("unchecked") // Only put fills it.
    public @Nullable T get(long id) {
        long slot = slotById.get(id);
        return slot == NOWHERE ? null : (T) things[(int) slot];
    }

    /** Removes an entry, if there is one with this id; the last entry moves to its place. */
    @InTurn
    public void remove(long id) {
        long slot = slotById.remove(id);
        if (slot == NOWHERE) {
            return;
        }
        size--;
        if (slot != size) {
            ids[(int) slot] = ids[size];
            things[(int) slot] = things[size];
            slotById.put(ids[size], slot);
        }
        things[size] = null;
    }

    /** The number of entries. */
    @InTurn
    public int size() {
        return size;
    }

    /**
     * A copy of at most {@code most} entries after the first {@code offset}, in no order. A caller that reads all of them page by page may
     * miss an entry if others are removed meanwhile.
     */
    @InTurn
    @SuppressWarnings("unchecked") // Only put fills it.
    public List<T> copy(int offset, int most) {
        int from = Math.min(offset, size);
        return (List<T>) Arrays.asList(Arrays.copyOfRange(things, from, Math.min(size, from + most)));
    }

    /** A copy of all entries, in no order. */
    @InTurn
    @SuppressWarnings("unchecked") // Only put fills it.
    public List<T> copy() {
        return (List<T>) Arrays.asList(Arrays.copyOf(things, size));
    }
}
