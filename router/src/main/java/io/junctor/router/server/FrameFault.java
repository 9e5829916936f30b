package io.junctor.router.server;

/** Immutable. The peer sent what ends a WebSocket: the close code and a reason that is safe to send (RFC 6455, section 7.4.1). */
final class FrameFault extends Exception {
    private static final long serialVersionUID = 1;

    private final int closeCode;
    private final String reason;

    private FrameFault(int closeCode, String reason) {
        // No stack trace: whoever sends garbage would make us pay for it.
        super(reason, null, false, false);
        this.closeCode = closeCode;
        this.reason = reason;
    }

    static FrameFault violation(String reason) {
        return new FrameFault(CloseCode.VIOLATION, reason);
    }

    static FrameFault tooBig(long bytes, int limitBytes) {
        return new FrameFault(
                CloseCode.TOO_BIG,
                "message of " + bytes + " bytes or more is over the limit of " + limitBytes + " bytes");
    }

    int closeCode() {
        return closeCode;
    }

    String reason() {
        return reason;
    }
}
