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

    /** Whether some URI has the parts of both wildcard patterns. */
    public static boolean haveCommonMatch(Uri one, Uri other) {
        return sameParts(one.text(), other.text(), true);
    }

    /** Whether the parts agree where the pattern's part is not empty, or, if {@code eitherSide}, where neither is. */
    private static boolean sameParts(String pattern, String uri, boolean eitherSide) {
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
