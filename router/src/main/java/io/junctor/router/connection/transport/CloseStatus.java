package io.junctor.router.connection.transport;

/** The reasons why the router closes a transport, each with the close code of a WebSocket (RFC 6455, section 7.4.1). */
public enum CloseStatus {
    /** After {@code GOODBYE}, or an {@code ABORT} that refuses a session. */
    NORMAL(1000),
    /** The router shuts down. */
    SHUTDOWN(1001),
    /** The peer broke the protocol. */
    VIOLATION(1002),
    /** The peer sent text that is not UTF-8. */
    INVALID_TEXT(1007),
    /** A limit or policy of the router ends the session. */
    POLICY(1008),
    /** The client sent a message that is larger than the limit. */
    TOO_BIG(1009),
    /** The router failed. */
    INTERNAL(1011);

    private final int webSocketCode;

    CloseStatus(int webSocketCode) {
        this.webSocketCode = webSocketCode;
    }

    /** The close code of a WebSocket. */
    public int webSocketCode() {
        return webSocketCode;
    }
}
