package io.junctor.wamp.value;

import java.util.Arrays;
import java.util.Objects;

/**
 * The Arguments and ArgumentsKw of a message as the sender's bytes, validated but not decoded (section "Messages"). Immutable if the bytes
 * it refers to are not modified.
 *
 * <p>The slice contains the elements exactly as in the message: the list of Arguments, then, if {@link
 * ArgumentKinds#KEYWORDS}, the serialization's separator (JSON: a comma) and the dict of ArgumentsKw.
 */
public final class Payload {
    /** States which of Arguments and ArgumentsKw are present. */
    public enum ArgumentKinds {
        /** Neither. */
        ABSENT,
        /** Arguments only. */
        POSITIONAL,
        /** Arguments, possibly an empty list, and ArgumentsKw. */
        KEYWORDS
    }

    /** No arguments at all; the same in every serialization. */
    public static final Payload NONE = new Payload(Serializer.JSON, ArgumentKinds.ABSENT, new byte[0], 0, 0);

    /** The array length below which {@link #compact} never copies, because the copy would cost more than the freed memory is worth. */
    private static final int LARGE_BYTES = 1 << 12;

    private final Serializer serializer;
    private final ArgumentKinds argumentKinds;
    private final byte[] bytes;
    private final int offset;
    private final int length;

    private Payload(Serializer serializer, ArgumentKinds argumentKinds, byte[] bytes, int offset, int length) {
        this.serializer = serializer;
        this.argumentKinds = argumentKinds;
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    /**
     * Creates a payload that refers to {@code length} bytes from {@code offset}. The bytes must not be modified
     * afterwards.
     */
    public static Payload of(Serializer serializer, ArgumentKinds argumentKinds, byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        return argumentKinds == ArgumentKinds.ABSENT
                ? NONE
                : new Payload(serializer, argumentKinds, bytes, offset, length);
    }

    /** The serialization of the bytes; meaningless for {@link #NONE}. */
    public Serializer serializer() {
        return serializer;
    }

    /** States which of Arguments and ArgumentsKw are present. */
    public ArgumentKinds argumentKinds() {
        return argumentKinds;
    }

    /** The array that contains the slice. It must not be modified. */
    public byte[] bytes() {
        return bytes;
    }

    /** The index of the slice's first byte. */
    public int offset() {
        return offset;
    }

    /** The length of the slice in bytes. */
    public int length() {
        return length;
    }

    /** The bytes of memory that this payload retains: the length of the whole array. */
    public int heldBytes() {
        return bytes.length;
    }

    /**
     * Returns this payload, or a copy in its own array if this payload uses less than half of a large array. A stored payload then retains
     * at most twice its length.
     */
    public Payload compact() {
        if (bytes.length <= LARGE_BYTES || length >= bytes.length / 2) {
            return this;
        }
        return new Payload(serializer, argumentKinds, Arrays.copyOfRange(bytes, offset, offset + length), 0, length);
    }

    /** True if the message has neither Arguments nor ArgumentsKw. */
    public boolean isAbsent() {
        return argumentKinds == ArgumentKinds.ABSENT;
    }

    /** True if these bytes can be copied into a message of {@code target} unchanged. */
    public boolean fits(Serializer target) {
        return argumentKinds == ArgumentKinds.ABSENT || serializer == target;
    }

    /** Shows the size and serialization only, because a payload must never appear in a log. */
    @Override
    public String toString() {
        return argumentKinds == ArgumentKinds.ABSENT
                ? "no payload"
                : length + " bytes of " + serializer + " " + argumentKinds;
    }
}
