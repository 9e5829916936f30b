package io.junctor.server.websocket;

import io.junctor.router.config.ListenerLimits;
import io.junctor.router.connection.CloseStatus;
import io.junctor.router.connection.Connection;
import io.junctor.router.connection.Heartbeat;
import io.junctor.router.metrics.Counter;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Timers.Timer;
import io.junctor.server.connector.ClientAddress;
import io.junctor.server.connector.ListenerConnection;
import io.junctor.server.connector.PassEndPoint;
import io.junctor.server.connector.WampConnector;
import io.junctor.wamp.auth.ChannelBinding;
import io.junctor.wamp.value.Serializer;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/** Safe for use by many threads. One WebSocket of a client, from the handshake on: a reader, a writer and how both end. */
public final class WebSocketConnection extends AbstractConnection
        implements ListenerConnection, Connection, org.eclipse.jetty.io.Connection.UpgradeTo, WebSocketWriter.Listener {
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final WampConnector door;
    private final ClientAddress visitor;
    private final Serializer serializer;
    private final WebSocketReader reader;
    private final WebSocketWriter writer;
    private final Heartbeat heartbeat = new Heartbeat();

    /** Set once by whoever begins to close, read by the reader, which then delivers no more. */
    private volatile boolean closing;

    /** Set by whoever closes, read by the transport's last call; where that misses it, it fires for nothing. */
    private volatile @Nullable Timer closeTimer;

    /** Set by whoever finds the transport lost, before the writer gives up what is on its way. */
    private volatile boolean gone;

    // Each is set before the other is looked at: whoever comes second closes the transport.
    private volatile boolean closeSent;
    private volatile boolean closeReceived;

    WebSocketConnection(WampConnector door, EndPoint endPoint, ClientAddress visitor, Serializer serializer) {
        super(endPoint, door.getExecutor());
        this.door = door;
        this.visitor = visitor;
        this.serializer = serializer;
        this.reader = new WebSocketReader(this, door, serializer);
        this.writer = new WebSocketWriter(endPoint, door.getByteBufferPool(), serializer.isText(), this);
    }

    // For the router.

    @Override
    public Serializer serializer() {
        return serializer;
    }

    @Override
    public ListenerLimits limits() {
        return door.config().limits();
    }

    @Override
    public int receiveLimitBytes() {
        return Integer.MAX_VALUE;
    }

    @Override
    public String peer() {
        return visitor.toString();
    }

    @Override
    public String address() {
        return visitor.network().toString();
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
        return visitor.isPrivate();
    }

    @Override
    public Executor home() {
        return PassEndPoint.socketOf(getEndPoint()) instanceof PassEndPoint homed
                ? homed.home()
                : Connection.super.home();
    }

    @Override
    public boolean isOpen() {
        return !gone;
    }

    /** A client that we do not read from has sent more than we take: it is there. */
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
    public void close(CloseStatus ending) {
        close(ending.webSocketCode(), "");
    }

    @Override
    public void drop() {
        lost("dropped by the router");
    }

    // For the transport.

    @Override
    public void onUpgradeTo(ByteBuffer bytesBehindHandshake) {
        reader.keep(bytesBehindHandshake);
    }

    @Override
    public void onOpen() {
        super.onOpen();
        getEndPoint().setIdleTimeout(0);
        door.opened(this);
        reader.open(() -> door.context().acceptor().accept(this));
    }

    @Override
    public void onFillable() {
        reader.succeeded();
    }

    @Override
    public void onClose(@Nullable Throwable failure) {
        lost("the connection broke");
        super.onClose(failure);
        Timer timer = closeTimer;
        if (timer != null) {
            timer.cancel();
        }
        door.closed(this);
    }

    // For the reader.

    void onHeard() {
        heartbeat.onHeard();
    }

    void pong(byte[] payload) {
        writer.pong(payload);
    }

    boolean isClosing() {
        return closing;
    }

    /** All connections together hold too much of messages that are not whole, and this one has for the longest. */
    void refuseIncoming() {
        door.context().counters().increment(Counter.INCOMING_REFUSED);
        lost("incoming messages of all connections hold as much as limit incoming_heap_percent allows");
    }

    /** The client sent a close frame; it gets one back. */
    void onCloseReceived(int code) {
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

    /**
     * Sends a close frame and reads on without delivering, so that the client's answer is seen and its data does not reset
     * the transport.
     */
    void close(int code, String reason) {
        if (!closing) {
            closing = true;
            limitClosing();
            writer.close(code, reason);
            reader.demand();
        }
    }

    private void limitClosing() {
        closeTimer = door.context().timers().after(CLOSE_WAIT, () -> lost("the client did not answer the close frame"));
    }

    /** Ends the transport at once; by any thread, any number of times. */
    void lost(String why) {
        reader.note(why);
        gone = true;
        getEndPoint().close();
        Pass pass = Pass.open();
        try {
            writer.abandon();
            reader.end();
        } finally {
            pass.close();
        }
    }

    // For the writer.

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
    public void onLost(Throwable failure) {
        lost("writing failed");
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
                door.context().counters().increment(Counter.PONGS_MISSED);
                lost("no pong within " + limits().pongWait().toMillis() + " ms");
            }
        }
    }
}
