package io.junctor.router.server;

import io.junctor.router.audit.LinePace;
import io.junctor.router.config.ListenerConfig;
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
final class Door extends ServerConnector {
    /** Sockets beyond the limit of connections, so that more clients get an answer and {@code /health} is reached. */
    private static final int SPARE_SOCKETS = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final int LOG_LINES_PER_MINUTE = 120;
    private static final int BACKLOG = 4_096;
    private static final int HEADER_BYTES = 8_192;

    private final ListenerConfig config;
    private final Exchange exchange;
    private final AcceptPace pace;
    private final Set<WebSocketLine> lines = ConcurrentHashMap.newKeySet();
    /** Since when sockets are open that have not become a WebSocket. */
    private final ConcurrentMap<EndPoint, Long> strangersSinceNanos = new ConcurrentHashMap<>();

    private final Visitors visitors;
    private final LinePace linePace;
    private volatile boolean closing;

    /** A door that speaks what the factories make, the first of them first. */
    Door(Server server, ListenerConfig config, Exchange exchange, ConnectionFactory... factories) {
        super(server, 1, Runtime.getRuntime().availableProcessors(), factories);
        this.config = config;
        this.exchange = exchange;
        this.visitors = new Visitors(config);
        this.linePace = new LinePace(
                LOG_LINES_PER_MINUTE,
                exchange.timers()::nanos,
                exchange.counters(),
                (address, lines) ->
                        LOG.info("{} more lines about {} were left out in the last minute", lines, address));
        this.pace = new AcceptPace(
                exchange.timers(),
                config.limits().arrivals().joinsPerSecond(),
                exchange.limit().most() + SPARE_SOCKETS);
        setHost(config.host());
        setPort(config.port());
        setAcceptQueueSize(BACKLOG);
        // Until the handshake; a WebSocket has pings instead.
        setIdleTimeout(config.limits().helloTimeout().toMillis());
    }

    /** HTTP, which a handshake turns into a WebSocket. */
    static HttpConnectionFactory http() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setResponseHeaderSize(HEADER_BYTES);
        return new HttpConnectionFactory(http);
    }

    ListenerConfig config() {
        return config;
    }

    Exchange exchange() {
        return exchange;
    }

    /** The port bound; as it was configured once the door is closed. */
    int port() {
        int bound = getLocalPort();
        return bound > 0 ? bound : config.port();
    }

    /** How many lines of the log clients cause. */
    LinePace linePace() {
        return linePace;
    }

    Visitors visitors() {
        return visitors;
    }

    long bufferBytes() {
        return getByteBufferPool() instanceof ArrayByteBufferPool pool
                ? pool.getDirectMemory() + pool.getHeapMemory()
                : 0;
    }

    /** From now on only those who are in are served. */
    void startClosing() {
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }

    void opened(WebSocketLine line) {
        strangersSinceNanos.remove(HomedEndPoint.socketOf(line.getEndPoint()));
        lines.add(line);
        exchange.limit().onOpened();
        exchange.counters().increment(Counter.CONNECTIONS_OPENED);
    }

    void closed(WebSocketLine line) {
        if (lines.remove(line)) {
            exchange.limit().onClosed();
            exchange.counters().increment(Counter.CONNECTIONS_CLOSED);
        }
    }

    /** Looks after all silent clients and closes sockets on which the handshake does not come to an end. */
    void sweep() {
        linePace.sweep();
        long nowNanos = exchange.timers().nanos();
        for (WebSocketLine line : lines) {
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
                return new Home(this, number);
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
        SocketChannelEndPoint endPoint = new HomedEndPoint(channel, (Home) selector, key, getScheduler());
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
        strangersSinceNanos.put(endPoint, exchange.timers().nanos());
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
