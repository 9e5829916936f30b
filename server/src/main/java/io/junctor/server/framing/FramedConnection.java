package io.junctor.server.framing;

import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.connection.transport.Connection;
import io.junctor.router.connection.transport.Heartbeat;
import io.junctor.router.metrics.Transport;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.router.metrics.TransportCounters;
import io.junctor.router.spi.PeerCredentials;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Timers.Timer;
import io.junctor.server.connector.ClientAddress;
import io.junctor.server.connector.ListenerConnection;
import io.junctor.server.connector.PassEndPoint;
import io.junctor.server.connector.WampConnector;
import io.junctor.server.tls.TlsConnection;
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

/**
 * One connection of a client that sends and receives messages over a socket of its own: joins reader and writer, sends
 * pings, and ends in order. Thread-safe.
 */
public abstract class FramedConnection extends AbstractConnection
        implements ListenerConnection, Connection, org.eclipse.jetty.io.Connection.UpgradeTo {
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final WampConnector connector;
    private final ClientAddress client;
    private final Serializer serializer;
    private final Framing framing;
    private final MessageReader reader;
    private final MessageWriter writer;
    private final Heartbeat heartbeat = new Heartbeat();
    private final TransportCounters counters;

    /** Set by the thread that begins to close; then the reader discards messages. */
    private volatile boolean closing;

    /** Set by the thread that begins to close. Canceled when the transport is lost, by the later of the two threads. */
    private volatile @Nullable Timer closeTimer;

    /** Set by the thread that finds the transport lost, before the writer discards its messages. */
    private volatile boolean gone;

    /** Whether answers to pings were added that may not be sent. Confined to the reading thread. */
    private boolean pinged;

    @SuppressWarnings("this-escape") // Reader and writer call this connection only after it is opened.
    protected FramedConnection(
            WampConnector connector, EndPoint endPoint, ClientAddress client, Serializer serializer, Framing framing) {
        super(endPoint, connector.getExecutor());
        this.connector = connector;
        this.client = client;
        this.serializer = serializer;
        this.framing = framing;
        this.counters = connector.context().counters().of(transport());
        this.reader = new MessageReader(this, endPoint, connector, framing);
        this.writer = new MessageWriter(endPoint, connector.getByteBufferPool(), framing, this);
    }

    /** The client has sent its close frame, with this code. Called by the framing. */
    public abstract void onCloseFrame(int code);

    /**
     * The client broke the rules of framing, which ends the connection. Called by the framing.
     *
     * @param closeCode the code of a close frame that says so
     */
    public void onViolation(int closeCode, String reason) {
        connector.ended(this, TransportCounter.INVALID_INPUT, reason);
        reader.onViolation(reason);
    }

    /** Whether silent clients get pings. */
    protected boolean sendsPings() {
        return true;
    }

    /** The bytes of answers to pings that wait for the transport. */
    protected final int pongBytes() {
        return writer.pongBytes();
    }

    /** The length of the longest message that the client may send now. */
    protected final int maxMessageBytes() {
        return reader.maxMessageBytes();
    }

    /** Everything was sent, and the close frame. */
    protected abstract void onCloseSent();

    // Called by the router.

    @Override
    public abstract Transport transport();

    @Override
    public Serializer serializer() {
        return serializer;
    }

    @Override
    public ListenerLimits limits() {
        return connector.config().limits();
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
        return client.network();
    }

    @Override
    public @Nullable PeerCredentials peerCredentials() {
        return client.credentials();
    }

    @Override
    public @Nullable X509Certificate certificate() {
        return TlsConnection.clientCertificate(getEndPoint());
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
    public boolean isOnLoopback() {
        return client.isOnLoopback();
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
        if (!sendsPings() || reader.isPaused()) {
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
        writer.write(framing.joined(messages), done);
    }

    @Override
    public void drop() {
        onTransportLost("dropped by the router");
    }

    // Called by Jetty.

    @Override
    public void onUpgradeTo(ByteBuffer bytesAfterHandshake) {
        reader.onOpening(bytesAfterHandshake);
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
        connector.closed(this);
    }

    // Called by the reader and the framing.

    /** So many bytes have arrived. */
    void onBytesRead(int bytes) {
        heartbeat.onHeard();
        counters.add(TransportCounter.BYTES_RECEIVED, bytes);
    }

    /** A ping has arrived. */
    public void onPing(byte[] payload) {
        writer.addPong(framing.pong(payload));
        pinged = true;
    }

    /** Sends the pongs that are due. Returns how many bytes of them still wait for the transport. */
    int answerPings() {
        if (!pinged) {
            return 0;
        }
        int waitingBytes = writer.sendPongs();
        pinged = waitingBytes > 0;
        return waitingBytes;
    }

    /** The client broke a rule of the transport in a way that WAMP answers; {@code problem} is safe to send. */
    public void onFault(String problem) {
        reader.onFault(problem);
    }

    /** Whether the connection is closing, so that messages are discarded. */
    boolean isClosing() {
        return closing;
    }

    /** The connection must end: incoming messages of all connections hold too much memory. */
    void onIncomingRefused() {
        String reason = "incoming messages of all connections hold more than limit incoming_heap_percent allows";
        connector.ended(this, TransportCounter.INCOMING_REFUSED, reason);
        onTransportLost(reason);
    }

    /** Notes why the client ends the connection; the first cause counts. */
    protected final void noteEnd(String cause) {
        reader.noteEnd(cause);
    }

    /**
     * Sends the last frame and reads on without delivering: so the client's last frame is seen, and unread bytes do not
     * make the operating system reset the connection.
     */
    protected final void close(byte[] lastFrame) {
        if (!closing) {
            closing = true;
            limitClosing();
            writer.close(lastFrame);
            reader.demand();
        }
    }

    /** Answers the last frame of the client. */
    protected final void answerClose(byte[] lastFrame) {
        if (!closing) {
            closing = true;
            writer.close(lastFrame);
            if (getEndPoint().isOpen()) {
                limitClosing();
            }
        }
    }

    private void limitClosing() {
        closeTimer = connector
                .context()
                .timers()
                .after(CLOSE_WAIT, () -> onTransportLost("the client did not close the connection in time"));
        if (gone) {
            cancelCloseTimer();
        }
    }

    private void cancelCloseTimer() {
        Timer timer = closeTimer;
        if (timer != null) {
            timer.cancel();
        }
    }

    /** Closes the transport at once. Any thread may call it, more than once. */
    protected final void onTransportLost(String cause) {
        reader.noteEnd(cause);
        gone = true;
        cancelCloseTimer();
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

    /** The transport accepts bytes again after it had accepted none. */
    void onUnblocked() {
        heartbeat.onHeard();
    }

    /** A ping was sent. */
    void onPingSent() {
        heartbeat.onPingSent();
    }

    /** Writing failed. */
    void onWriteFailed(Throwable failure) {
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
        switch (heartbeat.check(nowNanos, !sendsPings() || reader.isPaused() || closing, limits())) {
            case NOTHING -> {}
            case PING -> writer.ping();
            case DEAD -> {
                String reason = "no pong within " + limits().pongWait().toMillis() + " ms (pong_wait)";
                connector.ended(this, TransportCounter.PONGS_MISSED, reason);
                onTransportLost(reason);
            }
        }
    }
}
