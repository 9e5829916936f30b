package io.junctor.router.metrics;

import java.util.Locale;

/** The counters of a router that are counted separately for each transport. */
public enum TransportCounter {
    CONNECTIONS_OPENED("transports accepted"),
    CONNECTIONS_CLOSED("transports gone"),
    CONNECTIONS_REFUSED("transports refused: too many, or a browser's origin not allowed"),
    OPENINGS_TIMED_OUT("sockets closed as no connection began on them in time"),
    PROTOCOLS_REFUSED("sockets closed as their first bytes were of a protocol that the listener does not speak"),
    INVALID_INPUT("connections ended, and requests refused, as the client broke a rule of its transport"),
    INCOMING_REFUSED("connections ended as incoming messages of all connections held too much"),
    SESSIONS_JOINED("sessions welcomed"),
    SESSIONS_LEFT("sessions ended"),
    JOINS_REFUSED("HELLO or AUTHENTICATE answered by ABORT"),
    HANDSHAKES_TIMED_OUT("transports closed as HELLO or AUTHENTICATE did not come"),
    MESSAGES_RECEIVED("messages from clients"),
    MESSAGES_SENT("messages handed to transports"),
    BYTES_RECEIVED("bytes that transports read from clients"),
    BYTES_SENT("bytes of messages handed to transports"),
    PROTOCOL_VIOLATIONS("sessions and handshakes ended by ABORT wamp.error.protocol_violation"),
    SESSIONS_OVERFLOWED("sessions ended as their outbox was over twice its limit, or by policy disconnect"),
    WRITERS_STALLED("sessions ended as the client took no byte for too long"),
    PONGS_MISSED("sessions ended as no pong or poll came");

    private final String meaning;

    TransportCounter(String meaning) {
        this.meaning = meaning;
    }

    /** The name in metrics, such as {@code connections.opened}. */
    public String metricName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** A short description of the counter. */
    public String meaning() {
        return meaning;
    }
}
