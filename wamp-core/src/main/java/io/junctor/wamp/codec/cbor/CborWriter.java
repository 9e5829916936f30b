package io.junctor.wamp.codec.cbor;

import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.OutputBuffer;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.codec.WireWriter;
import io.junctor.wamp.value.Serializer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/** Writes CBOR (RFC 8949) with definite lengths, each value in its shortest form. Confined to one thread. */
final class CborWriter extends WireWriter {
    private static final int POSITIVE_BIGNUM = 2;
    private static final int NEGATIVE_BIGNUM = 3;
    private static final int DECIMAL_FRACTION = 4;

    CborWriter(int capacity, CodecLimits limits) {
        super(capacity, limits);
    }

    @Override
    protected Serializer serializer() {
        return Serializer.CBOR;
    }

    @Override
    protected void beginList(int size) {
        head(4, size);
    }

    @Override
    protected void beginDict(int size) {
        head(5, size);
    }

    @Override
    protected void nil() {
        out.put(0xF6);
    }

    @Override
    protected void bool(boolean value) {
        out.put(value ? 0xF5 : 0xF4);
    }

    @Override
    protected void integer(long value) {
        if (value >= 0) {
            head(0, value);
        } else {
            head(1, ~value);
        }
    }

    @Override
    protected void bigInteger(BigInteger value) {
        boolean negative = value.signum() < 0;
        BigInteger magnitude = negative ? value.not() : value;
        if (magnitude.bitLength() <= Long.SIZE) {
            head(negative ? 1 : 0, magnitude.longValue());
            return;
        }
        head(6, negative ? NEGATIVE_BIGNUM : POSITIVE_BIGNUM);
        byte[] octets = magnitude.toByteArray();
        octets(octets[0] == 0 ? Arrays.copyOfRange(octets, 1, octets.length) : octets);
    }

    @Override
    protected void floating(double value) {
        float single = (float) value;
        if (single != value && !Double.isNaN(value)) {
            wide(0xFB, Double.doubleToRawLongBits(value), 8);
            return;
        }
        short half = Float.floatToFloat16(single);
        if (Float.float16ToFloat(half) == single || Double.isNaN(value)) {
            wide(0xF9, half, 2);
        } else {
            wide(0xFA, Float.floatToRawIntBits(single), 4);
        }
    }

    @Override
    protected void decimal(BigDecimal value) {
        head(6, DECIMAL_FRACTION);
        head(4, 2);
        integer(-(long) value.scale());
        BigInteger mantissa = value.unscaledValue();
        if (mantissa.bitLength() < Long.SIZE) {
            integer(mantissa.longValue());
        } else {
            bigInteger(mantissa);
        }
    }

    @Override
    protected void text(String value) throws UnrepresentableException {
        int length = OutputBuffer.utf8Length(value);
        head(3, length);
        out.utf8(value, length);
    }

    @Override
    protected void octets(byte[] value) {
        head(2, value.length);
        out.put(value);
    }

    /** Writes a head with an unsigned 64-bit argument. */
    private void head(int major, long argument) {
        int lead = major << 5;
        if (argument < 0 || argument >= 0x1_0000_0000L) {
            wide(lead | 27, argument, 8);
        } else if (argument < 24) {
            out.put(lead | (int) argument);
        } else if (argument < 0x100) {
            wide(lead | 24, argument, 1);
        } else if (argument < 0x1_0000) {
            wide(lead | 25, argument, 2);
        } else {
            wide(lead | 26, argument, 4);
        }
    }

    private void wide(int lead, long value, int width) {
        out.put(lead);
        out.put(value, width);
    }
}
