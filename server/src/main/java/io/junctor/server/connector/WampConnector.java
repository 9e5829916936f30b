package io.junctor.server.connector;

import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.connection.transport.CloseStatus;
import io.junctor.router.connection.transport.Connection;
import io.junctor.router.connection.transport.ConnectionLimit;
import io.junctor.router.connection.transport.TransportContext;
import io.junctor.router.metrics.Transport;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.router.metrics.TransportCounters;
import io.junctor.router.spi.PeerCredentials;
import io.junctor.server.unix.UnixListenSocket;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * The Jetty connector of one listener: accepts sockets within the limits, and tracks the open connections. Also
 * holds the objects that the HTTP handlers of the listener share. Thread-safe.
 */
public final class WampConnector extends ServerConnector {
    /** Sockets above the limit of connections: they let refused clients get a response, and {@code /health} be served. */
    private static final int EXTRA_SOCKETS = 256;

    private static final int BACKLOG = 4_096;

    /** The number of waiting sockets that are closed together to make room, because finding the oldest ones is expensive. */
    private static final int ROOM_SOCKETS = 64;

    private final ListenerConfig config;
    private final TransportContext context;
    private final AcceptRateLimit acceptRate;
    /** Limits connections that open no socket of their own. */
    private final ConnectionPacer openingRate;

    /** The open connections, each with the counters of the transport by which it was opened. */
    private final Map<ListenerConnection, TransportCounters> connections = new ConcurrentHashMap<>();
    /** The sockets whose opening handshake or next request has not arrived. */
    private final UnusedSockets unused = new UnusedSockets();

    private final ForwardedHeaders forwardedHeaders;
    private final ConnectionsPerAddress keptSockets;

    private final ConnectionsPerAddress perAddress;
    private final RefusalLog refusals;
    /** Accepts connections on a Unix domain socket, which Jetty's server socket cannot do; null for TCP. */
    private final @Nullable UnixListenSocket unix;

    private volatile boolean closing;

    /** Creates a connector whose sockets begin with the protocol of the first factory. */
    public WampConnector(
            Server server, ListenerConfig config, TransportContext context, ConnectionFactory... factories) {
        super(server, 1, Runtime.getRuntime().availableProcessors(), factories);
        this.config = config;
        this.context = context;
        this.forwardedHeaders = new ForwardedHeaders(config);
        int maxPerAddress = config.limits().arrivals().connectionsPerAddress();
        this.perAddress = new ConnectionsPerAddress(maxPerAddress);
        this.keptSockets = new ConnectionsPerAddress(maxPerAddress);
        this.refusals = new RefusalLog(config, this::port, context);
        int perSecond = config.limits().arrivals().joinsPerSecond();
        this.acceptRate = new AcceptRateLimit(
                context.timers(), perSecond, () -> context.limit().most() + EXTRA_SOCKETS);
        this.openingRate = new ConnectionPacer(context.timers(), perSecond);
        addBean(new TlsHandshakeFailures(this));
        this.unix = UnixListenSocket.of(config.address());
        setHost(config.host());
        setPort(config.port());
        setInheritChannel(config.address().inherited());
        setAcceptQueueSize(BACKLOG);
        // This timeout is for HTTP before an upgrade. It is longer than the limit of the sweep, which also counts and
        // logs.
        setIdleTimeout(2 * config.limits().helloTimeout().toMillis());
    }

    public ListenerConfig config() {
        return config;
    }

    public TransportContext context() {
        return context;
    }

    /** Returns the port that is bound, or the configured port after the listener was closed; 0 for a Unix domain socket. */
    public int port() {
        int bound = getLocalPort();
        return bound > 0 ? bound : config.port();
    }

    public RefusalLog refusals() {
        return refusals;
    }

    public TransportCounters counters(Transport transport) {
        return context.counters().of(transport);
    }

    /** Counts and logs that the router ends a connection because of its client. */
    public void ended(Connection connection, TransportCounter counter, String reason) {
        counters(connection.transport()).increment(counter);
        refusals.ended(connection, reason);
    }

    /** Counts a new connection without a socket of its own. Returns false if too many begin in this second. */
    public boolean takeOpening() {
        return openingRate.takeTurnNow();
    }

    public ConnectionsPerAddress perAddress() {
        return perAddress;
    }

    public ForwardedHeaders forwardedHeaders() {
        return forwardedHeaders;
    }

    /** Counts and logs a request that breaks a rule of HTTP or of a transport, and that is refused with {@code status}. */
    public void invalid(Transport transport, Request request, int status, String reason) {
        counters(transport).increment(TransportCounter.INVALID_INPUT);
        refusals.refused(request, status, reason);
    }

    /** Counts and logs a connection that is refused. */
    public void refused(Transport transport, TransportCounter counter, EndPoint endPoint, String reason) {
        counters(transport).increment(counter);
        refusals.refused(endPoint, reason);
    }

    /** Counts and logs a socket that is refused before it has an end point. */
    void refused(Transport transport, TransportCounter counter, SocketAddress client, String reason) {
        counters(transport).increment(counter);
        refusals.refused(client, reason);
    }

    /** Returns why the listener accepts no more clients from any address; null if it accepts them. */
    public @Nullable UnavailableReason unavailable() {
        ConnectionLimit limit = context.limit();
        if (closing) {
            return new UnavailableReason("The router shuts down.", "the router shuts down");
        }
        if (limit.isMemoryLow()) {
            return new UnavailableReason(
                    "The router is low on memory: try again later.", "the router is low on memory");
        }
        return limit.isFull()
                ? new UnavailableReason(
                        "The router has as many connections as it takes.",
                        "the router has the most connections that its limit allows: " + limit.most())
                : null;
    }

    /** From now on the listener refuses new WebSockets; open connections stay. */
    public void startClosing() {
        closing = true;
    }

    /** Accepts no more sockets and releases the address. Open connections stay until the connector stops. */
    public void release() {
        acceptRate.release();
        close();
    }

    /** Returns whether a socket is open whose opening handshake or next request has not arrived yet. */
    public boolean hasUnusedSockets() {
        return unused.isAny();
    }

    /** Closes each connection with close code 1001, after the messages that are already queued for it. */
    public void disconnect() {
        connections.keySet().forEach(connection -> connection.close(CloseStatus.SHUTDOWN));
    }

    public boolean isClosing() {
        return closing;
    }

    /**
     * Gives a client more time for a response of {@code bytes} bytes. After the response, the rest of this time is taken back,
     * so that a socket without a WebSocket still closes soon after it was opened.
     */
    public void allowResponse(Request request, long bytes) {
        if (!HttpMethod.HEAD.is(request.getMethod())) {
            unused.allowResponse(request, socketOf(request), bytes, context.timers());
        }
    }

    private static EndPoint socketOf(Request request) {
        return PassEndPoint.socketOf(
                request.getConnectionMetaData().getConnection().getEndPoint());
    }

    /** Notes that a WebSocket was opened. */
    public void opened(ListenerConnection connection) {
        EndPoint endPoint = connection.endPoint();
        if (endPoint instanceof MultiplexedEndPoint) {
            unused.use(PassEndPoint.socketOf(endPoint));
        } else if (endPoint != null) {
            EndPoint socket = PassEndPoint.socketOf(endPoint);
            unused.remove(socket);
            keptSockets.onClosed(socket);
        }
        TransportCounters counters = counters(connection.transport());
        connections.put(connection, counters);
        context.limit().onOpened();
        counters.increment(TransportCounter.CONNECTIONS_OPENED);
    }

    /** Notes that a WebSocket was closed. */
    public void closed(ListenerConnection connection) {
        TransportCounters counters = connections.remove(connection);
        if (counters != null) {
            if (connection.endPoint() instanceof MultiplexedEndPoint stream) {
                unused.release(PassEndPoint.socketOf(stream), context.timers().nanos());
            }
            context.limit().onClosed();
            counters.increment(TransportCounter.CONNECTIONS_CLOSED);
        }
    }

    /**
     * Keeps the socket of a request open while the request is answered, which may take long. Returns false if
     * the socket must be closed after the response, because the address of the client already has as many of these sockets as
     * it may have connections.
     */
    public boolean requestBegun(Request request) {
        EndPoint socket = socketOf(request);
        unused.use(socket);
        return forwardedHeaders
                .clientAddress(request.getConnectionMetaData().getConnection().getEndPoint(), request.getHeaders())
                .map(client -> keptSockets.acquire(socket, client))
                .orElse(false);
    }

    /**
     * Notes that the request was answered. Its socket closes if the next request does not arrive in time. If the socket is kept, the client
     * has more time than a new client, so that it does not send a request on a socket that is just closing.
     *
     * @param isKept the result of {@link #requestBegun}
     */
    public void requestEnded(Request request, boolean isKept) {
        EndPoint socket = socketOf(request);
        Duration wait = isKept ? requestWait() : config.limits().helloTimeout();
        Duration more = wait.minus(config.limits().helloTimeout());
        socket.setIdleTimeout(wait.toMillis());
        unused.release(socket, context.timers().nanos() + more.toNanos());
    }

    /** Returns how long a client that has a connection and sends requests may be silent. */
    public Duration requestWait() {
        return config.limits().requestWait();
    }

    /** Pings silent clients, ends dead connections, and closes sockets whose opening handshake takes too long. */
    public void sweep() {
        refusals.sweep();
        makeRoom();
        acceptRate.recheck();
        long nowNanos = context.timers().nanos();
        for (ListenerConnection connection : connections.keySet()) {
            connection.sweep(nowNanos);
        }
        unused.sweep(nowNanos, config.limits().helloTimeout().toNanos(), this::onLate);
    }

    /** At the limit of sockets, closes those that have waited longest for a next request, to make room for new clients. */
    private void makeRoom() {
        if (acceptRate.isFull()) {
            unused.closeLongestWaiting(ROOM_SOCKETS, context.timers().nanos());
        }
    }

    /** Counts and logs that no connection began on a socket in time. */
    private void onLate(EndPoint socket) {
        AwaitedBytes.of(socket.getConnection())
                .ifPresent(awaited -> refused(
                        awaited.transport(),
                        TransportCounter.OPENINGS_TIMED_OUT,
                        socket,
                        "it sent no " + awaited.text() + " within "
                                + config.limits().helloTimeout().toMillis() + " ms (hello_timeout)"));
    }

    @Override
    protected SelectorManager newSelectorManager(Executor executor, Scheduler scheduler, int selectors) {
        return new ServerConnectorManager(executor, scheduler, selectors) {
            @Override
            protected ManagedSelector newSelector(int number) {
                return new PassSelector(this, number);
            }

            @Override
            protected void execute(Runnable task) {
                if (!PassSelector.runHere(task)) {
                    super.execute(task);
                }
            }

            @Override
            public void accept(SelectableChannel channel, @Nullable Object attachment) {
                if (!(channel instanceof SocketChannel socket)
                        || ProxyHeaderConnectionFactory.admits(WampConnector.this, socket)) {
                    super.accept(channel, attachment);
                }
            }
        };
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        PeerCredentials credentials = key.attachment() instanceof PeerCredentials peer ? peer : null;
        return new PassEndPoint(channel, (PassSelector) selector, key, getScheduler(), credentials);
    }

    @Override
    public void accept(int acceptor) throws IOException {
        try {
            makeRoom();
            acceptRate.awaitTurn();
            acceptRate.beginAccept();
            if (unix == null) {
                super.accept(acceptor);
            } else {
                UnixListenSocket.AcceptedConnection socket = unix.accept();
                getSelectorManager().accept(socket.channel(), socket.peer());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException failure) {
            if (!acceptRate.isReleased()) {
                throw failure;
            }
        } finally {
            acceptRate.endAccept();
        }
    }

    @Override
    public void open() throws IOException {
        if (unix == null) {
            super.open();
        } else {
            unix.open(BACKLOG);
        }
    }

    @Override
    public boolean isOpen() {
        return unix == null ? super.isOpen() : unix.isOpen();
    }

    @Override
    public void close() {
        super.close();
        if (unix != null) {
            unix.close();
        }
        acceptRate.awaitAccepted();
    }

    @Override
    protected void onEndPointOpened(EndPoint endPoint) {
        acceptRate.onOpened();
        unused.opened(endPoint, context.timers().nanos());
        super.onEndPointOpened(endPoint);
    }

    /** Ends the accepting thread without an interrupt: with an interrupt, the JDK can lose a socket that it has just accepted. */
    @Override
    protected void interruptAcceptors() {
        acceptRate.stop();
    }

    @Override
    protected void onEndPointClosed(EndPoint endPoint) {
        super.onEndPointClosed(endPoint);
        unused.remove(endPoint);
        perAddress.onClosed(endPoint);
        keptSockets.onClosed(endPoint);
        acceptRate.onClosed();
    }
}
