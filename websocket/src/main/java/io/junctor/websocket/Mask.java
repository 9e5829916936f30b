package io.junctor.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Masks and unmasks payloads (RFC 6455, section 5.3): both use the same computation. */
final class Mask {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Mask() {}

    /** Combines {@code count} bytes, from index {@code from} on, with the masking key by exclusive or. */
    static void apply(byte[] bytes, int from, int count, int key) {
        if (key == 0) {
            return;
        }
        long swapped = Integer.reverseBytes(key) & 0xFFFF_FFFFL;
        long twice = swapped << 32 | swapped;
        int end = from + count;
        int tail = end - (count & 7);
        for (int at = from; at < tail; at += 8) {
            LONGS.set(bytes, at, (long) LONGS.get(bytes, at) ^ twice);
        }
        for (int at = tail, shift = 24; at < end; at++, shift -= 8) {
            bytes[at] ^= (byte) (key >> (shift & 31));
        }
    }

    /** The key, rotated for the bytes that follow the first {@code count} bytes of a payload. */
    static int after(int key, int count) {
        return Integer.rotateLeft(key, 8 * (count & 3));
    }
}
