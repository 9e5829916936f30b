package io.junctor.router.config;

/** The message that clients get when the router shuts down. */
public enum ShutdownNotice {
    /** No WAMP message: the connections close with WebSocket code 1001, after which all known clients reconnect. */
    CLOSE,
    /** {@code GOODBYE} or {@code ABORT} with {@code wamp.close.system_shutdown}, after which some clients do not reconnect. */
    GOODBYE
}
