package io.junctor.websocket;

import java.nio.ByteBuffer;

/** Builds frames as a client sends them: masked (RFC 6455, section 5.3). Each method works on its own arrays, so it is thread-safe. */
public final class MaskedFrame {
    private static final byte[] MASK = {0x12, (byte) 0xA5, (byte) 0xFF, 0x07};
    private static final int MAX_HEADER_BYTES = 14;

    private MaskedFrame() {}

    /**
     * A frame with a fixed masking key, for clients of tests and of load generators: the key protects nothing there.
     *
     * @param firstByte the bits FIN, RSV1 to RSV3 and the opcode
     */
    public static byte[] of(int firstByte, byte[] payload) {
        byte[] header = header(firstByte, payload.length);
        byte[] frame = new byte[header.length + payload.length];
        System.arraycopy(header, 0, frame, 0, header.length);
        for (int i = 0; i < payload.length; i++) {
            frame[header.length + i] = (byte) (payload[i] ^ MASK[i & 3]);
        }
        return frame;
    }

    /**
     * The header of a masked frame, the masking key included. {@code length} is written as it is given, so that tests can announce lengths
     * that no payload has; negative ones and those over 65,535 take eight bytes.
     */
    public static byte[] header(int firstByte, long length) {
        ByteBuffer header = ByteBuffer.allocate(MAX_HEADER_BYTES).put((byte) firstByte);
        if (length >= 0 && length < 126) {
            header.put((byte) (0x80 | length));
        } else if (length >= 0 && length < 65_536) {
            header.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            header.put((byte) (0x80 | 127)).putLong(length);
        }
        header.put(MASK);
        byte[] bytes = new byte[header.position()];
        header.flip().get(bytes);
        return bytes;
    }
}
