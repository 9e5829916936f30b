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
 * The Jetty connector of one listener: accepts sockets within the limits, and knows which connections are open. Also
 * gives the HTTP handlers of the listener what they share. Thread-safe.
 */
public final class WampConnector extends ServerConnector {
    /** Sockets beyond the limit of connections: clients over it get a response, and {@code /health} is served. */
    private static final int EXTRA_SOCKETS = 256;

    private static final int BACKLOG = 4_096;

    /** So many waiting sockets are closed together to make room, since finding the oldest is work. */
    private static final int ROOM_SOCKETS = 64;

    private final ListenerConfig config;
    private final TransportContext context;
    private final AcceptRateLimit acceptRate;
    /** Of connections that are not sockets. */
    private final ConnectionRate openingRate;

    /** Each with the counters of the transport by which it was opened. */
    private final Map<ListenerConnection, TransportCounters> connections = new ConcurrentHashMap<>();
    /** Each waits for its opening handshake or next request. */
    private final UnusedSockets unused = new UnusedSockets();

    private final ForwardedHeaders forwardedHeaders;
    private final ConnectionsPerAddress keptSockets;

    private final ConnectionsPerAddress perAddress;
    private final RefusalLog refusals;
    /** Accepts connections in place of Jetty's server socket, which is for TCP only; null for TCP. */
    private final @Nullable UnixListenSocket unix;

    private volatile boolean closing;

    /** A connector whose sockets begin with the protocol of the first factory. */
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
        this.acceptRate = new AcceptRateLimit(
                context.timers(),
                config.limits().arrivals().joinsPerSecond(),
                () -> context.limit().most() + EXTRA_SOCKETS);
        this.openingRate =
                new ConnectionRate(context.timers(), config.limits().arrivals().joinsPerSecond());
        addBean(new TlsHandshakeFailures(this));
        this.unix = UnixListenSocket.of(config.address());
        setHost(config.host());
        setPort(config.port());
        setInheritChannel(config.address().inherited());
        setAcceptQueueSize(BACKLOG);
        // Of HTTP, until the upgrade. Longer than what the sweep allows, which also counts and logs.
        setIdleTimeout(2 * config.limits().helloTimeout().toMillis());
    }

    public ListenerConfig config() {
        return config;
    }

    public TransportContext context() {
        return context;
    }

    /** The port that is bound, or the configured one after the listener was closed; 0 with a Unix domain socket. */
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

    /** Takes one of the connections that may begin in this second without a socket of their own. */
    public boolean takeOpening() {
        return openingRate.takeTurnNow();
    }

    public ConnectionsPerAddress perAddress() {
        return perAddress;
    }

    public ForwardedHeaders forwardedHeaders() {
        return forwardedHeaders;
    }

    /** Counts and logs a request that breaks a rule of HTTP or of a transport, and is refused with {@code status}. */
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

    /** Why the listener takes no more clients, whatever their address is; null if it does. */
    public @Nullable Unavailable unavailable() {
        ConnectionLimit limit = context.limit();
        if (closing) {
            return new Unavailable("The router shuts down.", "the router shuts down");
        }
        if (limit.isMemoryLow()) {
            return new Unavailable("The router is low on memory: try again later.", "the router is low on memory");
        }
        return limit.isFull()
                ? new Unavailable(
                        "The router has as many connections as it takes.",
                        "the router has the most connections that its limit allows: " + limit.most())
                : null;
    }

    /** From now on new WebSockets are refused; open connections stay. */
    public void startClosing() {
        closing = true;
    }

    /** Accepts no more sockets and frees the address. Open connections stay until the connector stops. */
    public void release() {
        acceptRate.release();
        close();
    }

    /** Whether a socket waits for its opening handshake or next request. */
    public boolean hasUnusedSockets() {
        return unused.isAny();
    }

    /** Closes each connection with close code 1001, after what was written to it. */
    public void disconnect() {
        connections.keySet().forEach(connection -> connection.close(CloseStatus.SHUTDOWN));
    }

    public boolean isClosing() {
        return closing;
    }

    /**
     * Gives the client of a request time for a response of so many bytes. What the response did not take is no more
     * time for other requests: without a WebSocket, a socket is closed soon after it was opened.
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

    /** A WebSocket was opened. */
    public void opened(ListenerConnection connection) {
        EndPoint endPoint = connection.endPoint();
        if (endPoint instanceof SharedSocketEndPoint) {
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

    /** A WebSocket was closed. */
    public void closed(ListenerConnection connection) {
        TransportCounters counters = connections.remove(connection);
        if (counters != null) {
            if (connection.endPoint() instanceof SharedSocketEndPoint stream) {
                unused.release(PassEndPoint.socketOf(stream), context.timers().nanos());
            }
            context.limit().onClosed();
            counters.increment(TransportCounter.CONNECTIONS_CLOSED);
        }
    }

    /**
     * A request is answered that may take as long as its connection: its socket stays open meanwhile. Returns false if
     * the socket must be closed after the response, because the address of the client has as many such sockets as it
     * may have connections.
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
     * The request was answered. Its socket is closed if no other one comes in time: a client that is known has longer
     * than a new one, so that it does not send on a socket that closes meanwhile.
     *
     * @param isKept what {@link #requestBegun} returned
     */
    public void requestEnded(Request request, boolean isKept) {
        EndPoint socket = socketOf(request);
        Duration wait = isKept ? requestWait() : config.limits().helloTimeout();
        Duration more = wait.minus(config.limits().helloTimeout());
        socket.setIdleTimeout(wait.toMillis());
        unused.release(socket, context.timers().nanos() + more.toNanos());
    }

    /** How long a client that has a connection and sends requests may be silent. */
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

    /** At the limit of sockets, closes those that have waited longest for a next request, so that new clients come in. */
    private void makeRoom() {
        if (acceptRate.isFull()) {
            unused.closeLongestWaiting(ROOM_SOCKETS, context.timers().nanos());
        }
    }

    /** No connection began on a socket in time. */
    private void onLate(EndPoint socket) {
        Opening.of(socket.getConnection())
                .ifPresent(opening -> refused(
                        opening.transport(),
                        TransportCounter.OPENINGS_TIMED_OUT,
                        socket,
                        "it sent no " + opening.awaited() + " within "
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
                if (!(channel instanceof SocketChannel socket) || ProxyProtocol.admits(WampConnector.this, socket)) {
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
                UnixListenSocket.Accepted socket = unix.accept();
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

    /** Ends the accepting thread without an interrupt: by one, the JDK can lose a socket that it just accepted. */
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
