package io.junctor.cluster.engine;

import java.util.HexFormat;

/**
 * The id of a router: 64 random bits that it draws at each start. Immutable.
 *
 * @param value the bits
 */
public record RouterId(long value) {
    /**
     * The id that {@link #toString} wrote.
     *
     * @throws IllegalArgumentException if the text is not of 16 hexadecimal digits
     */
    public static RouterId parse(String text) {
        if (text.length() != 16) {
            throw new IllegalArgumentException("a router id has 16 hexadecimal digits, not " + text.length());
        }
        return new RouterId(HexFormat.fromHexDigitsToLong(text));
    }

    /** The id as 16 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(value);
    }
}
