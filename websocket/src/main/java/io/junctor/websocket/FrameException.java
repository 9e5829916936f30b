package io.junctor.websocket;

/** Immutable. The peer sent what ends a WebSocket: the close code and a reason that is safe to send (RFC 6455, section 7.4.1). */
public final class FrameException extends Exception {
    private static final long serialVersionUID = 1;

    private final int closeCode;
    private final String reason;

    private FrameException(int closeCode, String reason) {
        // No stack trace: whoever sends garbage would make us pay for it.
        super(reason, null, false, false);
        this.closeCode = closeCode;
        this.reason = reason;
    }

    static FrameException violation(String reason) {
        return new FrameException(CloseCode.VIOLATION, reason);
    }

    static FrameException tooBig(long bytes, int limitBytes) {
        return new FrameException(
                CloseCode.TOO_BIG,
                "message of " + bytes + " bytes or more is over the limit of " + limitBytes + " bytes");
    }

    public int closeCode() {
        return closeCode;
    }

    public String reason() {
        return reason;
    }
}
