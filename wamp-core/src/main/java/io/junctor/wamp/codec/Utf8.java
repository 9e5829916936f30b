package io.junctor.wamp.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Validates UTF-8 by RFC 3629: no overlong forms, no surrogates and no code points above U+10FFFF. */
public final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Utf8() {}

    /** Returns the index of the first invalid sequence in {@code from..to}, or -1 if all are valid. */
    public static int firstInvalid(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            if (i + Long.BYTES <= to && ((long) LONGS.get(bytes, i) & HIGH_BITS) == 0) {
                i += Long.BYTES;
            } else if (bytes[i] >= 0) {
                i++;
            } else {
                int next = next(bytes, i, to);
                if (next < 0) {
                    return i;
                }
                i = next;
            }
        }
        return -1;
    }

    /** Returns the end of the sequence of two to four bytes that starts at {@code i}, or -1 if it is invalid. */
    public static int next(byte[] bytes, int i, int to) {
        int lead = bytes[i] & 0xFF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            return continues(bytes, i + 1, to, 1) ? i + 2 : -1;
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            return continues(bytes, i + 1, to, 2) && isThree(lead, bytes[i + 1] & 0xFF) ? i + 3 : -1;
        }
        if (lead >= 0xF0 && lead <= 0xF4) {
            return continues(bytes, i + 1, to, 3) && isFour(lead, bytes[i + 1] & 0xFF) ? i + 4 : -1;
        }
        return -1;
    }

    private static boolean continues(byte[] bytes, int i, int to, int count) {
        if (to - i < count) {
            return false;
        }
        for (int k = i; k < i + count; k++) {
            if ((bytes[k] & 0xC0) != 0x80) {
                return false;
            }
        }
        return true;
    }

    /** True if the sequence is neither overlong nor a surrogate. */
    private static boolean isThree(int lead, int second) {
        return (lead != 0xE0 || second >= 0xA0) && (lead != 0xED || second < 0xA0);
    }

    /** True if the sequence is neither overlong nor above U+10FFFF. */
    private static boolean isFour(int lead, int second) {
        return (lead != 0xF0 || second >= 0x90) && (lead != 0xF4 || second < 0x90);
    }
}
