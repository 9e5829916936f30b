package io.junctor.wamp.auth;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Safe for use by many threads. Base64 in its canonical form: padded, no white space, no stray bits (RFC 4648, section 3.5). */
public final class Base64Text {
    private Base64Text() {}

    /** The text of {@code bytes}. */
    public static String of(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The bytes of a text, or null where it is not canonical. */
    public static byte @Nullable [] decode(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return of(bytes).equals(text) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
