package io.junctor.router.config;

/** What clients get when the router shuts down. */
public enum ShutdownNotice {
    /** Nothing: their connections close with WebSocket code 1001, which all known clients take as a reason to come back. */
    CLOSE,
    /** {@code GOODBYE} or {@code ABORT} with {@code wamp.close.system_shutdown}, which some clients take as final. */
    GOODBYE
}
