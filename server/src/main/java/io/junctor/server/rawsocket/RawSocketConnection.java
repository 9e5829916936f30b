package io.junctor.server.rawsocket;

import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.connection.transport.CloseStatus;
import io.junctor.router.metrics.Transport;
import io.junctor.server.connector.ClientAddress;
import io.junctor.server.connector.WampConnector;
import io.junctor.server.framing.FramedConnection;
import io.junctor.wamp.rawsocket.FramePrefix;
import io.junctor.wamp.rawsocket.RawSocketHandshake;
import io.junctor.wamp.value.Serializer;
import io.junctor.websocket.CloseCode;
import org.eclipse.jetty.io.EndPoint;

/** One RawSocket connection of a client after the handshake. It has no close frame: the socket ends. Thread-safe. */
final class RawSocketConnection extends FramedConnection {
    private static final byte[] NO_FRAME = {};

    /** The answers to pings that wait for the transport may have as many bytes as a message may have now, and so many more. */
    private static final int MAX_PONG_BYTES = 1 << 16;

    private final WampConnector connector;
    private final int clientMaxBytes;

    RawSocketConnection(
            WampConnector connector,
            EndPoint endPoint,
            ClientAddress client,
            Serializer serializer,
            RawSocketHandshake request) {
        super(
                connector,
                endPoint,
                client,
                serializer,
                new RawSocketFraming(
                        RawSocketHandshake.of(connector.config().limits().messageBytes(), serializer)
                                .maxBytes()));
        this.connector = connector;
        this.clientMaxBytes = Math.min(request.maxBytes(), FramePrefix.MAX_SENT_BYTES);
    }

    @Override
    public JoinRestriction joins() {
        return connector.config().joins();
    }

    @Override
    public Transport transport() {
        return Transport.RAWSOCKET;
    }

    @Override
    public int receiveLimitBytes() {
        return clientMaxBytes;
    }

    /** Not every RawSocket client knows pings, so the listener may leave them out. */
    @Override
    protected boolean sendsPings() {
        return connector.config().protocols().rawSocketPings();
    }

    /**
     * Each ping is answered. A client that sends pings and takes no answers is disconnected; before {@code WELCOME} it
     * makes the router hold as little as by messages.
     */
    @Override
    public void onPing(byte[] payload) {
        int maxBytes = maxMessageBytes() + MAX_PONG_BYTES;
        if (pongBytes() > maxBytes) {
            onViolation(
                    CloseCode.PROTOCOL_ERROR,
                    "the client sends pings and does not read the answers: more than " + maxBytes + " bytes wait");
        } else {
            super.onPing(payload);
        }
    }

    @Override
    public void onViolation(int closeCode, String reason) {
        super.onViolation(closeCode, reason);
        close(NO_FRAME);
    }

    @Override
    public void close(CloseStatus status) {
        close(NO_FRAME);
    }

    @Override
    public void onCloseFrame(int code) {
        throw new IllegalStateException("RawSocket has no close frame");
    }

    /** The client sees the end of the stream and closes its side. */
    @Override
    protected void onCloseSent() {
        getEndPoint().shutdownOutput();
    }
}
