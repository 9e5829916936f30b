package io.junctor.client.websocket;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.UpgradeProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;
import org.jspecify.annotations.Nullable;

/**
 * Safe for use by many threads. Jetty's client behind all connections of this process that trust alike and have the same
 * connect timeout. It runs while somebody holds a {@link Lease} of it; its threads are daemons.
 */
final class SharedClient {
    private static final System.Logger LOG = System.getLogger(SharedClient.class.getName());
    private static final String NAME = "junctor-client";
    private static final int MOST_THREADS = 64;
    private static final int IDLE_THREAD_MILLIS = 5_000;
    private static final int MOST_CONNECTIONS = 1 << 16;

    // Guarded by itself.
    private static final Map<Kind, SharedClient> RUNNING = new HashMap<>();

    /** What connections have in common. */
    record Kind(@Nullable SSLContext tls, Duration connectTimeout) {}

    private final Kind kind;
    private final WebSocketCoreClient client;
    // Guarded by RUNNING.
    private int leases;

    private SharedClient(Kind kind) throws Exception {
        this.kind = kind;
        HttpClient http = http(kind);
        this.client = new WebSocketCoreClient(http, new WebSocketComponents());
        client.start();
        // Any other answer than the upgrade is told as it is, whatever HTTP would do about it.
        http.getProtocolHandlers().clear();
        http.getProtocolHandlers().put(new UpgradeProtocolHandler());
    }

    /** The right to use a client, which runs until the last lease of it is released. */
    static final class Lease {
        private final SharedClient shared;
        private final AtomicBoolean released = new AtomicBoolean();

        private Lease(SharedClient shared) {
            this.shared = shared;
        }

        WebSocketCoreClient client() {
            return shared.client;
        }

        /** May be called more than once, by any thread; does not wait for anything. */
        void release() {
            if (released.compareAndSet(false, true)) {
                shared.released();
            }
        }
    }

    /** Starts the client, unless it runs. */
    static Lease lease(Kind kind) throws Exception {
        synchronized (RUNNING) {
            SharedClient shared = RUNNING.get(kind);
            if (shared == null) {
                shared = new SharedClient(kind);
                RUNNING.put(kind, shared);
            }
            shared.leases++;
            return new Lease(shared);
        }
    }

    private void released() {
        synchronized (RUNNING) {
            leases--;
            if (leases > 0) {
                return;
            }
            RUNNING.remove(kind);
        }
        // By a thread of nobody's: Jetty's own would wait for themselves.
        Thread.ofVirtual().name(NAME + "-stop").start(this::stop);
    }

    private void stop() {
        try {
            client.stop();
        } catch (Exception failure) {
            LOG.log(System.Logger.Level.WARNING, "the client could not be stopped", failure);
        }
    }

    private static HttpClient http(Kind kind) {
        // Checks the host name unless told otherwise.
        SslContextFactory.Client tls = new SslContextFactory.Client();
        if (kind.tls != null) {
            tls.setSslContext(kind.tls);
        }
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setSslContextFactory(tls);
        HttpClient http = new HttpClient(new HttpClientTransportOverHTTP(connector));
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 1, IDLE_THREAD_MILLIS);
        threads.setName(NAME);
        threads.setDaemon(true);
        http.setName(NAME);
        http.setExecutor(threads);
        http.setScheduler(new ScheduledExecutorScheduler(NAME + "-timers", true));
        http.setConnectTimeout(kind.connectTimeout.toMillis());
        http.setIdleTimeout(kind.connectTimeout.toMillis());
        http.setMaxConnectionsPerDestination(MOST_CONNECTIONS);
        http.setFollowRedirects(false);
        http.setHttpCookieStore(new HttpCookieStore.Empty());
        http.setUserAgentField(null);
        return http;
    }
}
