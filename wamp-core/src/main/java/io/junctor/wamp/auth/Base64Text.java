package io.junctor.wamp.auth;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes base64 in its canonical form: padded, without white space and without stray bits (RFC 4648,
 * section 3.5). Thread-safe.
 */
public final class Base64Text {
    private Base64Text() {}

    /** Encodes {@code bytes}. */
    public static String of(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Decodes a text; returns null if it is not canonical base64. */
    public static byte @Nullable [] decode(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return of(bytes).equals(text) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
