package io.junctor.wamp.codec.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Validates the numbers of JSON and decodes them without loss of digits. */
final class JsonNumbers {
    /** The maximum number of digits for which every integer fits in a {@code long}. */
    private static final int LONG_DIGITS = 18;
    /** The maximum number of digits that a {@code double} preserves for every number. */
    private static final int DOUBLE_DIGITS = 15;

    /** The largest power of ten for which the exact decimal value of a double is computed; larger powers take too long. */
    private static final int CHEAP_MAGNITUDE = 64;

    private JsonNumbers() {}

    /** Returns the end of the number that starts at {@code from}, or -1 if it is malformed. */
    static int end(byte[] bytes, int from, int to) {
        int start = bytes[from] == '-' ? from + 1 : from;
        int i = digits(bytes, start, to);
        boolean leadingZero = i - start > 1 && bytes[start] == '0';
        if (i == start || leadingZero) {
            return -1;
        }
        if (i < to && bytes[i] == '.') {
            int fraction = i + 1;
            i = digits(bytes, fraction, to);
            if (i == fraction) {
                return -1;
            }
        }
        return i < to && (bytes[i] | 0x20) == 'e' ? exponentEnd(bytes, i + 1, to) : i;
    }

    /** True if a well-formed number has neither fraction nor exponent. */
    static boolean isInteger(byte[] bytes, int from, int to) {
        return digits(bytes, bytes[from] == '-' ? from + 1 : from, to) == to;
    }

    /** Returns the value of a well-formed integer; the nearest {@code long} if the integer is out of range. */
    static long saturated(byte[] bytes, int from, int to) {
        if (to - from <= LONG_DIGITS) {
            return small(bytes, from, to);
        }
        boolean negative = bytes[from] == '-';
        if (to - from > LONG_DIGITS + 2) {
            return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        BigInteger value = new BigInteger(text(bytes, from, to));
        long limit = negative ? Long.MIN_VALUE : Long.MAX_VALUE;
        return value.bitLength() < Long.SIZE ? value.longValue() : limit;
    }

    /** Returns the value of a well-formed number, or null if its exponent is out of range. */
    static @Nullable Object decode(byte[] bytes, int from, int to) {
        if (!isInteger(bytes, from, to)) {
            return fraction(text(bytes, from, to));
        }
        if (to - from <= LONG_DIGITS) {
            return small(bytes, from, to);
        }
        BigInteger value = new BigInteger(text(bytes, from, to));
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    /** Returns a double if the text was printed from a double, otherwise a decimal with all digits. */
    private static @Nullable Object fraction(String text) {
        double nearest = Double.parseDouble(text);
        if (text.length() <= DOUBLE_DIGITS && text.indexOf('e') < 0 && text.indexOf('E') < 0) {
            return nearest;
        }
        BigDecimal exact;
        try {
            exact = new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
        boolean survives = Double.isFinite(nearest) && (isShortest(nearest, exact) || isRounded(nearest, exact));
        return survives ? (Object) nearest : exact;
    }

    private static boolean isShortest(double value, BigDecimal written) {
        return new BigDecimal(Double.toString(value)).compareTo(written) == 0;
    }

    /**
     * True if the double, rounded to the written number of digits, equals the written number. False for large
     * exponents, where the check is slow.
     */
    private static boolean isRounded(double value, BigDecimal written) {
        long magnitude = (long) written.precision() - written.scale();
        MathContext asWritten = new MathContext(written.precision(), RoundingMode.HALF_EVEN);
        return Math.abs(magnitude) <= CHEAP_MAGNITUDE
                && new BigDecimal(value).round(asWritten).compareTo(written) == 0;
    }

    private static int exponentEnd(byte[] bytes, int from, int to) {
        boolean signed = from < to && (bytes[from] == '+' || bytes[from] == '-');
        int start = signed ? from + 1 : from;
        int i = digits(bytes, start, to);
        return i == start ? -1 : i;
    }

    private static int digits(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        return i;
    }

    private static long small(byte[] bytes, int from, int to) {
        boolean negative = bytes[from] == '-';
        long value = 0;
        for (int i = negative ? from + 1 : from; i < to; i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        return negative ? -value : value;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
