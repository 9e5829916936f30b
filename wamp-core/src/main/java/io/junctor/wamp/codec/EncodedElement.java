package io.junctor.wamp.codec;

import io.junctor.wamp.value.Serializer;

/**
 * An encoded element of one message, which can be put as a value into another message of the same serialization.
 * Immutable if the bytes it refers to are not modified.
 */
public final class EncodedElement {
    private final Serializer serializer;
    private final byte[] bytes;
    private final int from;
    private final int length;

    EncodedElement(Serializer serializer, byte[] bytes, int from, int to) {
        this.serializer = serializer;
        this.bytes = bytes;
        this.from = from;
        this.length = to - from;
    }

    /** The length in bytes. */
    public int length() {
        return length;
    }

    /** The serialization of its bytes. */
    Serializer serializer() {
        return serializer;
    }

    /** Writes the bytes to {@code out}. */
    void writeTo(OutputBuffer out) {
        out.put(bytes, from, length);
    }
}
