package io.junctor.wamp.codec.cbor;

import io.junctor.wamp.codec.BinaryWireReader;
import io.junctor.wamp.codec.CodecLimits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the heads and tags of CBOR (RFC 8949), including indefinite lengths and wide forms. Confined to one thread.
 */
final class CborReader extends BinaryWireReader {
    private static final int SELF_DESCRIBED = 55799;

    CborReader(byte[] bytes, int from, int to, CodecLimits limits) {
        super(bytes, from, to, limits);
    }

    @Override
    protected void begin() {
        int start = at;
        if (at < end && item() == ItemType.TAG && number == SELF_DESCRIBED) {
            start = at;
        }
        at = start;
        super.begin();
    }

    @Override
    protected ItemType head() {
        int lead = bytes[at++] & 0xFF;
        int argument = lead & 0x1F;
        number = argument;
        if (argument > 27) {
            return openHead(lead);
        }
        if (argument > 23) {
            number = bits(1 << (argument - 24));
        }
        return switch (lead >> 5) {
            case 0 -> number < 0 ? ItemType.UNSIGNED : ItemType.INTEGER;
            case 1 -> negative();
            case 2 -> sized(ItemType.BYTES);
            case 3 -> sized(ItemType.TEXT);
            case 4 -> sized(ItemType.LIST);
            case 5 -> sized(ItemType.DICT);
            case 6 -> ItemType.TAG;
            default -> simple(argument);
        };
    }

    /**
     * Decodes bignums and decimal fractions, ignores the tag of self-described CBOR, and leaves other tags to {@link
     * CborTags}.
     */
    @Override
    protected @Nullable Object tagged(long tag, int depth) {
        Object value = value(depth);
        if (tag == SELF_DESCRIBED) {
            return value;
        }
        if ((tag == 2 || tag == 3) && value instanceof byte[] magnitude) {
            return integer(new BigInteger(1, magnitude), tag == 3);
        }
        if (tag == 4 && value instanceof List<?> parts && parts.size() == 2) {
            return decimal(parts.getFirst(), parts.getLast());
        }
        Object plain = CborTags.plain(tag, value);
        return plain == null ? unsupported("CBOR tag " + Long.toUnsignedString(tag)) : plain;
    }

    @Override
    protected Object opaque(int start) {
        return unsupported("a CBOR simple value");
    }

    /** Returns the value of an unsigned 64-bit number. */
    static Object unsignedInteger(long bits) {
        return bits < 0 ? (Object) unsigned(bits) : (Object) bits;
    }

    private ItemType openHead(int lead) {
        number = INDEFINITE;
        return switch (lead) {
            case 0x5F -> ItemType.BYTES;
            case 0x7F -> ItemType.TEXT;
            case 0x9F -> ItemType.LIST;
            case 0xBF -> ItemType.DICT;
            case 0xFF -> ItemType.BREAK;
            default -> throw violation("a reserved CBOR head", at - 1);
        };
    }

    private ItemType negative() {
        if (number < 0) {
            return ItemType.NEGATIVE;
        }
        number = ~number;
        return ItemType.INTEGER;
    }

    private ItemType sized(ItemType kind) {
        number = number < 0 ? Long.MAX_VALUE : number;
        return kind;
    }

    private ItemType simple(int argument) {
        return switch (argument) {
            case 20, 21 -> kind(ItemType.BOOLEAN, argument - 20);
            case 22, 23 -> ItemType.NULL;
            case 24 -> wideSimple();
            case 25 -> kind(ItemType.FLOAT, bits(Float.float16ToFloat((short) number)));
            case 26 -> kind(ItemType.FLOAT, bits(Float.intBitsToFloat((int) number)));
            case 27 -> ItemType.FLOAT;
            default -> kind(ItemType.OPAQUE, 0);
        };
    }

    private ItemType wideSimple() {
        if (number < 32) {
            throw violation("an invalid CBOR simple value", at - 1);
        }
        return kind(ItemType.OPAQUE, 0);
    }

    private Object integer(BigInteger magnitude, boolean negative) {
        if (magnitude.bitLength() > CodecLimits.NUMBER_BITS) {
            return unsupported("an integer of more than " + CodecLimits.NUMBER_BITS + " bits");
        }
        BigInteger value = negative ? magnitude.not() : magnitude;
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private Object decimal(@Nullable Object exponent, @Nullable Object mantissa) {
        boolean isWhole = mantissa instanceof Long || mantissa instanceof BigInteger;
        if (isWhole && exponent instanceof Long e && Math.clamp(e, -Integer.MAX_VALUE, Integer.MAX_VALUE) == e) {
            return new BigDecimal(new BigInteger(String.valueOf(mantissa)), Math.toIntExact(-e));
        }
        return unsupported("a decimal fraction out of range");
    }

    private static long bits(float value) {
        return Double.doubleToRawLongBits(value);
    }

    private ItemType kind(ItemType kind, long value) {
        number = value;
        return kind;
    }
}
