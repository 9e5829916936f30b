package io.junctor.wamp.value;

import java.util.Arrays;
import java.util.Objects;

/**
 * Immutable, as long as nobody writes to the bytes it refers to. The Arguments and ArgumentsKw of a message as the
 * sender's own bytes, checked for form but not decoded (section "Messages", payload at the tail).
 *
 * <p>The slice holds the elements exactly as they stand in a message: the list of Arguments, then, if {@link ArgumentKinds#KEYWORDS},
 * the serialization's separator (JSON: a comma) and the dict of ArgumentsKw.
 */
public final class Payload {
    /** Which of the two elements are there. */
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

    /** Smaller arrays are never copied: that would cost more than they keep alive. */
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

    /** A payload that refers to {@code length} bytes from {@code offset}; the bytes must not change any more. */
    public static Payload of(Serializer serializer, ArgumentKinds argumentKinds, byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        return argumentKinds == ArgumentKinds.ABSENT ? NONE : new Payload(serializer, argumentKinds, bytes, offset, length);
    }

    /** The serialization of the bytes; without meaning for {@link #NONE}. */
    public Serializer serializer() {
        return serializer;
    }

    /** Which elements the bytes hold. */
    public ArgumentKinds argumentKinds() {
        return argumentKinds;
    }

    /** The array the slice is part of; not to be written to. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the slice starts. */
    public int offset() {
        return offset;
    }

    /** The length of the slice in bytes. */
    public int length() {
        return length;
    }

    /** The bytes that this payload keeps alive: the whole array that its slice is part of. */
    public int heldBytes() {
        return bytes.length;
    }

    /** This payload, in an array of its own where it is less than half of a large one: what is kept then keeps no more alive than twice its bytes. */
    public Payload compact() {
        if (bytes.length <= LARGE_BYTES || length >= bytes.length / 2) {
            return this;
        }
        return new Payload(serializer, argumentKinds, Arrays.copyOfRange(bytes, offset, offset + length), 0, length);
    }

    /** Whether there are no arguments at all. */
    public boolean isAbsent() {
        return argumentKinds == ArgumentKinds.ABSENT;
    }

    /** Whether these bytes can stand in a message of {@code target} as they are. */
    public boolean fits(Serializer target) {
        return argumentKinds == ArgumentKinds.ABSENT || serializer == target;
    }

    /** Names size and form only: payloads never reach a log. */
    @Override
    public String toString() {
        return argumentKinds == ArgumentKinds.ABSENT ? "no payload" : length + " bytes of " + serializer + " " + argumentKinds;
    }
}
