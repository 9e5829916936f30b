package io.junctor.cluster.protocol;

import io.junctor.wamp.value.Payload;
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
        return bytes(bytes, 0, bytes.length);
    }

    private BodyWriter bytes(byte[] bytes, int from, int length) {
        number(length);
        reserve(length);
        System.arraycopy(bytes, from, buffer, size, length);
        size += length;
        return this;
    }

    /** Writes an encoded WAMP message. */
    public BodyWriter message(Serializer serializer, byte[] encoded) {
        return octet(serializer.ordinal()).bytes(encoded);
    }

    /** Writes arguments, as the client encoded them. */
    public BodyWriter payload(Payload payload) {
        octet(payload.argumentKinds().ordinal());
        return payload.isAbsent()
                ? this
                : octet(payload.serializer().ordinal()).bytes(payload.bytes(), payload.offset(), payload.length());
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
