package io.junctor.websocket;

import org.jspecify.annotations.Nullable;

/** Reports that the peer sent a frame for which the WebSocket must be closed. Contains the close code and a reason that may be sent to the peer. */
public final class FrameException extends Exception {
    private static final long serialVersionUID = 1;

    private final int closeCode;
    private final String reason;

    private FrameException(int closeCode, String reason) {
        // Without a stack trace: filling it would cost more than the bytes that the peer sent.
        super(reason, null, false, false);
        this.closeCode = closeCode;
        this.reason = reason;
    }

    static FrameException violation(String reason) {
        return new FrameException(CloseCode.PROTOCOL_ERROR, reason);
    }

    /** Reports invalid UTF-8; {@code text} names the invalid text. */
    static FrameException notUtf8(String text) {
        return new FrameException(CloseCode.INVALID_PAYLOAD, text + " is not UTF-8");
    }

    static FrameException notCompressed(@Nullable String fault) {
        return new FrameException(
                CloseCode.INVALID_PAYLOAD, "a message cannot be decompressed (permessage-deflate): " + fault);
    }

    static FrameException tooBig(long bytes, int limitBytes) {
        return new FrameException(
                CloseCode.MESSAGE_TOO_BIG,
                "message of " + bytes + " bytes or more is over the limit of " + limitBytes + " bytes");
    }

    public int closeCode() {
        return closeCode;
    }

    public String reason() {
        return reason;
    }
}
