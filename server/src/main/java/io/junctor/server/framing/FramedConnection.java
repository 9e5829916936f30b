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
 * One connection of a client that sends and receives messages over its own socket: connects reader and writer, sends
 * pings, and closes in the order that the protocol demands. Thread-safe.
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

    /** Whether a thread has begun to close the connection; from then on the reader discards messages. */
    private volatile boolean closing;

    /**
     * Ends a close that takes too long. Set by the thread that begins to close the connection; if the transport is lost too, the later of the
     * two threads cancels the timer.
     */
    private volatile @Nullable Timer closeTimer;

    /** Whether the transport is lost: set by the thread that detects the loss, before the writer discards its messages. */
    private volatile boolean gone;

    /** Whether answers to pings may still have to be sent. Confined to the reading thread. */
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

    /** Handles the close frame of the client, which contains {@code code}. Called by the framing. */
    public abstract void onCloseFrame(int code);

    /**
     * Ends the connection because the client broke the rules of framing. Called by the framing.
     *
     * @param closeCode the code for the close frame that the router sends
     */
    public void onViolation(int closeCode, String reason) {
        connector.ended(this, TransportCounter.INVALID_INPUT, reason);
        reader.onViolation(reason);
    }

    /** Returns whether the router sends pings to silent clients. */
    protected boolean sendsPings() {
        return true;
    }

    /** Returns how many bytes of answers to pings wait for the transport. */
    protected final int pongBytes() {
        return writer.pongBytes();
    }

    /** Returns the length of the longest message that the client may send now. */
    protected final int maxMessageBytes() {
        return reader.maxMessageBytes();
    }

    /** Called when all messages and the close frame are sent. */
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

    /** Answers at once while reading is paused: unread bytes of the client show that it is alive. */
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

    /** Notes that bytes have arrived. */
    void onBytesRead(int bytes) {
        heartbeat.onHeard();
        counters.add(TransportCounter.BYTES_RECEIVED, bytes);
    }

    /** Handles a ping of the client. */
    public void onPing(byte[] payload) {
        writer.addPong(framing.pong(payload));
        pinged = true;
    }

    /** Sends the answers to received pings. Returns how many bytes of them still wait for the transport. */
    int answerPings() {
        if (!pinged) {
            return 0;
        }
        int waitingBytes = writer.sendPongs();
        pinged = waitingBytes > 0;
        return waitingBytes;
    }

    /** Handles a violation for which WAMP has a message; {@code problem} is a text that may be sent to the client. */
    public void onFault(String problem) {
        reader.onFault(problem);
    }

    /** Returns whether the connection is closing and discards received messages. */
    boolean isClosing() {
        return closing;
    }

    /** Ends the connection because the incoming messages of all connections take too much memory. */
    void onIncomingRefused() {
        String reason = "incoming messages of all connections hold more than limit incoming_heap_percent allows";
        connector.ended(this, TransportCounter.INCOMING_REFUSED, reason);
        onTransportLost(reason);
    }

    /** Notes why the client ends the connection; only the first cause is kept. */
    protected final void noteEnd(String cause) {
        reader.noteEnd(cause);
    }

    /**
     * Sends the last frame, and goes on reading without delivering messages: so the last frame of the client arrives, and the operating
     * system does not reset the connection because of unread bytes.
     */
    protected final void close(byte[] lastFrame) {
        if (!closing) {
            closing = true;
            limitClosing();
            writer.close(lastFrame);
            reader.demand();
        }
    }

    /** Sends the answer to the last frame of the client. */
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

    /** Called when the transport accepts bytes again after it was full. */
    void onUnblocked() {
        heartbeat.onHeard();
    }

    /** Called when a ping was sent. */
    void onPingSent() {
        heartbeat.onPingSent();
    }

    /** Called when writing to the transport failed. */
    void onWriteFailed(Throwable failure) {
        onTransportLost("writing failed");
    }

    // For the connector.

    @Override
    public EndPoint endPoint() {
        return getEndPoint();
    }

    /** Sends a ping if the client is silent, and ends the connection if the client does not answer. */
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
