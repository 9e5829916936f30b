package io.junctor.websocket;

/** Immutable. Close codes of RFC 6455, section 7.4. */
public final class CloseCode {
    static final int NORMAL = 1000;
    public static final int VIOLATION = 1002;
    public static final int NONE_GIVEN = 1005;
    static final int TOO_BIG = 1009;
    static final int INTERNAL = 1011;

    private CloseCode() {}

    /** Whether a peer may send this code. */
    public static boolean isSendable(int code) {
        if (code < 3000) {
            return code >= NORMAL && code <= 1014 && code != 1004 && code != NONE_GIVEN && code != 1006;
        }
        return code <= 4999;
    }
}
