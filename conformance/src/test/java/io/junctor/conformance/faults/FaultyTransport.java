package io.junctor.conformance.faults;

import io.junctor.router.metrics.Transport;
import io.junctor.testkit.ClientTransport;
import io.junctor.testkit.Http2Connection;
import io.junctor.testkit.LongPollTransport;
import io.junctor.testkit.LongPollTransport.ReceiveMode;
import io.junctor.testkit.RawSocketTransport;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Subprotocol;
import java.net.URI;

/** A transport that a client uses through a {@link io.junctor.testkit.FaultNetwork}. */
enum FaultyTransport {
    WEBSOCKET(Transport.WEBSOCKET, false),
    WEBSOCKET_TLS(Transport.WEBSOCKET, true),
    WEBSOCKET_HTTP2(Transport.WEBSOCKET_HTTP2, false),
    RAWSOCKET(Transport.RAWSOCKET, false),
    RAWSOCKET_TLS(Transport.RAWSOCKET, true),
    LONG_POLL(Transport.LONGPOLL, false),
    EVENT_STREAM(Transport.EVENTSTREAM, false);

    /** Its label while the client receives. */
    final Transport label;

    final boolean encrypted;

    FaultyTransport(Transport label, boolean encrypted) {
        this.label = label;
        this.encrypted = encrypted;
    }

    /** Its label when the connection begins. */
    Transport openingLabel() {
        return label == Transport.EVENTSTREAM ? Transport.LONGPOLL : label;
    }

    /** Connects to a router. */
    ClientTransport open(URI uri) {
        return switch (this) {
            case WEBSOCKET, WEBSOCKET_TLS -> WebSocketTransport.open(uri, Serializer.JSON);
            case WEBSOCKET_HTTP2 ->
                WebSocketTransport.open(Http2Connection.open(uri), new Subprotocol(Serializer.JSON, false), false);
            case RAWSOCKET, RAWSOCKET_TLS -> RawSocketTransport.open(uri, Serializer.JSON);
            case LONG_POLL -> LongPollTransport.open(uri, Serializer.JSON, ReceiveMode.POLL);
            case EVENT_STREAM -> LongPollTransport.open(uri, Serializer.JSON, ReceiveMode.EVENTS);
        };
    }

    /** Sends bytes that are neither a message nor a frame. */
    static void sendGarbage(ClientTransport transport, byte[] bytes) {
        switch (transport) {
            case WebSocketTransport webSocket -> webSocket.sendRaw(bytes);
            case RawSocketTransport rawSocket -> rawSocket.sendRaw(bytes);
            default -> transport.send(bytes);
        }
    }
}
