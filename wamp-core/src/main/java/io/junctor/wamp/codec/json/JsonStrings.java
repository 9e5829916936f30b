package io.junctor.wamp.codec.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the strings of JSON: their escapes, and strings that contain binary data, which WAMP encodes as U+0000 followed by base64
 * (section "Binary conversion of JSON Strings").
 */
final class JsonStrings {
    private static final byte[] MARK = {'"', '\\', 'u', '0', '0', '0', '0'};
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** A number with the lowest bit of every byte set. Its product with a byte contains that byte in each position. */
    private static final long EACH = 0x0101_0101_0101_0101L;

    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final int QUANTUM = 4;
    private static final int NOT_HEX = -1;
    private static final byte[] REPLACEMENT = {'\\', 'u', 'f', 'f', 'f', 'd'};

    /** The length of the escape of one UTF-16 code unit. */
    static final int UNIT_ESCAPE = REPLACEMENT.length;

    private JsonStrings() {}

    /**
     * Returns the end of the run of plain ASCII characters, or an index up to eight bytes before it. It tests eight bytes at once:
     * {@code special} has the high bit of a byte set if the byte is a quote, a backslash, a control character or not ASCII. The lowest
     * marked byte is always correct; higher marked bytes may be false positives.
     */
    static int plainEnd(byte[] bytes, int from, int to) {
        int i = from;
        while (i + Long.BYTES <= to) {
            long word = (long) LONGS.get(bytes, i);
            long special = word | below(word, ' ') | below(word ^ EACH * '"', 1) | below(word ^ EACH * '\\', 1);
            special &= HIGH_BITS;
            if (special != 0) {
                return i + Long.numberOfTrailingZeros(special) / Byte.SIZE;
            }
            i += Long.BYTES;
        }
        return i;
    }

    private static long below(long word, int limit) {
        return (word - EACH * limit) & ~word;
    }

    /**
     * Returns the end of the escape that starts at {@code i}, or -1 if it is malformed. A surrogate pair is one
     * escape.
     */
    static int escapeEnd(byte[] bytes, int i, int to) {
        if (i + 1 >= to) {
            return -1;
        }
        if (bytes[i + 1] != 'u') {
            return simple(bytes[i + 1]) == 0 ? -1 : i + 2;
        }
        int unit = unit(bytes, i, to);
        if (unit < 0 || Character.isLowSurrogate((char) unit)) {
            return -1;
        }
        if (!Character.isHighSurrogate((char) unit)) {
            return i + 6;
        }
        int second = unit(bytes, i + 6, to);
        return second >= 0 && Character.isLowSurrogate((char) second) ? i + 12 : -1;
    }

    /**
     * Overwrites the escape of an unpaired surrogate at {@code i} with the escape of U+FFFD. Returns false if there
     * is no such escape at {@code i}.
     */
    static boolean replaceSurrogate(byte[] bytes, int i, int to) {
        int unit = unit(bytes, i, to);
        if (unit < 0) {
            return false;
        }
        System.arraycopy(REPLACEMENT, 0, bytes, i, REPLACEMENT.length);
        return true;
    }

    /** True if {@code b} can be part of a number, of a literal or of an invalid token such as {@code NaN}. */
    static boolean isToken(byte b) {
        return (isBase64(b) && b != '/') || b == '-' || b == '.' || b == '_';
    }

    /** Decodes a well-formed string; the range excludes its quotes. */
    static String decode(byte[] bytes, int from, int to, boolean escapes) {
        if (!escapes) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder(to - from);
        int run = from;
        int i = from;
        while (i < to) {
            if (bytes[i] != '\\') {
                i++;
                continue;
            }
            text.append(new String(bytes, run, i - run, StandardCharsets.UTF_8));
            if (bytes[i + 1] == 'u') {
                text.append((char) unit(bytes, i, to));
                i += 6;
            } else {
                text.append(simple(bytes[i + 1]));
                i += 2;
            }
            run = i;
        }
        return text.append(new String(bytes, run, to - run, StandardCharsets.UTF_8))
                .toString();
    }

    /** True if a string encodes binary data; the range includes its quotes. */
    static boolean isBinary(byte[] bytes, int from, int to) {
        return to - from > MARK.length
                && bytes[from + 1] == '\\'
                && Arrays.equals(bytes, from, from + MARK.length, MARK, 0, MARK.length);
    }

    /** True if a string that encodes binary data is padded base64 without escapes; the range includes its quotes. */
    static boolean isOctets(byte[] bytes, int from, int to) {
        return isBase64(bytes, from + MARK.length, to - 1);
    }

    /** Decodes binary data from a string; returns null if it is not padded base64. The range includes its quotes. */
    static byte @Nullable [] octets(byte[] bytes, int from, int to) {
        byte[] text = Arrays.copyOfRange(bytes, from + MARK.length, to - 1);
        if (!isBase64(text, 0, text.length)) {
            // Some encoders escape the slash or the plus sign.
            text = decode(text, 0, text.length, true).getBytes(StandardCharsets.ISO_8859_1);
        }
        return isBase64(text, 0, text.length) ? Base64.getDecoder().decode(text) : null;
    }

    private static boolean isBase64(byte[] bytes, int from, int to) {
        if ((to - from) % QUANTUM != 0) {
            return false;
        }
        int stop = to;
        while (stop > from && to - stop < 2 && bytes[stop - 1] == '=') {
            stop--;
        }
        for (int i = from; i < stop; i++) {
            if (!isBase64(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBase64(byte b) {
        boolean letter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
        return letter || (b >= '0' && b <= '9') || b == '+' || b == '/';
    }

    /**
     * Returns the code unit of the escape with four hexadecimal digits at {@code i}, or -1 if there is no such
     * escape.
     */
    private static int unit(byte[] bytes, int i, int to) {
        if (i + 6 > to || bytes[i] != '\\' || bytes[i + 1] != 'u') {
            return NOT_HEX;
        }
        int unit = 0;
        for (int k = i + 2; k < i + 6; k++) {
            int digit = Character.digit(bytes[k], 16);
            if (digit < 0) {
                return NOT_HEX;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    /** Returns the character of a one-letter escape, or 0 if the letter is not valid. */
    private static char simple(byte letter) {
        return switch (letter) {
            case '"', '\\', '/' -> (char) letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> 0;
        };
    }
}
