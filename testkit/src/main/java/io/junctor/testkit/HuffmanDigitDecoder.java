package io.junctor.testkit;

/** Decodes digits from the Huffman code of header fields (RFC 7541, appendix B). */
final class HuffmanDigitDecoder {
    private static final int SHORT_BITS = 5;
    private static final int LONG_BITS = 6;
    /** The number of digits that have a code of five bits, equal to the digit: 0, 1 and 2. The codes of 3 to 9 have six bits and start at 25. */
    private static final int SHORT_CODES = 3;

    private static final int FIRST_LONG_CODE = 25;

    private HuffmanDigitDecoder() {}

    static String decode(byte[] code) {
        StringBuilder digits = new StringBuilder();
        int at = 0;
        while (bits(code, at, SHORT_BITS) >= 0) {
            int shortCode = bits(code, at, SHORT_BITS);
            int longCode = bits(code, at, LONG_BITS);
            if (shortCode < SHORT_CODES) {
                digits.append((char) ('0' + shortCode));
                at += SHORT_BITS;
            } else if (longCode >= FIRST_LONG_CODE && longCode < FIRST_LONG_CODE + 10 - SHORT_CODES) {
                digits.append((char) ('0' + SHORT_CODES + longCode - FIRST_LONG_CODE));
                at += LONG_BITS;
            } else {
                // The padding.
                break;
            }
        }
        return digits.toString();
    }

    /** Returns {@code count} bits as a number, or -1 if the code contains fewer bits. */
    private static int bits(byte[] code, int at, int count) {
        int value = 0;
        for (int i = at; i < at + count; i++) {
            if (i >= code.length * Byte.SIZE) {
                return -1;
            }
            int bit = (code[i / Byte.SIZE] >> (Byte.SIZE - 1 - i % Byte.SIZE)) & 1;
            value = (value << 1) | bit;
        }
        return value;
    }
}
