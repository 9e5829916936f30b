package io.junctor.router.authentication.method;

import java.util.regex.Pattern;

/** Checks an authid that comes from a certificate or a token. */
public final class AuthidSyntax {
    /** The maximum length of an authid, in characters. */
    static final int MAX_CHARACTERS = 256;

    /** Matches texts without control characters and other invisible characters. */
    private static final Pattern PLAIN = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1," + MAX_CHARACTERS + "}");

    private AuthidSyntax() {}

    /** True if {@code text} has 1 to 256 visible characters, and not white space only. */
    public static boolean isPlain(String text) {
        return PLAIN.matcher(text).matches() && !text.isBlank();
    }
}
