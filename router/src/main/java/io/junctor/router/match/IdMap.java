package io.junctor.router.match;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Maps ids that clients choose to values. Ids are hashed with a salt, so that a client cannot choose ids that collide.
 * Confined to one thread at a time.
 */
public final class IdMap<V> {
    private final LongMap<V> bySaltedId = new LongMap<>();

    /** The value of {@code id}, or null. */
    public @Nullable V get(long id) {
        return bySaltedId.get(SaltedHash.of(id));
    }

    /** Whether {@code id} has a value. */
    public boolean containsKey(long id) {
        return bySaltedId.containsKey(SaltedHash.of(id));
    }

    /** Sets the value of {@code id}; returns the former one, or null. */
    public @Nullable V put(long id, V value) {
        return bySaltedId.put(SaltedHash.of(id), value);
    }

    /** Removes the value of {@code id}; returns it, or null. */
    public @Nullable V remove(long id) {
        return bySaltedId.remove(SaltedHash.of(id));
    }

    /** The values, in no order. */
    public Collection<V> values() {
        return bySaltedId.values();
    }

    /** The number of values. */
    public int size() {
        return bySaltedId.size();
    }

    /** Whether the map has no values. */
    public boolean isEmpty() {
        return bySaltedId.isEmpty();
    }
}
