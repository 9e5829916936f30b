package io.junctor.router.match;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Used by one thread at a time. Values by wildcard pattern: a tree of parts for each number of parts, as a pattern matches only URIs of
 * as many. A look-up visits the nodes whose way from the root matches the first parts of the URI.
 */
final class WildcardTree<V> {
    /** Has a value or a child, unless it is a root. */
    private static final class Node<V> {
        final @Nullable Node<V> parent;
        final String part;
        final int depth;
        /** By their part, the empty one for any. */
        final Map<String, Node<V>> children = new HashMap<>(2);

        @Nullable
        V value;

        /** A root. */
        Node() {
            this.parent = null;
            this.part = "";
            this.depth = 0;
        }

        Node(Node<V> parent, String part) {
            this.parent = parent;
            this.part = part;
            this.depth = parent.depth + 1;
        }

        boolean isNeeded() {
            return value != null || !children.isEmpty();
        }
    }

    /** The values that match, the best first. */
    private static final class Walk<V> {
        private final String[] parts;
        private final Deque<Node<V>> open = new ArrayDeque<>();

        Walk(Node<V> root, String[] parts) {
            this.parts = parts;
            open.push(root);
        }

        @Nullable
        V next() {
            while (!open.isEmpty()) {
                Node<V> node = open.pop();
                if (node.depth == parts.length) {
                    return node.value;
                }
                // The literal part is taken first and walked to its end: that is the order of precedence.
                String part = parts[node.depth];
                open(node.children.get(""));
                if (!part.isEmpty()) {
                    open(node.children.get(part));
                }
            }
            return null;
        }

        private void open(@Nullable Node<V> node) {
            if (node != null) {
                open.push(node);
            }
        }
    }

    private final Int2ObjectHashMap<Node<V>> roots = new Int2ObjectHashMap<>();

    /** The value under this very pattern, or null. */
    @Nullable
    V get(String pattern) {
        Node<V> node = find(pattern);
        return node == null ? null : node.value;
    }

    void put(String pattern, V value) {
        String[] parts = parts(pattern);
        Node<V> node = roots.computeIfAbsent(parts.length, count -> new Node<>());
        for (String part : parts) {
            Node<V> parent = node;
            node = parent.children.computeIfAbsent(part, key -> new Node<>(parent, key));
        }
        node.value = value;
    }

    void remove(String pattern) {
        Node<V> node = find(pattern);
        if (node == null) {
            return;
        }
        node.value = null;
        while (node.parent != null && !node.isNeeded()) {
            node.parent.children.remove(node.part);
            node = node.parent;
        }
        if (!node.isNeeded()) {
            roots.remove(countParts(pattern));
        }
    }

    /** Hands the values of all patterns that match {@code uri} to {@code action}, the best first. */
    void forEachMatch(String uri, Consumer<? super V> action) {
        Walk<V> walk = walk(uri);
        for (V value = next(walk); value != null; value = next(walk)) {
            action.accept(value);
        }
    }

    /** The value of the best pattern that matches {@code uri}, or all of it where that is a wildcard pattern; null if none does. */
    @Nullable
    V bestMatch(String uri) {
        return next(walk(uri));
    }

    private @Nullable Walk<V> walk(String uri) {
        Node<V> root = roots.get(countParts(uri));
        return root == null ? null : new Walk<>(root, parts(uri));
    }

    private static <V> @Nullable V next(@Nullable Walk<V> walk) {
        return walk == null ? null : walk.next();
    }

    private @Nullable Node<V> find(String pattern) {
        Node<V> node = roots.get(countParts(pattern));
        for (String part : parts(pattern)) {
            node = node == null ? null : node.children.get(part);
        }
        return node;
    }

    private static String[] parts(String text) {
        return text.split("\\.", -1);
    }

    private static int countParts(String text) {
        int count = 1;
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', dot + 1)) {
            count++;
        }
        return count;
    }
}
