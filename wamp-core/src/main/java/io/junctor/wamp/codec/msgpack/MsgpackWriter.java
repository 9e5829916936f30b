package io.junctor.wamp.codec.msgpack;

import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.OutputBuffer;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.codec.WireWriter;
import io.junctor.wamp.value.Serializer;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Writes MessagePack with the types of version 5, each value in its shortest form. Confined to one thread. */
final class MsgpackWriter extends WireWriter {
    MsgpackWriter(int capacity, CodecLimits limits) {
        super(capacity, limits);
    }

    @Override
    protected Serializer serializer() {
        return Serializer.MSGPACK;
    }

    @Override
    protected void beginList(int size) {
        sized(size, 0x90, 0xDC);
    }

    @Override
    protected void beginDict(int size) {
        sized(size, 0x80, 0xDE);
    }

    @Override
    protected void nil() {
        out.put(0xC0);
    }

    @Override
    protected void bool(boolean value) {
        out.put(value ? 0xC3 : 0xC2);
    }

    @Override
    protected void integer(long value) {
        if (value >= 0) {
            positive(value);
        } else if (value >= -32) {
            out.put((int) value);
        } else if (value >= Byte.MIN_VALUE) {
            wide(0xD0, value, 1);
        } else if (value >= Short.MIN_VALUE) {
            wide(0xD1, value, 2);
        } else if (value >= Integer.MIN_VALUE) {
            wide(0xD2, value, 4);
        } else {
            wide(0xD3, value, 8);
        }
    }

    @Override
    protected void bigInteger(BigInteger value) throws UnrepresentableException {
        if (value.signum() < 0 || value.bitLength() > Long.SIZE) {
            throw new UnrepresentableException("an integer of more than 64 bits cannot be expressed in MessagePack");
        }
        wide(0xCF, value.longValue(), 8);
    }

    @Override
    protected void floating(double value) {
        wide(0xCB, Double.doubleToRawLongBits(value), 8);
    }

    /**
     * Writes a 64-bit float, because MessagePack has no decimals. Refuses a decimal that such a float cannot hold,
     * instead of rounding it.
     */
    @Override
    protected void decimal(BigDecimal value) throws UnrepresentableException {
        double nearest = value.doubleValue();
        boolean isExact = Double.isFinite(nearest) && new BigDecimal(Double.toString(nearest)).compareTo(value) == 0;
        if (!isExact) {
            throw new UnrepresentableException(
                    "a decimal fraction with more digits than a 64-bit float holds cannot be expressed"
                            + " in MessagePack; send it as a string");
        }
        floating(nearest);
    }

    @Override
    protected void text(String value) throws UnrepresentableException {
        int length = OutputBuffer.utf8Length(value);
        if (length < 32) {
            out.put(0xA0 | length);
        } else if (length < 0x100) {
            wide(0xD9, length, 1);
        } else if (length < 0x1_0000) {
            wide(0xDA, length, 2);
        } else {
            wide(0xDB, length, 4);
        }
        out.utf8(value, length);
    }

    @Override
    protected void octets(byte[] value) {
        if (value.length < 0x100) {
            wide(0xC4, value.length, 1);
        } else if (value.length < 0x1_0000) {
            wide(0xC5, value.length, 2);
        } else {
            wide(0xC6, value.length, 4);
        }
        out.put(value);
    }

    private void positive(long value) {
        if (value < 0x80) {
            out.put((int) value);
        } else if (value < 0x100) {
            wide(0xCC, value, 1);
        } else if (value < 0x1_0000) {
            wide(0xCD, value, 2);
        } else if (value < 0x1_0000_0000L) {
            wide(0xCE, value, 4);
        } else {
            wide(0xCF, value, 8);
        }
    }

    private void sized(int size, int tiny, int small) {
        if (size < 16) {
            out.put(tiny | size);
        } else if (size < 0x1_0000) {
            wide(small, size, 2);
        } else {
            wide(small + 1, size, 4);
        }
    }

    private void wide(int head, long value, int width) {
        out.put(head);
        out.put(value, width);
    }
}
