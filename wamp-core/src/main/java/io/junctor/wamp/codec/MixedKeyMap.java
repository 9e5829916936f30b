package io.junctor.wamp.codec;

import java.math.BigInteger;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A map in insertion order whose keys are scalars of several types. Access takes logarithmic time even if keys of different types have
 * equal hashes; a hash map would need linear time, because it cannot order such keys. Confined to one thread.
 */
final class MixedKeyMap extends AbstractMap<@Nullable Object, @Nullable Object> {
    private static final Comparator<@Nullable Object> BY_TYPE_AND_VALUE = MixedKeyMap::compare;

    private final List<Entry<@Nullable Object, @Nullable Object>> entries = new ArrayList<>();
    private final TreeMap<@Nullable Object, Integer> placeByKey = new TreeMap<>(BY_TYPE_AND_VALUE);

    /** Creates a map with the given entries. */
    MixedKeyMap(Map<@Nullable Object, @Nullable Object> first) {
        putAll(first);
    }

    @Override
    public @Nullable Object put(@Nullable Object key, @Nullable Object value) {
        Integer place = placeByKey.putIfAbsent(key, entries.size());
        if (place != null) {
            return entries.get(place).setValue(value);
        }
        entries.add(new SimpleEntry<>(key, value));
        return null;
    }

    @Override
    public Set<Entry<@Nullable Object, @Nullable Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<@Nullable Object, @Nullable Object>> iterator() {
                return entries.iterator();
            }

            @Override
            public int size() {
                return entries.size();
            }
        };
    }

    private static int compare(@Nullable Object one, @Nullable Object other) {
        int byType = Integer.compare(rank(one), rank(other));
        if (byType != 0) {
            return byType;
        }
        return switch (one) {
            case String text -> text.compareTo((String) Objects.requireNonNull(other));
            case Long number -> number.compareTo((Long) Objects.requireNonNull(other));
            case Double number -> number.compareTo((Double) Objects.requireNonNull(other));
            case BigInteger number -> number.compareTo((BigInteger) Objects.requireNonNull(other));
            case Boolean flag -> flag.compareTo((Boolean) Objects.requireNonNull(other));
            case null, default -> 0;
        };
    }

    private static int rank(@Nullable Object key) {
        return switch (key) {
            case String ignored -> 0;
            case Long ignored -> 1;
            case Double ignored -> 2;
            case BigInteger ignored -> 3;
            case Boolean ignored -> 4;
            case null -> 5;
            default -> 6;
        };
    }
}
