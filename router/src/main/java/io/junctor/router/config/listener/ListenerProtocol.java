package io.junctor.router.config.listener;

/** A protocol that a listener supports. A listener distinguishes the protocols by the first bytes of a connection. */
public enum ListenerProtocol {
    /** HTTP/1.1 and HTTP/2: WebSocket, long-poll, files, health, metrics. */
    HTTP,
    /** WAMP over RawSocket. */
    RAWSOCKET
}
