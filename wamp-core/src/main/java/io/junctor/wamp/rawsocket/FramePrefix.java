package io.junctor.wamp.rawsocket;

import org.jspecify.annotations.Nullable;

/** The four octets before each frame: five bits that are zero or belong to the length, three bits for the type, 24 bits for the length. */
public final class FramePrefix {
    /** The length of a prefix in octets. */
    public static final int BYTES = 4;
    /** The type of a frame that contains a WAMP message. */
    public static final int MESSAGE = 0;

    public static final int PING = 1;
    public static final int PONG = 2;

    /** The maximum length of a message that is sent. The specification also allows one more octet, but many peers do not support that length. */
    public static final int MAX_SENT_BYTES = (1 << 24) - 1;

    private static final int TYPE_SHIFT = 24;
    private static final int LENGTH_BITS = (1 << TYPE_SHIFT) - 1;
    private static final int TYPE_BITS = 7 << TYPE_SHIFT;
    private static final int LONGEST = 1 << 27;
    private static final int RESERVED_BITS = 0xF0000000;

    private FramePrefix() {}

    /** Creates the prefix of a frame, as a number in network byte order. */
    public static int of(int type, int bytes) {
        return bytes > LENGTH_BITS ? LONGEST | type << TYPE_SHIFT : type << TYPE_SHIFT | bytes;
    }

    /** Describes why a prefix is invalid; null if it is valid. */
    public static @Nullable String problem(int prefix) {
        if ((prefix & RESERVED_BITS) != 0) {
            return "a reserved bit of a frame is set";
        }
        if (type(prefix) > PONG) {
            return "frame type " + type(prefix) + " is unknown";
        }
        if ((prefix & LONGEST) != 0 && (prefix & LENGTH_BITS) != 0) {
            return "a frame is longer than 2^24 octets";
        }
        return null;
    }

    /** The type in a prefix. */
    public static int type(int prefix) {
        return (prefix & TYPE_BITS) >> TYPE_SHIFT;
    }

    /** The length of the frame after the prefix. */
    public static int bytes(int prefix) {
        return (prefix & LONGEST) == 0 ? prefix & LENGTH_BITS : 1 << TYPE_SHIFT;
    }
}
