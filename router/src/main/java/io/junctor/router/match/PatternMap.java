package io.junctor.router.match;

import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Used by one thread at a time. Values kept by pattern and match policy, found by that or by a URI that the pattern matches (sections
 * "Pattern-based Subscriptions" and "Pattern-based Registrations").
 *
 * <p>What a look-up costs depends on the length of the URI, on the prefixes that match it and on the number of shapes of wildcard patterns,
 * not on how many others there are. A shape is where the empty parts of a pattern are. Clients cannot choose URIs that make it dearer.
 */
public final class PatternMap<V> {
    private static final long NO_OWNER = 0;

    private final Map<Uri, V> exact = new HashMap<>();
    private final PrefixTree<V> prefixes = new PrefixTree<>();
    private final WildcardTable<V> wildcards = new WildcardTable<>();
    private int size;

    /** The value under this very pattern and policy, or null. */
    public @Nullable V get(Uri pattern, MatchPolicy match) {
        return switch (match) {
            case EXACT -> exact.get(pattern);
            case PREFIX -> prefixes.get(pattern.text());
            case WILDCARD -> wildcards.get(pattern.text());
        };
    }

    /** Keeps {@code value} under a pattern that has none yet, for no owner. */
    public void put(Uri pattern, MatchPolicy match, V value) {
        put(pattern, match, value, NO_OWNER);
    }

    /** Keeps {@code value} under a pattern that has none yet; if its shape is a new one, it is counted for {@code owner} as long as it exists. */
    public void put(Uri pattern, MatchPolicy match, V value, long owner) {
        switch (match) {
            case EXACT -> exact.put(pattern, value);
            case PREFIX -> prefixes.put(pattern.text(), value);
            case WILDCARD -> wildcards.put(pattern.text(), value, owner);
        }
        size++;
    }

    /** Forgets the value under a pattern that has one. */
    public void remove(Uri pattern, MatchPolicy match) {
        switch (match) {
            case EXACT -> exact.remove(pattern);
            case PREFIX -> prefixes.remove(pattern.text());
            case WILDCARD -> wildcards.remove(pattern.text());
        }
        size--;
    }

    /** Hands every value whose pattern matches {@code uri} to {@code action}, which must not change this map. */
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
     * The value of the pattern that goes before all others that match {@code uri}: the URI itself, else the longest prefix, else the
     * wildcard pattern that, from the left, has a part where the others have an empty one; null if none matches.
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
     * Hands every value whose pattern matches all URIs that {@code pattern} can match to {@code action}, which must not change this map.
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
     * Whether a pattern can be put for {@code owner}: only a wildcard pattern of a new shape cannot, where there are {@code most} shapes or
     * {@code mostOfOwner} are the owner's.
     */
    public boolean hasRoom(Uri pattern, MatchPolicy match, long owner, int most, int mostOfOwner) {
        return match != MatchPolicy.WILDCARD
                || wildcards.hasShapeOf(pattern.text())
                || (wildcards.shapes() < most && wildcards.shapesOf(owner) < mostOfOwner);
    }

    /** How many values there are. */
    public int size() {
        return size;
    }
}
