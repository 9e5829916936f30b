package io.junctor.wamp.codec;

import java.util.Arrays;

/** Collects the bytes of a message in a growing array. Confined to one thread. */
public final class OutputBuffer {
    /** The maximum number of digits of a {@code long}. */
    private static final int MAX_DIGITS = 19;

    private byte[] bytes;
    private int size;

    /** Creates an empty buffer with an initial {@code capacity} in bytes. */
    public OutputBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    /** Adds one byte. */
    public void put(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    /** Adds the lowest {@code width} bytes of {@code value} in big-endian order. */
    public void put(long value, int width) {
        reserve(width);
        for (int shift = (width - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    /** Adds {@code source}. */
    public void put(byte[] source) {
        reserve(source.length);
        System.arraycopy(source, 0, bytes, size, source.length);
        size += source.length;
    }

    /** Adds {@code length} bytes of {@code source}. */
    void put(byte[] source, int from, int length) {
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    /** Adds an integer in decimal digits. */
    public void decimal(long value) {
        if (value < 0) {
            ascii(Long.toString(value));
            return;
        }
        int digits = 1;
        for (long bound = 10; digits < MAX_DIGITS && value >= bound; bound *= 10) {
            digits++;
        }
        reserve(digits);
        size += digits;
        long rest = value;
        for (int i = size - 1; i >= size - digits; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Adds a string of characters below U+0080. */
    public void ascii(String text) {
        ascii(text, 0, text.length());
    }

    /** Adds a part of a string whose characters are below U+0080. */
    public void ascii(String text, int from, int to) {
        reserve(to - from);
        byte[] target = bytes;
        int next = size;
        for (int i = from; i < to; i++) {
            target[next++] = (byte) text.charAt(i);
        }
        size = next;
    }

    /** Adds a string as UTF-8; {@code length} is the result of {@link #utf8Length}. */
    public void utf8(String text, int length) {
        if (length == text.length()) {
            ascii(text);
            return;
        }
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            codePoint(codePoint);
            i += Character.charCount(codePoint);
        }
    }

    /** Adds a code point that is not a surrogate. */
    public void codePoint(int codePoint) {
        if (codePoint < 0x80) {
            put(codePoint);
        } else if (codePoint < 0x800) {
            put(0xC0 | codePoint >> 6);
            continuation(codePoint);
        } else if (codePoint < 0x1_0000) {
            put(0xE0 | codePoint >> 12);
            continuation(codePoint >> 6);
            continuation(codePoint);
        } else {
            put(0xF0 | codePoint >> 18);
            continuation(codePoint >> 12);
            continuation(codePoint >> 6);
            continuation(codePoint);
        }
    }

    /**
     * Returns the number of bytes of a string in UTF-8.
     *
     * @throws UnrepresentableException if the string contains an unpaired surrogate
     */
    public static int utf8Length(String text) throws UnrepresentableException {
        int length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                length += c < 0x800 ? 1 : 2;
                if (Character.isSurrogate(c)) {
                    // The two characters of a surrogate pair are four bytes in total.
                    requirePair(text, i++);
                }
            }
        }
        return length;
    }

    /**
     * Checks that the surrogate at {@code i} starts a pair.
     *
     * @throws UnrepresentableException if it does not
     */
    public static void requirePair(String text, int i) throws UnrepresentableException {
        if (!Character.isHighSurrogate(text.charAt(i))
                || i + 1 == text.length()
                || !Character.isLowSurrogate(text.charAt(i + 1))) {
            throw new UnrepresentableException("a string with an unpaired surrogate cannot be encoded in UTF-8");
        }
    }

    /** Returns a copy of all bytes. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** Returns a copy of all bytes, followed by {@code length} bytes of {@code tail} and by {@code close}. */
    byte[] toBytes(byte[] tail, int offset, int length, byte[] close) {
        byte[] result = Arrays.copyOf(bytes, size + length + close.length);
        System.arraycopy(tail, offset, result, size, length);
        System.arraycopy(close, 0, result, size + length, close.length);
        return result;
    }

    private void continuation(int bits) {
        put(0x80 | (bits & 0x3F));
    }

    private void reserve(int count) {
        if (bytes.length - size < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length + (bytes.length >> 1), Math.addExact(size, count)));
        }
    }
}
