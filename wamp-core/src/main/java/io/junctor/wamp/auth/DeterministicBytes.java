package io.junctor.wamp.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Derives bytes from a text and a secret. The bytes are always the same for the same text, and unpredictable without the secret. */
public final class DeterministicBytes {
    private final byte[] key;

    /** Creates a source of bytes that depend on {@code secret}. */
    public DeterministicBytes(String secret) {
        this.key = Digests.hmac(secret.getBytes(StandardCharsets.UTF_8), "mixing");
    }

    /** Derives {@code count} bytes from {@code text}. */
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

    /** Derives a number from 0 to {@code count - 1} from {@code text}. */
    public int index(String text, int count) {
        return Math.floorMod(ByteBuffer.wrap(bytes("index " + text, 4)).getInt(), count);
    }
}
