package io.junctor.router.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Maps wildcard patterns to values. Patterns with the same number of parts and empty parts at the same indexes have the same
 * <em>shape</em>. A look-up takes one step for each shape that has as many parts as the URI, whatever the number of patterns. Confined to
 * one thread at a time.
 */
final class WildcardTable<V> {
    /** The patterns of one shape, by the hash of their non-empty parts. */
    private static final class Shape<V> {
        final int[] nonEmpty;
        final long owner;
        private final Long2ObjectHashMap<Entry<V>> byHash = new Long2ObjectHashMap<>();

        Shape(int[] nonEmpty, long owner) {
            this.nonEmpty = nonEmpty;
            this.owner = owner;
        }

        /** The entry whose pattern matches, or null. */
        @Nullable
        Entry<V> find(UriParts parts) {
            Entry<V> entry = byHash.get(parts.hash(nonEmpty));
            while (entry != null && !Patterns.sameParts(entry.pattern, parts.text(), false)) {
                entry = entry.next;
            }
            return entry;
        }

        void add(UriParts parts, V value) {
            long hash = parts.hash(nonEmpty);
            byHash.put(hash, new Entry<>(parts.text(), value, byHash.get(hash)));
        }

        void remove(UriParts parts) {
            long hash = parts.hash(nonEmpty);
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

    /** A pattern with its value; {@code next} is an entry with the same hash, which is very rare. */
    private record Entry<V>(
            String pattern, V value, @Nullable Entry<V> next) {}

    /** The shapes by number of parts; those with higher precedence come first. */
    private final Int2ObjectHashMap<List<Shape<V>>> shapesByParts = new Int2ObjectHashMap<>();

    private int shapes;

    /** The value stored for this pattern, or null. */
    @Nullable
    V get(String pattern) {
        UriParts parts = new UriParts(pattern);
        Shape<V> shape = shape(parts);
        Entry<V> entry = shape == null ? null : shape.find(parts);
        return entry == null ? null : entry.value;
    }

    /** Sets the value of a pattern; a new shape belongs to {@code owner}. */
    void put(String pattern, V value, long owner) {
        UriParts parts = new UriParts(pattern);
        Shape<V> shape = shape(parts);
        if (shape == null) {
            shape = new Shape<>(parts.nonEmptyIndexes(), owner);
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

    /**
     * Passes the values of all patterns that match {@code uri} to {@code action}, the one with the highest precedence
     * first.
     */
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

    /**
     * The value of the pattern with the highest precedence that matches {@code uri}, which may itself be a pattern;
     * null if none matches.
     */
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

    /** Whether the table has a pattern of the same shape. */
    boolean hasShapeOf(String pattern) {
        return shape(new UriParts(pattern)) != null;
    }

    /** The number of shapes: the maximum number of steps of a look-up. */
    int shapes() {
        return shapes;
    }

    /** The number of shapes of {@code owner}. */
    int shapesOf(long owner) {
        int count = 0;
        for (List<Shape<V>> sameParts : shapesByParts.values()) {
            for (Shape<V> shape : sameParts) {
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
        int[] nonEmpty = parts.nonEmptyIndexes();
        for (Shape<V> shape : candidates(parts.text())) {
            if (Arrays.equals(shape.nonEmpty, nonEmpty)) {
                return shape;
            }
        }
        return null;
    }

    private void add(int parts, Shape<V> shape) {
        List<Shape<V>> others = shapesByParts.computeIfAbsent(parts, count -> new ArrayList<>(1));
        int at = 0;
        while (at < others.size() && precedes(others.get(at).nonEmpty, shape.nonEmpty)) {
            at++;
        }
        others.add(at, shape);
        shapes++;
    }

    /**
     * Whether the shape {@code one} has precedence over {@code other}: at the first index, from the left, where only one of them has a
     * non-empty part, {@code one} has it.
     */
    private static boolean precedes(int[] one, int[] other) {
        int difference = Arrays.mismatch(one, other);
        if (difference == one.length || difference == other.length) {
            return one.length > other.length;
        }
        return one[difference] < other[difference];
    }
}
