package io.junctor.server.websocket;

import io.junctor.router.config.JoinRestriction;
import io.junctor.router.connection.CloseStatus;
import io.junctor.router.spi.RequestFields;
import io.junctor.server.connector.ClientAddress;
import io.junctor.server.connector.OpeningRequest;
import io.junctor.server.connector.WampConnector;
import io.junctor.server.framing.FramedConnection;
import io.junctor.wamp.value.Serializer;
import io.junctor.websocket.CloseCode;
import io.junctor.websocket.ControlFrame;
import org.eclipse.jetty.io.EndPoint;

/** One WebSocket of a client after the upgrade: ends by close frames (RFC 6455, section 7). Thread-safe. */
public final class WebSocketConnection extends FramedConnection {
    private final OpeningRequest opening;

    // Each is set before the other is read, so the later of the two threads closes the transport.
    private volatile boolean closeSent;
    private volatile boolean closeReceived;

    WebSocketConnection(
            WampConnector connector,
            EndPoint endPoint,
            ClientAddress client,
            Serializer serializer,
            OpeningRequest opening) {
        super(connector, endPoint, client, serializer, new WebSocketFraming(serializer));
        this.opening = opening;
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
        boolean valid = code == CloseCode.NO_STATUS_RECEIVED || CloseCode.isSendable(code);
        answerClose(ControlFrame.close(valid ? code : CloseCode.PROTOCOL_ERROR, ""));
    }

    @Override
    public void onViolation(int closeCode, String reason) {
        super.onViolation(closeCode, reason);
        close(ControlFrame.close(closeCode, reason));
    }

    @Override
    protected void onCloseSent() {
        closeSent = true;
        if (closeReceived) {
            getEndPoint().close();
        }
    }
}
