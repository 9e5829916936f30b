package io.junctor.websocket;

import java.nio.ByteBuffer;

/** Builds masked frames, as a client sends them (RFC 6455, section 5.3). Thread-safe, because each call uses its caller's arrays only. */
public final class MaskedFrame {
    /** The maximum length of the header of a masked frame. */
    public static final int MAX_HEADER_BYTES = 14;

    private static final int KEY = 0x12A5_FF07;

    private MaskedFrame() {}

    /**
     * A frame with a fixed masking key, for clients in tests.
     *
     * @param firstByte the bits FIN, RSV1 to RSV3 and the opcode
     */
    public static byte[] of(int firstByte, byte[] payload) {
        return of(firstByte, payload.length, payload);
    }

    /** A frame whose header announces {@code announcedBytes}, regardless of the length of {@code payload}. */
    public static byte[] of(int firstByte, long announcedBytes, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(MAX_HEADER_BYTES + payload.length);
        put(frame, firstByte, announcedBytes, payload, KEY);
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }

    /** Appends a frame to a buffer that has an array and room for the longest header and the payload. */
    public static void put(ByteBuffer out, int firstByte, byte[] payload, int key) {
        put(out, firstByte, payload.length, payload, key);
    }

    private static void put(ByteBuffer out, int firstByte, long announcedBytes, byte[] payload, int key) {
        FrameHeader.put(out, firstByte, FrameHeader.MASKED, announcedBytes);
        out.putInt(key);
        int from = out.arrayOffset() + out.position();
        out.put(payload);
        Mask.apply(out.array(), from, payload.length, key);
    }
}
