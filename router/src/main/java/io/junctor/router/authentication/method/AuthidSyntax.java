package io.junctor.router.authentication.method;

import java.util.regex.Pattern;

/** Immutable. What an authid that a certificate or a token gives may be. */
public final class AuthidSyntax {
    /** The most characters that it has. */
    static final int MAX_CHARACTERS = 256;

    /** Neither control characters nor anything else that does not show. */
    private static final Pattern PLAIN = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1," + MAX_CHARACTERS + "}");

    private AuthidSyntax() {}

    /** Whether {@code text} has from 1 to 256 characters that show, and not white space only. */
    public static boolean isPlain(String text) {
        return PLAIN.matcher(text).matches() && !text.isBlank();
    }
}
