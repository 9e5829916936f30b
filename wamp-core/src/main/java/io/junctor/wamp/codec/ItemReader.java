package io.junctor.wamp.codec;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the items of a binary serialization. Every item starts with a head, which contains its type and size. Confined to one thread. */
public abstract class ItemReader extends WireReader {
    /** The size of an item of indefinite length, which ends with a {@link ItemType#BREAK}. */
    protected static final long INDEFINITE = -1;

    private static final int BREAK = 0xFF;

    /** The type of an item. The description of each type is the meaning of {@link ItemReader#number}. */
    protected enum ItemType {
        /** The value. */
        INTEGER,
        /** The bits of the value, as an unsigned number. */
        UNSIGNED,
        /** The bits of -1 minus the value, as an unsigned number. */
        NEGATIVE,
        /** The bits of the double. */
        FLOAT,
        /** The length in bytes. */
        TEXT,
        /** The length in bytes. */
        BYTES,
        /** The number of elements. */
        LIST,
        /** The number of entries. */
        DICT,
        /** Nothing. */
        NULL,
        /** Zero or one. */
        BOOLEAN,
        /** The tag; an item follows. */
        TAG,
        /** The length in bytes of a value that other serializations cannot express. */
        OPAQUE,
        /** No meaning. The end of an indefinite-length item. */
        BREAK
    }

    /** The number in the last head, see {@link ItemType}. */
    protected long number;

    /** Creates a reader of the bytes {@code from..to}. */
    protected ItemReader(byte[] bytes, int from, int to, CodecLimits limits) {
        super(bytes, from, to, limits);
    }

    /** Reads a head and sets {@link #number}. At least one byte remains. */
    protected abstract ItemType head();

    /** Reads {@code width} bytes as a number in big-endian order. */
    protected final long bits(int width) {
        if (end - at < width) {
            throw violation("the message ends early", end);
        }
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = (value << 8) | (bytes[at++] & 0xFF);
        }
        return value;
    }

    /** Reads a head and checks that the rest of the message can contain the announced size. */
    protected final ItemType item() {
        if (at >= end) {
            throw violation("the message ends early", end);
        }
        int start = at;
        ItemType kind = head();
        switch (kind) {
            case TEXT, BYTES, LIST, OPAQUE -> checkAnnounced(number, end - at, start);
            case DICT -> checkAnnounced(number, (end - at) / 2, start);
            case INTEGER, UNSIGNED, NEGATIVE, FLOAT, NULL, BOOLEAN, TAG, BREAK -> {}
        }
        return kind;
    }

    /** Returns the value of an item of type {@link ItemType#UNSIGNED}. */
    protected static BigInteger unsigned(long bits) {
        return new BigInteger(Long.toUnsignedString(bits));
    }

    /** Reads the bytes of an item of type {@link ItemType#BYTES}. */
    protected final byte[] octets(long length) {
        int start = at;
        skipBytes(length);
        return length == INDEFINITE ? joined(start) : Arrays.copyOfRange(bytes, start, at);
    }

    private void checkAnnounced(long announced, int possible, int start) {
        if (announced > possible) {
            throw violation("a size greater than the rest of the message", start);
        }
    }

    /** True if item {@code index} of {@code size} follows. Skips the break of an indefinite-length item. */
    final boolean more(long index, long size) {
        if (size != INDEFINITE) {
            return index < size;
        }
        if (at >= end) {
            throw violation("the message ends early", end);
        }
        boolean more = (bytes[at] & 0xFF) != BREAK;
        at += more ? 0 : 1;
        return more;
    }

    /** Reads the string whose head announced {@code length}. */
    final String string(long length) {
        int start = at;
        skipText(length);
        return length == INDEFINITE
                ? new String(joined(start), StandardCharsets.UTF_8)
                : new String(bytes, start, at - start, StandardCharsets.UTF_8);
    }

    /** Skips the string whose head announced {@code length} and checks its UTF-8. */
    final void skipText(long length) {
        if (length == INDEFINITE) {
            skipChunks(ItemType.TEXT);
            return;
        }
        int invalid = Utf8.firstInvalid(bytes, at, at + (int) length);
        if (invalid >= 0) {
            reportInvalidValue("invalid UTF-8", invalid);
        }
        at += (int) length;
    }

    /** Skips the bytes whose head announced {@code length}. */
    final void skipBytes(long length) {
        if (length == INDEFINITE) {
            skipChunks(ItemType.BYTES);
        } else {
            at += (int) length;
        }
    }

    private void skipChunks(ItemType kind) {
        while (more(0, INDEFINITE)) {
            int start = at;
            if (item() != kind || number == INDEFINITE) {
                throw violation("a chunk of another type in a string", start);
            }
            if (kind == ItemType.TEXT) {
                skipText(number);
            } else {
                skipBytes(number);
            }
        }
    }

    /** Joins the chunks from {@code start} to the present position, which were already validated. */
    private byte[] joined(int start) {
        int stop = at;
        byte[] result = new byte[stop - start];
        int length = 0;
        at = start;
        while (more(0, INDEFINITE)) {
            item();
            System.arraycopy(bytes, at, result, length, (int) number);
            length += (int) number;
            at += (int) number;
        }
        return Arrays.copyOf(result, length);
    }
}
