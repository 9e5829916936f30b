package io.junctor.client.internal.http;

import io.junctor.client.internal.Log;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.client.BasicAuthentication;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.UpgradeProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Transport;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's HTTP client, shared by all connections of this process with the same TLS context, proxy and connect timeout.
 * It runs as long as at least one {@link Lease} of it is held. Its threads are daemons. Thread-safe.
 */
public final class SharedJettyClient {
    private static final Log LOG = Log.of(SharedJettyClient.class);
    private static final String NAME = "junctor-client";
    private static final int MOST_THREADS = 64;
    private static final int IDLE_THREAD_MILLIS = 5_000;
    private static final int MOST_CONNECTIONS = 1 << 16;
    /** After this time the client closes an unused socket, before the router may do so: a request on a closed socket would be lost. */
    private static final int UNUSED_SOCKET_MILLIS = 2_000;

    // Guarded by itself.
    private static final List<SharedJettyClient> RUNNING = new ArrayList<>();

    /**
     * The settings of the client. Connections with equal settings share one client.
     *
     * @param tls the trusted certificates and the client's own, or null for the JDK's defaults
     * @param proxy the proxy, or null
     * @param connectTimeout the limit for one attempt
     * @param unix the path of the Unix domain socket to connect to, or null for TCP
     * @param isReused whether a socket is used for several requests. A WebSocket needs a new socket, because the router
     *     might close a used one at the same time
     */
    public record ClientSettings(
            @Nullable SSLContext tls,
            @Nullable ProxyAddress proxy,
            Duration connectTimeout,
            @Nullable Path unix,
            boolean isReused) {}

    private final ClientSettings settings;
    private final WebSocketCoreClient client;
    // Guarded by RUNNING.
    private int leases;

    private SharedJettyClient(ClientSettings settings) throws Exception {
        this.settings = settings;
        HttpClient http = http(settings);
        this.client = new WebSocketCoreClient(http, new WebSocketComponents());
        client.start();
        // Every answer other than the upgrade is reported unchanged: without Jetty's redirects and authentication.
        http.getProtocolHandlers().clear();
        http.getProtocolHandlers().put(new UpgradeProtocolHandler());
    }

    /** The right to use the shared client. The client stops when its last lease is released. */
    public static final class Lease {
        private final SharedJettyClient shared;
        private final AtomicBoolean released = new AtomicBoolean();

        private Lease(SharedJettyClient shared) {
            this.shared = shared;
        }

        /** Returns the shared client. */
        public WebSocketCoreClient client() {
            return shared.client;
        }

        /** Releases the client without waiting. Later calls have no effect. Thread-safe. */
        public void release() {
            if (released.compareAndSet(false, true)) {
                shared.released();
            }
        }
    }

    /** Returns a lease of the client with these settings. Starts the client if it does not run. */
    public static Lease lease(ClientSettings settings) throws Exception {
        synchronized (RUNNING) {
            SharedJettyClient shared = running(settings);
            shared.leases++;
            return new Lease(shared);
        }
    }

    /** Returns the running client with these settings; starts the client if necessary. The caller must hold the lock. */
    private static SharedJettyClient running(ClientSettings settings) throws Exception {
        for (SharedJettyClient each : RUNNING) {
            if (each.settings.equals(settings)) {
                return each;
            }
        }
        SharedJettyClient started = new SharedJettyClient(settings);
        RUNNING.add(started);
        return started;
    }

    private void released() {
        synchronized (RUNNING) {
            leases--;
            if (leases > 0) {
                return;
            }
            RUNNING.remove(this);
        }
        // On a separate thread: one of Jetty's threads would wait for itself. It is not a daemon, so that a program
        // that ends
        // waits for it: otherwise the JVM waits 0.3 s for the thread that waits for sockets, because it is in a system
        // call.
        Thread.ofPlatform().daemon(false).name(NAME + "-stop").start(this::stop);
    }

    private void stop() {
        try {
            client.stop();
        } catch (Exception failure) {
            LOG.write(System.Logger.Level.WARNING, "the client could not be stopped", failure);
        }
    }

    private static HttpClient http(ClientSettings settings) {
        // Jetty checks the host name by default.
        SslContextFactory.Client tls = new TlsOnDemand();
        if (settings.tls != null) {
            tls.setSslContext(settings.tls);
        }
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setSslContextFactory(tls);
        HttpClient http = new AnyAddressClient(new HttpClientTransportOverHTTP(connector), settings.unix);
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 1, IDLE_THREAD_MILLIS);
        threads.setName(NAME);
        threads.setDaemon(true);
        http.setName(NAME);
        http.setExecutor(threads);
        http.setScheduler(new ScheduledExecutorScheduler(NAME + "-timers", true));
        http.setConnectTimeout(settings.connectTimeout.toMillis());
        http.setAddressResolutionTimeout(settings.connectTimeout.toMillis());
        http.setIdleTimeout(settings.isReused ? UNUSED_SOCKET_MILLIS : settings.connectTimeout.toMillis());
        http.setMaxConnectionsPerDestination(MOST_CONNECTIONS);
        http.setFollowRedirects(false);
        http.setHttpCookieStore(new HttpCookieStore.Empty());
        http.setUserAgentField(null);
        if (settings.proxy != null) {
            useProxy(http, settings.proxy);
        }
        return http;
    }

    private static void useProxy(HttpClient http, ProxyAddress address) {
        ConnectProxy proxy = new ConnectProxy(address);
        http.getProxyConfiguration().addProxy(proxy);
        if (address.user() != null) {
            String password = address.password() == null ? "" : address.password();
            http.getAuthenticationStore()
                    .addAuthenticationResult(new BasicAuthentication.BasicResult(
                            proxy.getURI(), HttpHeader.PROXY_AUTHORIZATION, address.user(), password));
        }
    }

    /** Loads certificates and the classes of TLS for the first connection that is encrypted, not when the client starts. */
    private static final class TlsOnDemand extends SslContextFactory.Client {
        private final AtomicBoolean loaded = new AtomicBoolean();

        @Override
        protected void doStart() {}

        @Override
        public synchronized SSLEngine newSSLEngine(String host, int port) {
            if (loaded.compareAndSet(false, true)) {
                load();
            }
            return super.newSSLEngine(host, port);
        }

        private void load() {
            try {
                super.doStart();
            } catch (Exception failure) {
                throw new IllegalStateException("TLS cannot be used", failure);
            }
        }
    }

    /** Jetty's client, which also connects to host names that {@link URI} does not accept, and to Unix domain sockets. */
    private static final class AnyAddressClient extends HttpClient {
        private final @Nullable Path unix;

        AnyAddressClient(HttpClientTransport transport, @Nullable Path unix) {
            super(transport);
            this.unix = unix;
        }

        @Override
        public Request newRequest(URI uri) {
            Request request = super.newRequest(uri);
            if (unix != null) {
                request.transport(new Transport.TCPUnix(unix));
            }
            String host = RouterAddress.decodedHost(uri.getHost());
            return host == null ? request : request.host(host);
        }
    }
}
