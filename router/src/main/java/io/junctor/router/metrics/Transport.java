package io.junctor.router.metrics;

import java.util.Locale;

/** The transports that carry the messages of clients; they are the values of the label {@code transport} in metrics. */
public enum Transport {
    /** A WebSocket with its own socket. */
    WEBSOCKET,
    /** A WebSocket in a stream of HTTP/2. */
    WEBSOCKET_HTTP2,
    RAWSOCKET,
    /** HTTP long-poll, while the client receives by polls. */
    LONGPOLL,
    /** HTTP long-poll, while the client receives by a stream of events. */
    EVENTSTREAM,
    /** The HTTP gateway: a session inside the process for clients that publish and call by plain HTTP requests. */
    GATEWAY,
    /** An in-process connection. */
    MEMORY,
    /** HTTP requests that belong to no transport of WAMP. */
    HTTP,
    /** A socket whose protocol is not known yet, because the client has not sent enough bytes. */
    UNKNOWN;

    /** The value of the label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
