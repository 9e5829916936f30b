package io.junctor.cluster.protocol;

import io.junctor.wamp.value.Serializer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the body of a message between routers: numbers with the high byte first, texts and bytes behind their length. For one thread. */
public final class BodyWriter {
    private byte[] buffer = new byte[512];
    private int size;

    /** Writes one byte. */
    public BodyWriter octet(int value) {
        reserve(1);
        buffer[size++] = (byte) value;
        return this;
    }

    /** Writes four bytes. */
    public BodyWriter number(int value) {
        reserve(Integer.BYTES);
        for (int shift = 24; shift >= 0; shift -= 8) {
            buffer[size++] = (byte) (value >> shift);
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
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
        return this;
    }

    /** Writes an encoded WAMP message. */
    public BodyWriter message(Serializer serializer, byte[] encoded) {
        return octet(serializer.ordinal()).bytes(encoded);
    }

    /** How many bytes were written. */
    public int size() {
        return size;
    }

    /** Takes back all but the first {@code bytes} bytes. */
    public void cutTo(int bytes) {
        size = Math.min(size, bytes);
    }

    /** What was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }

    private void reserve(int more) {
        if (more > buffer.length - size) {
            int wanted = Math.addExact(size, more);
            buffer = Arrays.copyOf(buffer, (int) Math.max(wanted, Math.min(2L * buffer.length, Integer.MAX_VALUE - 8)));
        }
    }
}
