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
 * <p>What a look-up costs depends on the URI and on the patterns that match it or its first parts, not on how many others
 * there are. Putting and removing walk along one pattern.
 */
public final class PatternMap<V> {
    private final Map<Uri, V> exact = new HashMap<>();
    private final PrefixTree<V> prefixes = new PrefixTree<>();
    private final WildcardTree<V> wildcards = new WildcardTree<>();
    private int size;

    /** The value under this very pattern and policy, or null. */
    public @Nullable V get(Uri pattern, MatchPolicy match) {
        return switch (match) {
            case EXACT -> exact.get(pattern);
            case PREFIX -> prefixes.get(pattern.text());
            case WILDCARD -> wildcards.get(pattern.text());
        };
    }

    /** Keeps {@code value} under a pattern that has none yet. */
    public void put(Uri pattern, MatchPolicy match, V value) {
        switch (match) {
            case EXACT -> exact.put(pattern, value);
            case PREFIX -> prefixes.put(pattern.text(), value);
            case WILDCARD -> wildcards.put(pattern.text(), value);
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

    /** How many values there are. */
    public int size() {
        return size;
    }
}
