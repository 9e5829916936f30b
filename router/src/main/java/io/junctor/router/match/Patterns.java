package io.junctor.router.match;

import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;

/** Compares URIs and patterns (section "Pattern-based Subscriptions"). */
public final class Patterns {
    private Patterns() {}

    /** Whether the pattern matches {@code uri}. */
    public static boolean matches(Uri pattern, MatchPolicy match, Uri uri) {
        return switch (match) {
            case EXACT -> pattern.equals(uri);
            case PREFIX -> uri.text().startsWith(pattern.text());
            case WILDCARD -> sameParts(pattern.text(), uri.text(), false);
        };
    }

    /** The longest literal prefix that all URIs which the pattern matches have in common. */
    public static String literalStart(Uri pattern, MatchPolicy match) {
        String text = pattern.text();
        if (match != MatchPolicy.WILDCARD) {
            return text;
        }
        if (text.isEmpty() || text.startsWith(".")) {
            return "";
        }
        int emptyPart = text.indexOf("..");
        return emptyPart < 0 ? text : text.substring(0, emptyPart + 1);
    }

    /** Whether the pattern matches every URI that the other pattern can match. */
    public static boolean covers(Uri pattern, MatchPolicy match, Uri other, MatchPolicy otherMatch) {
        return switch (match) {
            case EXACT -> otherMatch != MatchPolicy.PREFIX && pattern.equals(other) && !hasEmptyPart(other);
            case PREFIX -> literalStart(other, otherMatch).startsWith(pattern.text());
            case WILDCARD -> otherMatch != MatchPolicy.PREFIX && sameParts(pattern.text(), other.text(), false);
        };
    }

    /** Whether a part of {@code uri} is empty, so that it matches more than one URI as a wildcard pattern. */
    public static boolean hasEmptyPart(Uri uri) {
        String text = uri.text();
        return text.isEmpty() || text.startsWith(".") || text.endsWith(".") || text.contains("..");
    }

    /**
     * Whether a URI may exist that matches both patterns. May return true although no such URI exists. Never returns false if such a URI
     * exists.
     */
    public static boolean mayOverlap(Uri one, MatchPolicy match, Uri other, MatchPolicy otherMatch) {
        String start = literalStart(one, match);
        String otherStart = literalStart(other, otherMatch);
        if (!start.startsWith(otherStart) && !otherStart.startsWith(start)) {
            return false;
        }
        if (match == MatchPolicy.EXACT || otherMatch == MatchPolicy.EXACT) {
            return match == MatchPolicy.EXACT ? matches(other, otherMatch, one) : matches(one, match, other);
        }
        return match != otherMatch || match == MatchPolicy.PREFIX || haveCommonMatch(one, other);
    }

    /** Whether a URI exists that matches both wildcard patterns. */
    public static boolean haveCommonMatch(Uri one, Uri other) {
        return sameParts(one.text(), other.text(), true);
    }

    /**
     * Whether the parts are equal at each index where the part of the pattern is not empty; with {@code eitherSide}, at each index where
     * neither part is empty.
     */
    static boolean sameParts(String pattern, String uri, boolean eitherSide) {
        int at = 0;
        int otherAt = 0;
        while (true) {
            int length = partLength(pattern, at);
            int otherLength = partLength(uri, otherAt);
            boolean matchesAny = length == 0 || (eitherSide && otherLength == 0);
            if (!matchesAny && !(length == otherLength && pattern.regionMatches(at, uri, otherAt, length))) {
                return false;
            }
            at += length + 1;
            otherAt += otherLength + 1;
            if (at > pattern.length() || otherAt > uri.length()) {
                return at > pattern.length() && otherAt > uri.length();
            }
        }
    }

    private static int partLength(String text, int at) {
        int end = text.indexOf('.', at);
        return (end < 0 ? text.length() : end) - at;
    }
}
