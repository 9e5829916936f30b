package io.junctor.router.metrics;

import java.util.Locale;

/** What carries the messages of a client: the values of the label {@code transport} in metrics. */
public enum Transport {
    /** A WebSocket on a socket of its own. */
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
    /** A connection inside the process. */
    MEMORY,
    /** HTTP requests that belong to no transport of WAMP. */
    HTTP,
    /** Sockets whose client has not said yet what it speaks. */
    UNKNOWN;

    /** The value of the label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
