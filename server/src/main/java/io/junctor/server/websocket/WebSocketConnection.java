package io.junctor.server.websocket;

import io.junctor.router.config.JoinRestriction;
import io.junctor.router.config.ListenerLimits;
import io.junctor.router.connection.CloseStatus;
import io.junctor.router.connection.Connection;
import io.junctor.router.connection.Heartbeat;
import io.junctor.router.metrics.Counter;
import io.junctor.router.spi.RequestFields;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Timers.Timer;
import io.junctor.server.connector.ClientAddress;
import io.junctor.server.connector.ListenerConnection;
import io.junctor.server.connector.PassEndPoint;
import io.junctor.server.connector.WampConnector;
import io.junctor.wamp.auth.ChannelBinding;
import io.junctor.wamp.value.Serializer;
import io.junctor.websocket.FrameException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket of a client after the upgrade: joins reader and writer, sends pings, and ends in order (RFC 6455,
 * section 7). Thread-safe.
 */
public final class WebSocketConnection extends AbstractConnection
        implements ListenerConnection,
                Connection,
                org.eclipse.jetty.io.Connection.UpgradeTo,
                WebSocketReader.Listener,
                WebSocketWriter.Listener {
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final WampConnector connector;
    private final ClientAddress client;
    private final Serializer serializer;
    private final Opening opening;
    private final WebSocketReader reader;
    private final WebSocketWriter writer;
    private final Heartbeat heartbeat = new Heartbeat();

    /** Set by the thread that begins to close; then the reader discards messages. */
    private volatile boolean closing;

    /**
     * Set by the thread that begins to close, cancelled by {@link #onClose}. If that misses it, it fires without
     * effect.
     */
    private volatile @Nullable Timer closeTimer;

    /** Set by the thread that finds the transport lost, before the writer discards its messages. */
    private volatile boolean gone;

    // Each is set before the other is read, so the later of the two threads closes the transport.
    private volatile boolean closeSent;
    private volatile boolean closeReceived;

    /**
     * What the HTTP request that opened the WebSocket decides.
     *
     * @param joins which sessions its path admits
     * @param fields the fields that authenticators are told
     */
    record Opening(JoinRestriction joins, RequestFields fields) {}

    WebSocketConnection(
            WampConnector connector, EndPoint endPoint, ClientAddress client, Serializer serializer, Opening opening) {
        super(endPoint, connector.getExecutor());
        this.connector = connector;
        this.client = client;
        this.serializer = serializer;
        this.opening = opening;
        this.reader = new WebSocketReader(this, endPoint, connector, serializer);
        this.writer = new WebSocketWriter(endPoint, connector.getByteBufferPool(), serializer.isText(), this);
    }

    // Called by the router.

    @Override
    public Serializer serializer() {
        return serializer;
    }

    @Override
    public ListenerLimits limits() {
        return connector.config().limits();
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
    public String peer() {
        return client.toString();
    }

    @Override
    public String listener() {
        return connector.refusals().listener();
    }

    @Override
    public String address() {
        return client.network().toString();
    }

    @Override
    public @Nullable X509Certificate certificate() {
        EndPoint.SslSessionData tls = getEndPoint().getSslSessionData();
        X509Certificate[] chain = tls == null ? null : tls.peerCertificates();
        return chain == null || chain.length == 0 ? null : chain[0];
    }

    @Override
    public byte @Nullable [] channelBinding(String type) {
        EndPoint.SslSessionData tls = getEndPoint().getSslSessionData();
        return tls == null ? null : ChannelBinding.ofServer(type, tls.sslSession());
    }

    @Override
    public boolean isPrivate() {
        return client.isPrivate();
    }

    @Override
    public Executor home() {
        return PassEndPoint.socketOf(getEndPoint()) instanceof PassEndPoint socket
                ? socket.selector()
                : Connection.super.home();
    }

    @Override
    public boolean isOpen() {
        return !gone;
    }

    /** While reading is paused the client is alive: bytes of it wait to be read. */
    @Override
    public void probe(Runnable answered) {
        if (reader.isPaused()) {
            answered.run();
        } else {
            heartbeat.ask(answered);
            writer.ping();
        }
    }

    @Override
    public void demand() {
        reader.demand();
    }

    @Override
    public void maxMessageBytes(int bytes) {
        reader.maxMessageBytes(bytes);
    }

    @Override
    public void write(List<byte[]> messages, Runnable done) {
        writer.write(messages, done);
    }

    @Override
    public void close(CloseStatus status) {
        close(status.webSocketCode(), "");
    }

    @Override
    public void drop() {
        onTransportLost("dropped by the router");
    }

    // Called by Jetty.

    @Override
    public void onUpgradeTo(ByteBuffer bytesAfterRequest) {
        reader.onUpgraded(bytesAfterRequest);
    }

    @Override
    public void onOpen() {
        super.onOpen();
        getEndPoint().setIdleTimeout(0);
        connector.opened(this);
        reader.open(() -> connector.context().acceptor().accept(this));
    }

    @Override
    public void onFillable() {
        reader.succeeded();
    }

    @Override
    public void onClose(@Nullable Throwable failure) {
        onTransportLost("the connection broke");
        super.onClose(failure);
        Timer timer = closeTimer;
        if (timer != null) {
            timer.cancel();
        }
        connector.closed(this);
    }

    // Called by the reader.

    @Override
    public void onBytesRead() {
        heartbeat.onHeard();
    }

    @Override
    public void onPing(byte[] payload) {
        writer.pong(payload);
    }

    @Override
    public boolean isClosing() {
        return closing;
    }

    @Override
    public void onIncomingRefused() {
        connector.context().counters().increment(Counter.INCOMING_REFUSED);
        onTransportLost("incoming messages of all connections hold more than limit incoming_heap_percent allows");
    }

    /** Answers a close frame. */
    @Override
    public void onCloseReceived(int code) {
        closeReceived = true;
        if (closeSent) {
            getEndPoint().close();
        }
        if (!closing) {
            closing = true;
            writer.close(code, "");
            if (getEndPoint().isOpen()) {
                limitClosing();
            }
        }
    }

    @Override
    public void onFrameFault(FrameException fault) {
        close(fault.closeCode(), fault.reason());
    }

    /**
     * Sends a close frame and reads on without delivering: so the client's close frame is seen, and unread bytes do not
     * make the operating system reset the connection.
     */
    private void close(int code, String reason) {
        if (!closing) {
            closing = true;
            limitClosing();
            writer.close(code, reason);
            reader.demand();
        }
    }

    private void limitClosing() {
        closeTimer = connector
                .context()
                .timers()
                .after(CLOSE_WAIT, () -> onTransportLost("the client did not answer the close frame"));
    }

    /** Closes the transport at once. Any thread may call it, more than once. */
    @Override
    public void onTransportLost(String cause) {
        reader.noteEnd(cause);
        gone = true;
        getEndPoint().close();
        Pass pass = Pass.open();
        try {
            writer.abandon();
            reader.tellIfIdle();
        } finally {
            pass.close();
        }
    }

    // Called by the writer.

    @Override
    public void onUnblocked() {
        heartbeat.onHeard();
    }

    @Override
    public void onPingSent() {
        heartbeat.onPingSent();
    }

    @Override
    public void onCloseSent() {
        closeSent = true;
        if (closeReceived) {
            getEndPoint().close();
        }
    }

    @Override
    public void onWriteFailed(Throwable failure) {
        onTransportLost("writing failed");
    }

    // For the connector.

    @Override
    public EndPoint endPoint() {
        return getEndPoint();
    }

    /** Looks after a silent client. */
    @Override
    public void sweep(long nowNanos) {
        switch (heartbeat.check(nowNanos, reader.isPaused() || closing, limits())) {
            case NOTHING -> {}
            case PING -> writer.ping();
            case DEAD -> {
                connector.context().counters().increment(Counter.PONGS_MISSED);
                onTransportLost("no pong within " + limits().pongWait().toMillis() + " ms");
            }
        }
    }
}
