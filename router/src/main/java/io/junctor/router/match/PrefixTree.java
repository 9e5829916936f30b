package io.junctor.router.match;

import java.util.function.Consumer;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Maps prefixes to values in a radix tree. The path from the root along the characters of a text visits all prefixes of the text, the
 * shortest first. Confined to one thread at a time.
 */
final class PrefixTree<V> {
    /** A node; each except the root has a value or at least two children. */
    private static final class Node<V> {
        @Nullable
        Node<V> parent;
        /** The characters between the parent and this node. */
        String label;

        @Nullable
        V value;
        /** The children by the salted first character of their labels; null if there are none. */
        private @Nullable Int2ObjectHashMap<Node<V>> children;

        Node(@Nullable Node<V> parent, String label) {
            this.parent = parent;
            this.label = label;
        }

        @Nullable
        Node<V> child(char first) {
            return children == null ? null : children.get(SaltedHash.of(first));
        }

        /** Adds a child; replaces the child whose label begins with the same character. */
        void addChild(Node<V> child) {
            if (children == null) {
                children = new Int2ObjectHashMap<>();
            }
            children.put(SaltedHash.of(child.label.charAt(0)), child);
            child.parent = this;
        }

        void removeChild(Node<V> child) {
            if (children != null) {
                children.remove(SaltedHash.of(child.label.charAt(0)));
                children = children.isEmpty() ? null : children;
            }
        }

        int childCount() {
            return children == null ? 0 : children.size();
        }

        @Nullable
        Node<V> onlyChild() {
            return children == null || children.size() > 1
                    ? null
                    : children.values().iterator().next();
        }
    }

    private final Node<V> root = new Node<>(null, "");

    /** The value stored for this prefix, or null. */
    @Nullable
    V get(String prefix) {
        Node<V> node = find(prefix);
        return node == null ? null : node.value;
    }

    void put(String prefix, V value) {
        Node<V> node = root;
        int at = 0;
        while (at < prefix.length()) {
            Node<V> child = node.child(prefix.charAt(at));
            if (child == null) {
                child = new Node<>(node, prefix.substring(at));
                node.addChild(child);
            } else {
                child = split(child, commonLength(child.label, prefix, at));
            }
            node = child;
            at += child.label.length();
        }
        node.value = value;
    }

    void remove(String prefix) {
        Node<V> node = find(prefix);
        if (node != null) {
            node.value = null;
            prune(node);
        }
    }

    /** Passes the values of all prefixes of {@code text} to {@code action}, the shortest first. */
    void forEachMatch(String text, Consumer<? super V> action) {
        int at = 0;
        for (Node<V> node = root; node != null; node = childAt(node, text, at)) {
            at += node.label.length();
            if (node.value != null) {
                action.accept(node.value);
            }
        }
    }

    /** The value of the longest prefix of {@code text}, or null. */
    @Nullable
    V longestMatch(String text) {
        V longest = null;
        int at = 0;
        for (Node<V> node = root; node != null; node = childAt(node, text, at)) {
            at += node.label.length();
            longest = node.value != null ? node.value : longest;
        }
        return longest;
    }

    private @Nullable Node<V> find(String prefix) {
        Node<V> node = root;
        int at = 0;
        while (node != null && at < prefix.length()) {
            node = childAt(node, prefix, at);
            at += node == null ? 0 : node.label.length();
        }
        return node;
    }

    /** The child whose label is in {@code text} at index {@code at}, or null. */
    private static <V> @Nullable Node<V> childAt(Node<V> node, String text, int at) {
        Node<V> child = at == text.length() ? null : node.child(text.charAt(at));
        return child != null && text.startsWith(child.label, at) ? child : null;
    }

    /** Splits the label of a node after {@code length} characters; returns the upper node. */
    private static <V> Node<V> split(Node<V> node, int length) {
        Node<V> parent = node.parent;
        if (parent == null || length == node.label.length()) {
            return node;
        }
        Node<V> upper = new Node<>(parent, node.label.substring(0, length));
        parent.addChild(upper);
        node.label = node.label.substring(length);
        upper.addChild(node);
        return upper;
    }

    /** Removes a node without a value unless it has several children; then does the same with its parent. */
    private void prune(Node<V> node) {
        Node<V> parent = node.parent;
        if (parent == null || node.value != null) {
            return;
        }
        Node<V> only = node.onlyChild();
        if (only != null) {
            only.label = node.label + only.label;
            parent.addChild(only);
        } else if (node.childCount() == 0) {
            parent.removeChild(node);
            prune(parent);
        }
    }

    private static int commonLength(String label, String text, int at) {
        int limit = Math.min(label.length(), text.length() - at);
        int length = 0;
        while (length < limit && label.charAt(length) == text.charAt(at + length)) {
            length++;
        }
        return length;
    }
}
