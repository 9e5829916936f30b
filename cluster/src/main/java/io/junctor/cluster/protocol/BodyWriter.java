package io.junctor.cluster.protocol;

import io.junctor.wamp.value.Serializer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the body of a message between routers: numbers with the high byte first, texts and bytes behind their length. For one thread. */
public final class BodyWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    /** Writes one byte. */
    public BodyWriter octet(int value) {
        out.write(value);
        return this;
    }

    /** Writes four bytes. */
    public BodyWriter number(int value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(value >> shift);
        }
        return this;
    }

    /** Writes eight bytes. */
    public BodyWriter id(long value) {
        return number((int) (value >>> 32)).number((int) value);
    }

    /** Writes a text. */
    public BodyWriter text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes. */
    public BodyWriter bytes(byte[] bytes) {
        number(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    /** Writes an encoded WAMP message. */
    public BodyWriter message(Serializer serializer, byte[] encoded) {
        return octet(serializer.ordinal()).bytes(encoded);
    }

    /** Writes what {@code other} has written. */
    public BodyWriter append(BodyWriter other) {
        out.writeBytes(other.toBytes());
        return this;
    }

    /** How many bytes were written. */
    public int size() {
        return out.size();
    }

    /** What was written. */
    public byte[] toBytes() {
        return out.toByteArray();
    }
}
