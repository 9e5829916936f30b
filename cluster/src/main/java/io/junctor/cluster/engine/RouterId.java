package io.junctor.cluster.engine;

import java.util.HexFormat;

/**
 * The id of a router: 64 random bits that the router draws at each start.
 *
 * @param value the bits
 */
public record RouterId(long value) {
    /**
     * Parses an id that {@link #toString} wrote.
     *
     * @throws IllegalArgumentException if the text does not consist of 16 hexadecimal digits
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
