package io.junctor.server.websocket;

import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.connection.transport.CloseStatus;
import io.junctor.router.connection.transport.WireForm;
import io.junctor.router.metrics.Transport;
import io.junctor.router.spi.RequestFields;
import io.junctor.server.connector.ClientAddress;
import io.junctor.server.connector.MultiplexedEndPoint;
import io.junctor.server.connector.OpeningRequest;
import io.junctor.server.connector.WampConnector;
import io.junctor.server.framing.FramedConnection;
import io.junctor.websocket.ControlFrame;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/** One WebSocket of a client after the upgrade: ends by close frames (RFC 6455, section 7). Thread-safe. */
public final class WebSocketConnection extends FramedConnection {
    private final OpeningRequest opening;
    private final NegotiatedParameters agreement;
    private final WebSocketFraming framing;

    // Each thread sets its own field before it reads the other's, so the later of the two threads closes the transport.
    private volatile boolean closeSent;
    private volatile boolean closeReceived;

    /** Whether a violation of the protocol ends the connection: set before the close frame is sent. */
    private volatile boolean violated;

    WebSocketConnection(
            WampConnector connector,
            EndPoint endPoint,
            ClientAddress client,
            NegotiatedParameters agreement,
            OpeningRequest opening) {
        this(connector, endPoint, client, agreement, new WebSocketFraming(agreement), opening);
    }

    private WebSocketConnection(
            WampConnector connector,
            EndPoint endPoint,
            ClientAddress client,
            NegotiatedParameters agreement,
            WebSocketFraming framing,
            OpeningRequest opening) {
        super(connector, endPoint, client, agreement.subprotocol().serializer(), framing);
        this.opening = opening;
        this.agreement = agreement;
        this.framing = framing;
    }

    NegotiatedParameters agreement() {
        return agreement;
    }

    @Override
    public @Nullable WireForm form() {
        return framing.form();
    }

    @Override
    public Transport transport() {
        return getEndPoint() instanceof MultiplexedEndPoint ? Transport.WEBSOCKET_HTTP2 : Transport.WEBSOCKET;
    }

    @Override
    public JoinRestriction joins() {
        return opening.joins();
    }

    @Override
    public RequestFields requestFields() {
        return opening.fields();
    }

    @Override
    public int receiveLimitBytes() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void close(CloseStatus status) {
        close(ControlFrame.close(status.webSocketCode(), ""));
    }

    @Override
    public void onCloseFrame(int code) {
        noteEnd("the client closed with code " + code);
        closeReceived = true;
        if (closeSent) {
            getEndPoint().close();
        }
        answerClose(ControlFrame.close(code, ""));
    }

    @Override
    public void onViolation(int closeCode, String reason) {
        super.onViolation(closeCode, reason);
        violated = true;
        close(ControlFrame.close(closeCode, reason));
    }

    /** After a violation, closes without waiting for the close frame of the client, because nothing is parsed (RFC 6455, section 7.1.7). */
    @Override
    protected void onCloseSent() {
        closeSent = true;
        if (closeReceived) {
            getEndPoint().close();
        } else if (violated) {
            getEndPoint().shutdownOutput();
        }
    }
}
