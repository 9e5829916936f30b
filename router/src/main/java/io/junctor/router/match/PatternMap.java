package io.junctor.router.match;

import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Maps URIs and patterns to values; finds the values of all patterns that match a URI (sections "Pattern-based
 * Subscriptions" and "Pattern-based Registrations"). Confined to one thread at a time.
 *
 * <p>The cost of a look-up depends on the length of the URI, the number of prefixes that match it and the number of
 * wildcard shapes, but not on the number of other patterns. The shape of a wildcard pattern is the positions of its
 * empty parts. A client cannot choose URIs that make look-ups slower.
 */
public final class PatternMap<V> {
    private static final long NO_OWNER = 0;

    private final Map<Uri, V> exact = new HashMap<>();
    private final PrefixTree<V> prefixes = new PrefixTree<>();
    private final WildcardTable<V> wildcards = new WildcardTable<>();
    private int size;

    /** The value stored for this pattern and policy, or null. */
    public @Nullable V get(Uri pattern, MatchPolicy match) {
        return switch (match) {
            case EXACT -> exact.get(pattern);
            case PREFIX -> prefixes.get(pattern.text());
            case WILDCARD -> wildcards.get(pattern.text());
        };
    }

    /** Sets the value of a new pattern without an owner. */
    public void put(Uri pattern, MatchPolicy match, V value) {
        put(pattern, match, value, NO_OWNER);
    }

    /** Sets the value of a new pattern. If the pattern has a new wildcard shape, the shape counts for {@code owner} as long as it exists. */
    public void put(Uri pattern, MatchPolicy match, V value, long owner) {
        switch (match) {
            case EXACT -> exact.put(pattern, value);
            case PREFIX -> prefixes.put(pattern.text(), value);
            case WILDCARD -> wildcards.put(pattern.text(), value, owner);
        }
        size++;
    }

    /** Removes a pattern that has a value. */
    public void remove(Uri pattern, MatchPolicy match) {
        switch (match) {
            case EXACT -> exact.remove(pattern);
            case PREFIX -> prefixes.remove(pattern.text());
            case WILDCARD -> wildcards.remove(pattern.text());
        }
        size--;
    }

    /** Passes the value of each pattern that matches {@code uri} to {@code action}, which must not change this map. */
    public void forEachMatch(Uri uri, Consumer<? super V> action) {
        V same = exact.get(uri);
        if (same != null) {
            action.accept(same);
        }
        if (size > exact.size()) {
            prefixes.forEachMatch(uri.text(), action);
            wildcards.forEachMatch(uri.text(), action);
        }
    }

    /**
     * The value of the pattern with the highest precedence that matches {@code uri}: the URI itself, otherwise the longest prefix,
     * otherwise the wildcard pattern that has a non-empty part at the first index, from the left, where the patterns differ in this. Null
     * if no pattern matches.
     */
    public @Nullable V best(Uri uri) {
        V same = exact.get(uri);
        if (same != null || size == exact.size()) {
            return same;
        }
        V prefix = prefixes.longestMatch(uri.text());
        return prefix != null ? prefix : wildcards.bestMatch(uri.text());
    }

    /**
     * Passes the value of each pattern that matches all URIs that {@code pattern} can match to {@code action}, which
     * must not change this map.
     */
    public void forEachCovering(Uri pattern, MatchPolicy match, Consumer<? super V> action) {
        V same = match == MatchPolicy.EXACT ? exact.get(pattern) : null;
        if (same != null) {
            action.accept(same);
        }
        prefixes.forEachMatch(Patterns.literalStart(pattern, match), action);
        if (match != MatchPolicy.PREFIX) {
            wildcards.forEachMatch(pattern.text(), action);
        }
    }

    /**
     * Whether {@code owner} may add a pattern. Only a wildcard pattern of a new shape may be refused: when there are {@code maxShapes}
     * shapes in total, or {@code maxShapesOfOwner} shapes of the owner.
     */
    public boolean hasRoom(Uri pattern, MatchPolicy match, long owner, int maxShapes, int maxShapesOfOwner) {
        return match != MatchPolicy.WILDCARD
                || wildcards.hasShapeOf(pattern.text())
                || (wildcards.shapes() < maxShapes && wildcards.shapesOf(owner) < maxShapesOfOwner);
    }

    /** The number of values. */
    public int size() {
        return size;
    }
}
