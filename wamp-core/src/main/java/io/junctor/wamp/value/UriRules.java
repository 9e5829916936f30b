package io.junctor.wamp.value;

/** Validates URIs by the loose or the strict rules (section "URIs"), in one pass over the text. */
public enum UriRules {
    /** Components may contain any character except {@code .}, {@code #} and white space. */
    LOOSE {
        @Override
        boolean allows(char c) {
            return c != '#' && !isWhiteSpace(c);
        }
    },
    /** Components may contain only {@code 0-9 a-z _}. */
    STRICT {
        @Override
        boolean allows(char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        }
    };

    abstract boolean allows(char c);

    /** True if {@code uri} is valid for a realm, topic, procedure, error or reason. No component may be empty. */
    public boolean isUri(Uri uri) {
        return matches(uri.text(), false, false);
    }

    /**
     * True if {@code uri} is valid in SUBSCRIBE and REGISTER under {@code match}. The last component of a prefix and
     * any component of a wildcard pattern may be empty.
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

    /** True if a character has Unicode's White_Space property. All such characters are in the Basic Multilingual Plane. */
    private static boolean isWhiteSpace(char c) {
        return switch (c) {
            case ' ', '\t', '\n', '\u000B', '\f', '\r', '\u0085', '\u00A0', '\u1680' -> true;
            case '\u2028', '\u2029', '\u202F', '\u205F', '\u3000' -> true;
            default -> c >= '\u2000' && c <= '\u200A';
        };
    }
}
