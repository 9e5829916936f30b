package io.junctor.router.session;

import io.junctor.router.turn.InTurn;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Belongs to the turn. Things by their ids, side by side in memory: a copy of a hundred thousand is made in an instant, so what is told about
 * all of them can be put together outside of the turn.
 */
public final class IdTable<T> {
    private static final long NOWHERE = -1;

    private final Long2LongHashMap slotById = new Long2LongHashMap(NOWHERE);
    private long[] ids = new long[16];
    private @Nullable Object[] things = new Object[16];
    private int size;

    /** Adds a thing whose id no other has. */
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

    /** The thing with this id, or null. */
    @InTurn
    @SuppressWarnings("unchecked") // Only put fills it.
    public @Nullable T get(long id) {
        long slot = slotById.get(id);
        return slot == NOWHERE ? null : (T) things[(int) slot];
    }

    /** Takes a thing out, if it is there; the last one takes its place. */
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

    /** How many there are. */
    @InTurn
    public int size() {
        return size;
    }

    /** All of them as they are now, in no order. */
    @InTurn
    @SuppressWarnings("unchecked") // Only put fills it.
    public List<T> copy() {
        return (List<T>) Arrays.asList(Arrays.copyOf(things, size));
    }
}
