package io.junctor.websocket;

/** Names the opcodes of frames (RFC 6455, section 5.2). */
public final class Opcode {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;

    /** The opcode of close frames, the lowest opcode of control frames. Control frames may be sent between the frames of a message. */
    public static final int CLOSE = 8;

    public static final int PING = 9;
    public static final int PONG = 10;

    private Opcode() {}

    /**
     * The opcode of the frames that carry messages: text frames for JSON, binary frames for the other serializations.
     */
    public static int ofMessages(boolean text) {
        return text ? TEXT : BINARY;
    }
}
