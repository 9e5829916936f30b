package io.junctor.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Builds the control frames that a server sends: ping, pong and close (RFC 6455, section 5.5). */
public final class ControlFrame {
    private static final int MAX_REASON_BYTES = FrameHeader.MAX_CONTROL_PAYLOAD_BYTES - 2;
    private static final byte[] EMPTY = {};

    private ControlFrame() {}

    public static byte[] ping() {
        return frame(Opcode.PING, EMPTY);
    }

    /** The answer to a ping, with the payload of the ping. */
    public static byte[] pong(byte[] payload) {
        return frame(Opcode.PONG, payload);
    }

    /** A close frame; it carries neither code nor reason if the code is {@link CloseCode#NO_STATUS_RECEIVED}. */
    public static byte[] close(int code, String reason) {
        return frame(Opcode.CLOSE, closePayload(code, reason));
    }

    /** The payload of a close frame; the reason is cut after 123 bytes. */
    public static byte[] closePayload(int code, String reason) {
        if (code == CloseCode.NO_STATUS_RECEIVED) {
            return EMPTY;
        }
        byte[] text = reason.getBytes(StandardCharsets.US_ASCII);
        int textBytes = Math.min(text.length, MAX_REASON_BYTES);
        return ByteBuffer.allocate(2 + textBytes)
                .putShort((short) code)
                .put(text, 0, textBytes)
                .array();
    }

    private static byte[] frame(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(FrameHeader.bytes(payload.length) + payload.length);
        FrameHeader.put(frame, FrameHeader.FIN | opcode, payload.length);
        return frame.put(payload).array();
    }
}
