package io.junctor.router.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Used by one thread at a time. Values by wildcard pattern. Patterns with as many parts and empty parts in the same places have the same
 * <em>shape</em>; a look-up takes one step for each shape of as many parts as the URI has, however many patterns there are.
 */
final class WildcardTable<V> {
    /** The patterns of one shape, found by the hash of their parts that are not empty. */
    private static final class Shape<V> {
        final int[] filled;
        final long owner;
        private final Long2ObjectHashMap<Entry<V>> byHash = new Long2ObjectHashMap<>();

        Shape(int[] filled, long owner) {
            this.filled = filled;
            this.owner = owner;
        }

        /** The entry whose pattern matches, or null. */
        @Nullable
        Entry<V> find(UriParts parts) {
            Entry<V> entry = byHash.get(parts.hash(filled));
            while (entry != null && !Patterns.sameParts(entry.pattern, parts.text(), false)) {
                entry = entry.next;
            }
            return entry;
        }

        void add(UriParts parts, V value) {
            long hash = parts.hash(filled);
            byHash.put(hash, new Entry<>(parts.text(), value, byHash.get(hash)));
        }

        void remove(UriParts parts) {
            long hash = parts.hash(filled);
            Entry<V> rest = without(byHash.get(hash), parts.text());
            if (rest == null) {
                byHash.remove(hash);
            } else {
                byHash.put(hash, rest);
            }
        }

        boolean isEmpty() {
            return byHash.isEmpty();
        }

        private static <V> @Nullable Entry<V> without(@Nullable Entry<V> first, String pattern) {
            if (first == null || first.pattern.equals(pattern)) {
                return first == null ? null : first.next;
            }
            return new Entry<>(first.pattern, first.value, without(first.next, pattern));
        }
    }

    /** A pattern and its value; {@code next} has the same hash, which practically never happens. */
    private record Entry<V>(
            String pattern, V value, @Nullable Entry<V> next) {}

    /** By the number of parts; those that go before others come first. */
    private final Int2ObjectHashMap<List<Shape<V>>> shapesByParts = new Int2ObjectHashMap<>();

    private int shapes;

    /** The value under this very pattern, or null. */
    @Nullable
    V get(String pattern) {
        UriParts parts = new UriParts(pattern);
        Shape<V> shape = shape(parts);
        Entry<V> entry = shape == null ? null : shape.find(parts);
        return entry == null ? null : entry.value;
    }

    /** Keeps a value; a shape that comes into being with it belongs to {@code owner}. */
    void put(String pattern, V value, long owner) {
        UriParts parts = new UriParts(pattern);
        Shape<V> shape = shape(parts);
        if (shape == null) {
            shape = new Shape<>(parts.filled(), owner);
            add(parts.count(), shape);
        }
        shape.add(parts, value);
    }

    void remove(String pattern) {
        UriParts parts = new UriParts(pattern);
        Shape<V> shape = shape(parts);
        if (shape == null) {
            return;
        }
        shape.remove(parts);
        List<Shape<V>> others = shapesByParts.get(parts.count());
        if (shape.isEmpty() && others != null) {
            others.remove(shape);
            shapes--;
            if (others.isEmpty()) {
                shapesByParts.remove(parts.count());
            }
        }
    }

    /** Hands the values of all patterns that match {@code uri} to {@code action}, the best first. */
    void forEachMatch(String uri, Consumer<? super V> action) {
        List<Shape<V>> candidates = candidates(uri);
        if (candidates.isEmpty()) {
            return;
        }
        UriParts parts = new UriParts(uri);
        for (int i = 0; i < candidates.size(); i++) {
            Entry<V> entry = candidates.get(i).find(parts);
            if (entry != null) {
                action.accept(entry.value);
            }
        }
    }

    /** The value of the best pattern that matches {@code uri}, or all of it where that is a wildcard pattern; null if none does. */
    @Nullable
    V bestMatch(String uri) {
        List<Shape<V>> candidates = candidates(uri);
        if (candidates.isEmpty()) {
            return null;
        }
        UriParts parts = new UriParts(uri);
        for (int i = 0; i < candidates.size(); i++) {
            Entry<V> entry = candidates.get(i).find(parts);
            if (entry != null) {
                return entry.value;
            }
        }
        return null;
    }

    /** Whether there is a pattern of the same shape. */
    boolean hasShapeOf(String pattern) {
        return shape(new UriParts(pattern)) != null;
    }

    /** How many shapes there are: the most steps of a look-up. */
    int shapes() {
        return shapes;
    }

    /** How many shapes belong to {@code owner}. */
    int shapesOf(long owner) {
        int count = 0;
        for (List<Shape<V>> alike : shapesByParts.values()) {
            for (Shape<V> shape : alike) {
                count += shape.owner == owner ? 1 : 0;
            }
        }
        return count;
    }

    private List<Shape<V>> candidates(String uri) {
        List<Shape<V>> found = shapesByParts.isEmpty() ? null : shapesByParts.get(UriParts.count(uri));
        return found == null ? List.of() : found;
    }

    private @Nullable Shape<V> shape(UriParts parts) {
        int[] filled = parts.filled();
        for (Shape<V> shape : candidates(parts.text())) {
            if (Arrays.equals(shape.filled, filled)) {
                return shape;
            }
        }
        return null;
    }

    private void add(int parts, Shape<V> shape) {
        List<Shape<V>> others = shapesByParts.computeIfAbsent(parts, count -> new ArrayList<>(1));
        int at = 0;
        while (at < others.size() && goesBefore(others.get(at).filled, shape.filled)) {
            at++;
        }
        others.add(at, shape);
        shapes++;
    }

    /** Whether {@code one}, from the left, has a part where {@code other} has an empty one. */
    private static boolean goesBefore(int[] one, int[] other) {
        int difference = Arrays.mismatch(one, other);
        if (difference == one.length || difference == other.length) {
            return one.length > other.length;
        }
        return one[difference] < other[difference];
    }
}
