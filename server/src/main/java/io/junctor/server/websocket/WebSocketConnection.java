package io.junctor.server.websocket;

import io.junctor.router.config.JoinRestriction;
import io.junctor.router.connection.CloseStatus;
import io.junctor.router.connection.MessageForm;
import io.junctor.router.metrics.Transport;
import io.junctor.router.spi.RequestFields;
import io.junctor.server.connector.ClientAddress;
import io.junctor.server.connector.OpeningRequest;
import io.junctor.server.connector.SharedSocketEndPoint;
import io.junctor.server.connector.WampConnector;
import io.junctor.server.framing.FramedConnection;
import io.junctor.wamp.codec.BatchFormat;
import io.junctor.wamp.value.Subprotocol;
import io.junctor.websocket.ControlFrame;
import io.junctor.websocket.Opcode;
import io.junctor.websocket.PermessageDeflate;
import java.util.List;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/** One WebSocket of a client after the upgrade: ends by close frames (RFC 6455, section 7). Thread-safe. */
public final class WebSocketConnection extends FramedConnection {
    private final OpeningRequest opening;
    private final Agreement agreement;
    private final @Nullable BatchFormat batch;
    private final MessageForm form;

    // Each is set before the other is read, so the later of the two threads closes the transport.
    private volatile boolean closeSent;
    private volatile boolean closeReceived;

    /** Set before the close frame is sent. */
    private volatile boolean violated;

    WebSocketConnection(
            WampConnector connector,
            EndPoint endPoint,
            ClientAddress client,
            Agreement agreement,
            OpeningRequest opening) {
        this(connector, endPoint, client, agreement, batch(agreement.subprotocol()), opening);
    }

    private WebSocketConnection(
            WampConnector connector,
            EndPoint endPoint,
            ClientAddress client,
            Agreement agreement,
            @Nullable BatchFormat batch,
            OpeningRequest opening) {
        super(
                connector,
                endPoint,
                client,
                agreement.subprotocol().serializer(),
                new WebSocketFraming(agreement, batch));
        this.opening = opening;
        this.agreement = agreement;
        this.batch = batch;
        PermessageDeflate compression = agreement.compression();
        int opcode = Opcode.ofMessages(agreement.subprotocol().serializer().isText());
        this.form = compression == null
                ? MessageForm.PLAIN
                : new CompressedForm(agreement.deflaters(), compression, opcode);
    }

    private static @Nullable BatchFormat batch(Subprotocol subprotocol) {
        return subprotocol.isBatched() ? new BatchFormat(subprotocol.serializer()) : null;
    }

    Agreement agreement() {
        return agreement;
    }

    /** A batch is compressed as a whole, so its messages are not. */
    @Override
    public MessageForm form() {
        return batch == null ? form : MessageForm.PLAIN;
    }

    @Override
    public void write(List<byte[]> messages, Runnable done) {
        super.write(batch == null ? messages : List.of(form.of(batch.join(messages))), done);
    }

    @Override
    public Transport transport() {
        return getEndPoint() instanceof SharedSocketEndPoint ? Transport.WEBSOCKET_HTTP2 : Transport.WEBSOCKET;
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

    /** After a violation nothing that the client sends is parsed, so its close frame is not awaited (RFC 6455, section 7.1.7). */
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
