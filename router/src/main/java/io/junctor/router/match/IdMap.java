package io.junctor.router.match;

import java.util.Collection;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** Used by one thread at a time. Values by ids that clients choose: which ids fall together, they cannot know. */
public final class IdMap<V> {
    private final Long2ObjectHashMap<V> bySaltedId = new Long2ObjectHashMap<>();

    /** The value under {@code id}, or null. */
    public @Nullable V get(long id) {
        return bySaltedId.get(SaltedHash.of(id));
    }

    /** Whether there is a value under {@code id}. */
    public boolean containsKey(long id) {
        return bySaltedId.containsKey(SaltedHash.of(id));
    }

    /** Keeps {@code value} under {@code id}; returns what was kept there before, or null. */
    public @Nullable V put(long id, V value) {
        return bySaltedId.put(SaltedHash.of(id), value);
    }

    /** Forgets the value under {@code id}; returns it, or null. */
    public @Nullable V remove(long id) {
        return bySaltedId.remove(SaltedHash.of(id));
    }

    /** The values, in no order. */
    public Collection<V> values() {
        return bySaltedId.values();
    }

    /** How many there are. */
    public int size() {
        return bySaltedId.size();
    }

    /** Whether there is no value. */
    public boolean isEmpty() {
        return bySaltedId.isEmpty();
    }
}
