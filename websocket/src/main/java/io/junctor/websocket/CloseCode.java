package io.junctor.websocket;

import java.nio.ByteBuffer;

/** Names the close codes (RFC 6455, section 7.4) and reads them. */
public final class CloseCode {
    public static final int NORMAL = 1000;
    public static final int PROTOCOL_ERROR = 1002;
    /** Stands for a close frame without a code; never sent in a frame. */
    public static final int NO_STATUS_RECEIVED = 1005;
    /** Stands for a connection that ended without a close frame; never sent in a frame. */
    public static final int ABNORMAL_CLOSURE = 1006;

    static final int INVALID_PAYLOAD = 1007;
    static final int MESSAGE_TOO_BIG = 1009;

    private CloseCode() {}

    /** Whether a peer may send this code. */
    public static boolean isSendable(int code) {
        if (code < 3000) {
            return code >= NORMAL
                    && code <= 1014
                    && code != 1004
                    && code != NO_STATUS_RECEIVED
                    && code != ABNORMAL_CLOSURE;
        }
        return code <= 4999;
    }

    /** The code in the payload of a close frame, {@link #NO_STATUS_RECEIVED} if the payload has no code. */
    public static int of(byte[] closePayload) {
        return closePayload.length < 2
                ? NO_STATUS_RECEIVED
                : ByteBuffer.wrap(closePayload).getShort() & 0xFFFF;
    }
}
