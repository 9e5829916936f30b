package io.junctor.wamp.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Immutable. Bytes that look random to whoever does not know the key, the same for the same text each time. */
public final class DeterministicBytes {
    private final byte[] key;

    /** Bytes that only who knows {@code secret} can foretell. */
    public DeterministicBytes(String secret) {
        this.key = Digests.hmac(secret.getBytes(StandardCharsets.UTF_8), "mixing");
    }

    /** So many bytes for {@code text}. */
    public byte[] bytes(String text, int count) {
        byte[] bytes = new byte[0];
        for (int block = 0; bytes.length < count; block++) {
            byte[] next = Digests.hmac(key, block + " " + text);
            int from = bytes.length;
            bytes = Arrays.copyOf(bytes, from + next.length);
            System.arraycopy(next, 0, bytes, from, next.length);
        }
        return Arrays.copyOf(bytes, count);
    }

    /** One of the numbers from 0 to {@code count - 1} for {@code text}. */
    public int index(String text, int count) {
        return Math.floorMod(ByteBuffer.wrap(bytes("index " + text, 4)).getInt(), count);
    }
}
