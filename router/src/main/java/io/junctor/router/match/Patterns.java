package io.junctor.router.match;

import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;

/** Immutable. How URIs and patterns compare (section "Pattern-based Subscriptions"). */
public final class Patterns {
    private Patterns() {}

    /** Whether the pattern matches {@code uri}. */
    public static boolean matches(Uri rule, MatchPolicy match, Uri uri) {
        return switch (match) {
            case EXACT -> rule.equals(uri);
            case PREFIX -> uri.text().startsWith(rule.text());
            case WILDCARD -> sameParts(rule.text(), uri.text(), false);
        };
    }

    /** What every URI that the pattern matches starts with. */
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

    /** Whether a part of {@code uri} is empty: as a wildcard pattern it then matches more than one URI. */
    public static boolean hasEmptyPart(Uri uri) {
        String text = uri.text();
        return text.isEmpty() || text.startsWith(".") || text.endsWith(".") || text.contains("..");
    }

    /** Whether both patterns match some URI; may say yes where they do not, never no where they do. */
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

    /** Whether some URI has the parts of both wildcard patterns. */
    public static boolean haveCommonMatch(Uri one, Uri other) {
        return sameParts(one.text(), other.text(), true);
    }

    /** Whether the parts agree where the pattern's part is not empty, or, if {@code eitherSide}, where neither is. */
    static boolean sameParts(String pattern, String uri, boolean eitherSide) {
        int at = 0;
        int there = 0;
        while (true) {
            int length = partLength(pattern, at);
            int lengthThere = partLength(uri, there);
            boolean open = length == 0 || (eitherSide && lengthThere == 0);
            if (!open && !(length == lengthThere && pattern.regionMatches(at, uri, there, length))) {
                return false;
            }
            at += length + 1;
            there += lengthThere + 1;
            if (at > pattern.length() || there > uri.length()) {
                return at > pattern.length() && there > uri.length();
            }
        }
    }

    private static int partLength(String text, int at) {
        int end = text.indexOf('.', at);
        return (end < 0 ? text.length() : end) - at;
    }
}
