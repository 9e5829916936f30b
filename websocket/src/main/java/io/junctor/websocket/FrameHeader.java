package io.junctor.websocket;

import java.nio.ByteBuffer;

/** Writes the header of a frame: the first byte and the payload length in 1, 3 or 9 bytes (RFC 6455, section 5.2). */
public final class FrameHeader {
    /** The bit of the first byte that marks the last frame of a message. */
    public static final int FIN = 0x80;
    /** The bit of the first byte that marks a compressed message: RSV1 (RFC 7692, section 6). */
    public static final int COMPRESSED = 0x40;
    /** The bits of the first byte that hold the opcode. */
    public static final int OPCODE_BITS = 0x0F;

    /** The bit of the second byte that is set if a masking key follows. */
    static final int MASKED = 0x80;
    /** The bits of the second byte that hold the payload length, or {@link #TWO_BYTES} or {@link #EIGHT_BYTES}. */
    static final int LENGTH_BITS = 0x7F;

    static final int RESERVED_BITS = 0x70;
    static final int MASK_BYTES = 4;
    static final int MAX_CONTROL_PAYLOAD_BYTES = 125;
    /** The value of the length bits if the payload length follows in two bytes. */
    static final int TWO_BYTES = 126;
    /** The value of the length bits if the payload length follows in eight bytes. */
    static final int EIGHT_BYTES = 127;

    private FrameHeader() {}

    /** The length of the header of an unmasked frame. */
    public static int bytes(int payloadBytes) {
        return payloadBytes < TWO_BYTES ? 2 : payloadBytes < 1 << 16 ? 4 : 10;
    }

    /** Writes the header of an unmasked frame. */
    public static void put(ByteBuffer out, int firstByte, int payloadBytes) {
        put(out, firstByte, 0, payloadBytes);
    }

    /**
     * Writes a header without its masking key. A negative length, which is not allowed, is written in eight bytes.
     *
     * @param maskBit {@link #MASKED} or 0
     */
    static void put(ByteBuffer out, int firstByte, int maskBit, long payloadBytes) {
        out.put((byte) firstByte);
        if (payloadBytes >= 0 && payloadBytes < TWO_BYTES) {
            out.put((byte) (maskBit | (int) payloadBytes));
        } else if (payloadBytes >= 0 && payloadBytes < 1 << 16) {
            out.put((byte) (maskBit | TWO_BYTES)).putShort((short) payloadBytes);
        } else {
            out.put((byte) (maskBit | EIGHT_BYTES)).putLong(payloadBytes);
        }
    }

    /** The number of bytes after the second byte that contain the payload length. */
    static int lengthBytes(int lengthBits) {
        return lengthBits < TWO_BYTES ? 0 : lengthBits == TWO_BYTES ? Short.BYTES : Long.BYTES;
    }

    /** The number of bytes after the second byte in which this payload length must be written: the smallest possible number. */
    static int lengthBytes(long payloadBytes) {
        return payloadBytes < TWO_BYTES ? 0 : payloadBytes < 1 << 16 ? Short.BYTES : Long.BYTES;
    }
}
