package io.junctor.server.connector;

import io.junctor.router.audit.LogRateLimit;
import io.junctor.router.config.ListenerConfig;
import io.junctor.router.connection.TransportContext;
import io.junctor.router.metrics.Counter;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Safe for use by many threads. The socket of one listener, what came in through it, and what they all need. */
public final class WampConnector extends ServerConnector {
    /** Sockets beyond the limit of connections, so that more clients get an answer and {@code /health} is reached. */
    private static final int SPARE_SOCKETS = 256;

    private static final Logger LOG = LoggerFactory.getLogger(WampConnector.class);
    private static final int LOG_LINES_PER_MINUTE = 120;
    private static final int BACKLOG = 4_096;
    private static final int HEADER_BYTES = 8_192;

    private final ListenerConfig config;
    private final TransportContext context;
    private final AcceptRateLimit pace;
    private final Set<ListenerConnection> lines = ConcurrentHashMap.newKeySet();
    /** Since when sockets are open that have not become a WebSocket. */
    private final ConcurrentMap<EndPoint, Long> strangersSinceNanos = new ConcurrentHashMap<>();

    private final ForwardedHeaders visitors;
    private final LogRateLimit linePace;
    private volatile boolean closing;

    /** A door that speaks what the factories make, the first of them first. */
    public WampConnector(
            Server server, ListenerConfig config, TransportContext context, ConnectionFactory... factories) {
        super(server, 1, Runtime.getRuntime().availableProcessors(), factories);
        this.config = config;
        this.context = context;
        this.visitors = new ForwardedHeaders(config);
        this.linePace = new LogRateLimit(
                LOG_LINES_PER_MINUTE,
                context.timers()::nanos,
                context.counters(),
                (address, lines) ->
                        LOG.info("{} more lines about {} were left out in the last minute", lines, address));
        this.pace = new AcceptRateLimit(
                context.timers(),
                config.limits().arrivals().joinsPerSecond(),
                context.limit().most() + SPARE_SOCKETS);
        setHost(config.host());
        setPort(config.port());
        setAcceptQueueSize(BACKLOG);
        // Until the handshake; a WebSocket has pings instead.
        setIdleTimeout(config.limits().helloTimeout().toMillis());
    }

    /** HTTP, which a handshake turns into a WebSocket. */
    public static HttpConnectionFactory http() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setResponseHeaderSize(HEADER_BYTES);
        return new HttpConnectionFactory(http);
    }

    public ListenerConfig config() {
        return config;
    }

    public TransportContext context() {
        return context;
    }

    /** The port bound; as it was configured once the door is closed. */
    public int port() {
        int bound = getLocalPort();
        return bound > 0 ? bound : config.port();
    }

    /** How many lines of the log clients cause. */
    public LogRateLimit linePace() {
        return linePace;
    }

    public ForwardedHeaders visitors() {
        return visitors;
    }

    public long bufferBytes() {
        return getByteBufferPool() instanceof ArrayByteBufferPool pool
                ? pool.getDirectMemory() + pool.getHeapMemory()
                : 0;
    }

    /** From now on only those who are in are served. */
    public void startClosing() {
        closing = true;
    }

    public boolean isClosing() {
        return closing;
    }

    public void opened(ListenerConnection line) {
        strangersSinceNanos.remove(PassEndPoint.socketOf(line.endPoint()));
        lines.add(line);
        context.limit().onOpened();
        context.counters().increment(Counter.CONNECTIONS_OPENED);
    }

    public void closed(ListenerConnection line) {
        if (lines.remove(line)) {
            context.limit().onClosed();
            context.counters().increment(Counter.CONNECTIONS_CLOSED);
        }
    }

    /** Looks after all silent clients and closes sockets on which the handshake does not come to an end. */
    public void sweep() {
        linePace.sweep();
        long nowNanos = context.timers().nanos();
        for (ListenerConnection line : lines) {
            line.sweep(nowNanos);
        }
        long handshakeNanos = config.limits().helloTimeout().toNanos();
        strangersSinceNanos.forEach((endPoint, sinceNanos) -> {
            if (nowNanos - sinceNanos >= handshakeNanos) {
                endPoint.close();
            }
        });
    }

    @Override
    protected SelectorManager newSelectorManager(Executor executor, Scheduler scheduler, int selectors) {
        return new ServerConnectorManager(executor, scheduler, selectors) {
            @Override
            protected ManagedSelector newSelector(int number) {
                return new PassSelector(this, number);
            }

            @Override
            public void accept(SelectableChannel channel, @Nullable Object attachment) {
                if (!(channel instanceof SocketChannel socket) || ProxyProtocol.admits(config.proxies(), socket)) {
                    super.accept(channel, attachment);
                }
            }
        };
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint endPoint = new PassEndPoint(channel, (PassSelector) selector, key, getScheduler());
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    @Override
    public void accept(int acceptor) throws IOException {
        try {
            pace.awaitTurn();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        super.accept(acceptor);
    }

    @Override
    protected void onEndPointOpened(EndPoint endPoint) {
        pace.onOpened();
        strangersSinceNanos.put(endPoint, context.timers().nanos());
        super.onEndPointOpened(endPoint);
    }

    @Override
    protected void onEndPointClosed(EndPoint endPoint) {
        super.onEndPointClosed(endPoint);
        strangersSinceNanos.remove(endPoint);
        visitors.onClosed(endPoint);
        pace.onClosed();
    }
}
