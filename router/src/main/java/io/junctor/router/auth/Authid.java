package io.junctor.router.auth;

import java.util.regex.Pattern;

/** Immutable. What an authid that a certificate or a token gives may be. */
final class Authid {
    /** The most characters that it has. */
    static final int MAX_CHARACTERS = 256;

    /** Neither control characters nor anything else that does not show. */
    private static final Pattern PLAIN = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1," + MAX_CHARACTERS + "}");

    private Authid() {}

    /** Whether {@code text} has from 1 to 256 characters that show, and not white space only. */
    static boolean isPlain(String text) {
        return PLAIN.matcher(text).matches() && !text.isBlank();
    }
}
