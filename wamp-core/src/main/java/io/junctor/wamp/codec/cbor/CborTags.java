package io.junctor.wamp.codec.cbor;

import io.junctor.wamp.codec.Timestamps;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Converts tagged values of CBOR to values that other serializations can express: times and dates to RFC 3339
 * strings, UUIDs to strings, tagged byte strings to binary data, typed arrays (RFC 8746) to binary data or lists of
 * numbers.
 */
final class CborTags {
    private static final int UUID_BYTES = 16;
    private static final int FIRST_TYPED_ARRAY = 64;
    private static final int LAST_TYPED_ARRAY = 87;
    private static final int CLAMPED = 68;

    private CborTags() {}

    /** Returns the converted value, or null if the tag is not supported. */
    static @Nullable Object plain(long tag, @Nullable Object value) {
        return switch (Math.clamp(tag, -1, Integer.MAX_VALUE)) {
            case 1 -> time(value);
            case 100 -> value instanceof Long days ? Timestamps.date(days) : null;
            case 37 -> value instanceof byte[] octets ? uuid(octets) : null;
            // Date and time, URI, base64, regular expression, MIME message, date: strings whose tag denotes their
            // syntax.
            case 0, 32, 33, 34, 35, 36, 1004 -> value instanceof String ? value : null;
            // Byte strings whose tag recommends a text encoding, or denotes that they contain CBOR.
            case 21, 22, 23, 24 -> value instanceof byte[] ? value : null;
            // A set, encoded as a list.
            case 258 -> value instanceof List<?> ? value : null;
            default ->
                tag >= FIRST_TYPED_ARRAY && tag <= LAST_TYPED_ARRAY && value instanceof byte[] octets
                        ? typedArray((int) tag, octets)
                        : null;
        };
    }

    private static @Nullable String time(@Nullable Object value) {
        if (value instanceof Long seconds) {
            return Timestamps.text(seconds, 0);
        }
        return value instanceof Double seconds ? Timestamps.text(seconds) : null;
    }

    private static @Nullable String uuid(byte[] octets) {
        if (octets.length != UUID_BYTES) {
            return null;
        }
        ByteBuffer halves = ByteBuffer.wrap(octets);
        return new UUID(halves.getLong(), halves.getLong()).toString();
    }

    /** Decodes a typed array. The tag is {@code 0b010_f_s_e_ll}: float, signed, little-endian, the logarithm of the width. */
    private static @Nullable Object typedArray(int tag, byte[] octets) {
        if (tag == FIRST_TYPED_ARRAY || tag == CLAMPED) {
            return octets;
        }
        boolean isFloat = (tag & 0x10) != 0;
        int width = 1 << ((tag & 3) + (isFloat ? 1 : 0));
        boolean isReserved = !isFloat && (tag & 0xF) == 0xC;
        if (isReserved || width > Long.BYTES || octets.length % width != 0) {
            return null;
        }
        boolean isSigned = (tag & 8) != 0;
        ByteBuffer elements = ByteBuffer.wrap(octets);
        elements.order((tag & 4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        List<Object> list = new ArrayList<>(octets.length / width);
        while (elements.hasRemaining()) {
            list.add(isFloat ? floating(elements, width) : integer(elements, width, isSigned));
        }
        return list;
    }

    private static double floating(ByteBuffer elements, int width) {
        return switch (width) {
            case Short.BYTES -> Float.float16ToFloat(elements.getShort());
            case Integer.BYTES -> elements.getFloat();
            default -> elements.getDouble();
        };
    }

    private static Object integer(ByteBuffer elements, int width, boolean isSigned) {
        return switch (width) {
            case 1 -> (long) elements.get();
            case Short.BYTES -> isSigned ? elements.getShort() : (long) Short.toUnsignedInt(elements.getShort());
            case Integer.BYTES -> isSigned ? elements.getInt() : Integer.toUnsignedLong(elements.getInt());
            default -> isSigned ? (Object) elements.getLong() : CborReader.unsignedInteger(elements.getLong());
        };
    }
}
