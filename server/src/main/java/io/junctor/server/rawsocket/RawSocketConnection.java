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

/** One RawSocket connection after the handshake. RawSocket has no close frame: the connection ends with the socket. Thread-safe. */
final class RawSocketConnection extends FramedConnection {
    private static final byte[] NO_FRAME = {};

    /** The number of bytes of answers to pings that may wait for the transport, in addition to the current maximum length of a message. */
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

    /** Returns whether the listener sends pings; it can be configured not to, because not every RawSocket client supports them. */
    @Override
    protected boolean sendsPings() {
        return connector.config().protocols().rawSocketPings();
    }

    /**
     * Answers each ping. Disconnects a client that sends pings but does not read the answers. The limit depends on the maximum length of a
     * message, which is small before {@code WELCOME}.
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

    /** Ends the output: the client sees the end of the stream and closes its side. */
    @Override
    protected void onCloseSent() {
        getEndPoint().shutdownOutput();
    }
}
