package io.junctor.wamp.value;

/**
 * Immutable. The two sets of rules for URIs (section "URIs"), as single passes over the text: linear in time, anchored
 * at both ends.
 */
public enum UriRules {
    /** Parts of anything but {@code .}, {@code #} and white space. */
    LOOSE {
        @Override
        boolean allows(char c) {
            return c != '#' && !isWhiteSpace(c);
        }
    },
    /** Parts of {@code 0-9 a-z _} only. */
    STRICT {
        @Override
        boolean allows(char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        }
    };

    abstract boolean allows(char c);

    /** Whether {@code uri} may name a realm, topic, procedure, error or reason: no part is empty. */
    public boolean isUri(Uri uri) {
        return matches(uri.text(), false, false);
    }

    /**
     * Whether {@code uri} may be subscribed to or registered under {@code match}: a prefix may end in an empty part, a
     * wildcard pattern may have empty parts anywhere.
     */
    public boolean isPattern(Uri uri, MatchPolicy match) {
        return switch (match) {
            case EXACT -> matches(uri.text(), false, false);
            case PREFIX -> matches(uri.text(), false, true);
            case WILDCARD -> matches(uri.text(), true, true);
        };
    }

    private boolean matches(String text, boolean emptyParts, boolean emptyLast) {
        boolean partIsEmpty = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                if (partIsEmpty && !emptyParts) {
                    return false;
                }
                partIsEmpty = true;
            } else if (allows(c)) {
                partIsEmpty = false;
            } else {
                return false;
            }
        }
        return !partIsEmpty || emptyLast;
    }

    /** Unicode's White_Space property; all such characters are in the basic plane. */
    private static boolean isWhiteSpace(char c) {
        return switch (c) {
            case ' ', '\t', '\n', '\u000B', '\f', '\r', '\u0085', '\u00A0', '\u1680' -> true;
            case '\u2028', '\u2029', '\u202F', '\u205F', '\u3000' -> true;
            default -> c >= '\u2000' && c <= '\u200A';
        };
    }
}
