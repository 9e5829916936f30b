package io.junctor.router.match;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Maps ids that the router chooses to values. It has no table until it contains two entries, because most sessions need no table. Confined
 * to one thread at a time.
 */
public final class LongMap<V> {
    private long onlyId;
    /** The value of a map with one entry. It is null while the map is empty or has a table. */
    private @Nullable V only;

    private @Nullable Long2ObjectHashMap<V> table;

    /** The value of {@code id}, or null. */
    public @Nullable V get(long id) {
        if (table != null) {
            return table.get(id);
        }
        return onlyId == id ? only : null;
    }

    /** Whether {@code id} has a value. */
    public boolean containsKey(long id) {
        return get(id) != null;
    }

    /** Sets the value of {@code id}; returns the former one, or null. */
    public @Nullable V put(long id, V value) {
        if (table == null && only != null && onlyId != id) {
            table = new Long2ObjectHashMap<>();
            table.put(onlyId, only);
            only = null;
        }
        if (table != null) {
            return table.put(id, value);
        }
        V former = only;
        onlyId = id;
        only = value;
        return former;
    }

    /** Removes the value of {@code id}; returns it, or null. */
    public @Nullable V remove(long id) {
        if (table != null) {
            return table.remove(id);
        }
        V removed = get(id);
        if (removed != null) {
            only = null;
        }
        return removed;
    }

    /** The values, in no order. */
    public Collection<V> values() {
        if (table != null) {
            return table.values();
        }
        return only == null ? List.of() : List.of(only);
    }

    /** The ids that have a value, in no order. */
    public Set<Long> ids() {
        if (table != null) {
            return table.keySet();
        }
        return only == null ? Set.of() : Set.of(onlyId);
    }

    /** The number of values. */
    public int size() {
        if (table != null) {
            return table.size();
        }
        return only == null ? 0 : 1;
    }

    /** Whether the map has no values. */
    public boolean isEmpty() {
        return size() == 0;
    }
}
