package io.junctor.cluster.protocol;

import io.junctor.wamp.auth.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Hashes texts to tokens and ids of constant length, in the same way on each router. Thread-safe. */
public final class TextHash {
    private static final int TOKEN_BYTES = 16;
    /** The largest id (section "IDs"): 2^53. */
    private static final long MAX_ID = 1L << 53;

    private TextHash() {}

    /** A token of 22 characters for the text. It has 128 bits, so collisions are negligible. */
    public static String token(String text) {
        return encode(Arrays.copyOf(sha256(text), TOKEN_BYTES));
    }

    /** An id from 1 to 2^53 for these texts. Among a million texts, the probability that two have the same id is 1 in 18,000. */
    public static long id(String... texts) {
        long bits = ByteBuffer.wrap(sha256(String.join("\0", texts))).getLong();
        return 1 + Long.remainderUnsigned(bits, MAX_ID);
    }

    /** A {@link #token} as 16 bytes instead of 22 characters. */
    public record Token(long high, long low) {
        private static final int CHARACTERS = 22;

        /** Parses a token. Returns null if the text is not a valid token. */
        public static @Nullable Token of(String token) {
            if (token.length() != CHARACTERS) {
                return null;
            }
            try {
                ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
                Token read = new Token(bytes.getLong(), bytes.getLong());
                return read.text().equals(token) ? read : null;
            } catch (IllegalArgumentException other) {
                return null;
            }
        }

        /** The token as 22 characters. */
        public String text() {
            return encode(
                    ByteBuffer.allocate(TOKEN_BYTES).putLong(high).putLong(low).array());
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] sha256(String text) {
        return Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
