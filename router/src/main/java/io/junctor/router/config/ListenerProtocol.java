package io.junctor.router.config;

/** A protocol that a listener can speak. The first byte of a connection tells them apart. */
public enum ListenerProtocol {
    /** HTTP/1.1: WebSocket, health, metrics. */
    HTTP,
    /** WAMP over RawSocket. */
    RAWSOCKET
}
