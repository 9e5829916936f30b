package io.junctor.router.config.listener;

/** A protocol that a listener can speak. The first bytes of a connection tell them apart. */
public enum ListenerProtocol {
    /** HTTP/1.1 and HTTP/2: WebSocket, long-poll, files, health, metrics. */
    HTTP,
    /** WAMP over RawSocket. */
    RAWSOCKET
}
