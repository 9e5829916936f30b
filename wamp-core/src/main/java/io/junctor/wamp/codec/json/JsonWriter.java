package io.junctor.wamp.codec.json;

import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.OutputBuffer;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.codec.WireWriter;
import io.junctor.wamp.value.Serializer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Writes JSON in UTF-8, without white space and with only the required escapes. Confined to one thread. */
final class JsonWriter extends WireWriter {
    private static final byte[] CLOSE = {']'};
    private static final String HEX = "0123456789abcdef";

    JsonWriter(int capacity, CodecLimits limits) {
        super(capacity, limits);
    }

    @Override
    protected Serializer serializer() {
        return Serializer.JSON;
    }

    @Override
    protected void beginList(int size) {
        out.put('[');
    }

    @Override
    protected void endList() {
        out.put(']');
    }

    @Override
    protected void beginDict(int size) {
        out.put('{');
    }

    @Override
    protected void endDict() {
        out.put('}');
    }

    @Override
    protected void separator() {
        out.put(',');
    }

    @Override
    protected byte[] close() {
        return CLOSE;
    }

    @Override
    protected void nil() {
        out.ascii("null");
    }

    @Override
    protected void bool(boolean value) {
        out.ascii(value ? "true" : "false");
    }

    @Override
    protected void integer(long value) {
        out.decimal(value);
    }

    @Override
    protected void bigInteger(BigInteger value) throws UnrepresentableException {
        if (value.bitLength() > CodecLimits.NUMBER_BITS) {
            throw new UnrepresentableException(
                    "an integer of more than " + CodecLimits.NUMBER_BITS + " bits cannot be expressed in JSON");
        }
        out.ascii(value.toString());
    }

    @Override
    protected void floating(double value) throws UnrepresentableException {
        if (!Double.isFinite(value)) {
            throw new UnrepresentableException("NaN and Infinity cannot be expressed in JSON");
        }
        out.ascii(Double.toString(value));
    }

    @Override
    protected void decimal(BigDecimal value) throws UnrepresentableException {
        if (value.unscaledValue().bitLength() > CodecLimits.NUMBER_BITS) {
            throw new UnrepresentableException(
                    "a decimal fraction of more than " + CodecLimits.NUMBER_BITS + " bits cannot be expressed in JSON");
        }
        out.ascii(value.toString());
    }

    @Override
    protected void text(String value) throws UnrepresentableException {
        // The receiver would decode a string that begins with U+0000 as binary data.
        if (!value.isEmpty() && value.charAt(0) == 0) {
            throw new UnrepresentableException("a string that starts with U+0000 cannot be expressed in JSON");
        }
        quoted(value);
    }

    @Override
    protected void octets(byte[] value) {
        out.ascii("\"\\u0000");
        out.put(Base64.getEncoder().encode(value));
        out.put('"');
    }

    @Override
    protected void key(@Nullable Object key) throws UnrepresentableException {
        boolean scalar = key == null || key instanceof String || key instanceof Number || key instanceof Boolean;
        if (!scalar) {
            throw new UnrepresentableException(
                    "a dictionary key that is not a string, number, boolean or null cannot be expressed in JSON");
        }
        quoted(String.valueOf(key));
        out.put(':');
    }

    private void quoted(String text) throws UnrepresentableException {
        out.put('"');
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
                continue;
            }
            out.ascii(text, run, i);
            if (c < 0x80) {
                escaped(c);
            } else if (Character.isSurrogate(c)) {
                OutputBuffer.requirePair(text, i);
                out.codePoint(text.codePointAt(i++));
            } else {
                out.codePoint(c);
            }
            run = i + 1;
        }
        out.ascii(text, run, text.length());
        out.put('"');
    }

    private void escaped(char c) {
        switch (c) {
            case '"' -> out.ascii("\\\"");
            case '\\' -> out.ascii("\\\\");
            case '\b' -> out.ascii("\\b");
            case '\f' -> out.ascii("\\f");
            case '\n' -> out.ascii("\\n");
            case '\r' -> out.ascii("\\r");
            case '\t' -> out.ascii("\\t");
            default -> {
                out.ascii("\\u00");
                out.put(HEX.charAt(c >> 4));
                out.put(HEX.charAt(c & 0xF));
            }
        }
    }
}
