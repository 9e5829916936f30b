package io.junctor.server;

import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ListenerProtocol;
import io.junctor.router.config.listener.TlsConfig;
import io.junctor.router.connection.transport.Heartbeat;
import io.junctor.router.connection.transport.TransportContext;
import io.junctor.router.turn.Timers.Timer;
import io.junctor.server.connector.DetectingConnectionFactory;
import io.junctor.server.connector.DetectingConnectionFactory.HttpFactories;
import io.junctor.server.connector.Http1ConnectionFactory;
import io.junctor.server.connector.ProxyHeaderConnectionFactory;
import io.junctor.server.connector.WampConnector;
import io.junctor.server.http.PlainTextErrors;
import io.junctor.server.http2.Http2ConnectionFactory;
import io.junctor.server.rawsocket.RawSocketConnectionFactory;
import io.junctor.server.tls.RevokedCertificateLog;
import io.junctor.server.tls.TlsContext;
import io.junctor.server.tls.TlsException;
import io.junctor.server.unix.UnixSocketException;
import java.net.BindException;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** Opens listeners, on which clients connect by WebSocket. Thread-safe. */
public final class ListenerBinding {
    private static final int SPARE_THREADS = 8;
    private static final int BUFFER_STEP_BYTES = 1 << 10;
    /** The size of the largest buffers that the pool keeps. */
    private static final int MOST_POOLED_BYTES = 1 << 16;

    private ListenerBinding() {}

    /**
     * Binds a listener, which accepts clients at once.
     *
     * @throws ListenException if the address cannot be bound
     */
    public static Listener bind(ListenerConfig config, TransportContext context) throws ListenException {
        return bind(config, context, List::of);
    }

    /** Binds a listener; {@code realms} returns the names of the router's realms, which its status page shows. */
    static Listener bind(ListenerConfig configured, TransportContext context, Supplier<List<String>> realms)
            throws ListenException {
        ListenerConfig config = InheritedSocket.resolve(configured);
        Server server = new Server(threadPool(), new ScheduledExecutorScheduler("io-timer", true), bufferPool());
        TlsContext tls = tls(config, context);
        WampConnector connector = new WampConnector(server, config, context, protocols(config, tls));
        server.addConnector(connector);
        HttpRoutes routes = new HttpRoutes(connector, realms);
        server.setHandler(routes);
        server.setErrorHandler(new PlainTextErrors(connector));
        try {
            connector.open();
            server.start();
            startTimerThread(server.getScheduler());
        } catch (Exception e) {
            connector.close();
            throw failure(config, e);
        }
        List<Timer> timers = new ArrayList<>();
        timers.add(context.timers().every(Heartbeat.sweepPeriod(config.limits()), connector::sweep));
        timers.add(context.timers().every(ThreadStartMonitor.PERIOD, ThreadStartMonitor::check));
        if (tls != null) {
            timers.add(context.timers().every(TlsContext.WATCH_PERIOD, tls::refresh));
        }
        return new Listener(configured, server, connector, routes, timers);
    }

    /** Creates a pool with small steps between its buffer sizes: Jetty's steps of 4 KiB would waste memory for each waiting request. */
    private static ByteBufferPool bufferPool() {
        return new ArrayByteBufferPool(0, BUFFER_STEP_BYTES, MOST_POOLED_BYTES);
    }

    private static @Nullable TlsContext tls(ListenerConfig config, TransportContext context) throws ListenException {
        try {
            TlsConfig tls = config.tls();
            return tls == null ? null : TlsContext.open(tls, revocations(config, context));
        } catch (TlsException fault) {
            throw new ListenException(config.address(), String.valueOf(fault.getMessage()), fault);
        }
    }

    private static RevokedCertificateLog revocations(ListenerConfig config, TransportContext context) {
        return new RevokedCertificateLog(config.address().toString(), context.timers()::nanos, context.counters());
    }

    /** Returns the protocols of a connection, from the socket upwards. */
    private static ConnectionFactory[] protocols(ListenerConfig config, @Nullable TlsContext tls) {
        HttpFactories http = http(config);
        ConnectionFactory rawSocket =
                config.protocols().accepts(ListenerProtocol.RAWSOCKET) ? new RawSocketConnectionFactory() : null;
        List<ConnectionFactory> protocols = new ArrayList<>();
        if (tls == null) {
            protocols.add(DetectingConnectionFactory.onSocket(null, rawSocket, http));
        } else {
            DetectingConnectionFactory inside = DetectingConnectionFactory.inTls(rawSocket, http);
            SslConnectionFactory outside = tls.factory(inside.getProtocol(), http == null ? List.of() : http.alpn());
            boolean plain = config.protocols().unencrypted();
            protocols.add(DetectingConnectionFactory.onSocket(outside, plain ? rawSocket : null, plain ? http : null));
            protocols.add(inside);
        }
        if (config.proxies().protocol()) {
            protocols.addFirst(
                    new ProxyHeaderConnectionFactory(protocols.getFirst().getProtocol()));
        }
        return protocols.toArray(ConnectionFactory[]::new);
    }

    private static @Nullable HttpFactories http(ListenerConfig config) {
        return config.protocols().accepts(ListenerProtocol.HTTP)
                ? new HttpFactories(
                        new Http1ConnectionFactory(),
                        config.http().http2()
                                ? new Http2ConnectionFactory(config.limits().requestWait())
                                : null)
                : null;
    }

    /** Returns how many threads a listener has: for its selectors, its acceptor, other work of Jetty, and Jetty's timers. */
    static int threads() {
        return poolThreads() + 1;
    }

    private static int poolThreads() {
        return Runtime.getRuntime().availableProcessors() + 1 + SPARE_THREADS;
    }

    /** Creates a pool whose threads all start at once and never end: a selector that cannot get a thread later would stop selecting. */
    private static QueuedThreadPool threadPool() {
        QueuedThreadPool threads = new QueuedThreadPool(poolThreads(), poolThreads());
        threads.setName("io");
        threads.setReservedThreads(0);
        return threads;
    }

    /** Starts the thread of Jetty's timers now. Otherwise the first timer would start it on a selector thread. */
    private static void startTimerThread(Scheduler scheduler) {
        scheduler.schedule(() -> {}, 0, TimeUnit.MILLISECONDS);
    }

    private static ListenException failure(ListenerConfig config, Exception failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new ListenException(config.address(), reason(root), failure);
    }

    private static String reason(Throwable root) {
        String text = String.valueOf(root.getMessage());
        if (root instanceof UnixSocketException) {
            return text;
        }
        if (root instanceof UnresolvedAddressException) {
            return "the host name has no address";
        }
        if (root instanceof BindException && text.contains("in use")) {
            return "the port is in use by another program";
        }
        if (root instanceof SocketException && text.contains("Permission denied")) {
            return "the program may not use this port; ports below 1024 usually need the capability CAP_NET_BIND_SERVICE";
        }
        if (root instanceof BindException) {
            return "this machine has no such address, or the program may not use it (" + text + ")";
        }
        return text;
    }
}
