package io.junctor.server;

import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.UnixSocket;
import io.junctor.router.config.listener.WebSocketPath;
import io.junctor.router.turn.Timers.Timer;
import io.junctor.server.connector.WampConnector;
import java.net.URI;
import java.util.List;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open listener, on which clients connect. Thread-safe. */
public final class Listener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    private final ListenerConfig configured;
    private final Server server;
    private final WampConnector connector;
    private final HttpRoutes routes;
    private final List<Timer> timers;

    Listener(ListenerConfig configured, Server server, WampConnector connector, HttpRoutes routes, List<Timer> timers) {
        this.routes = routes;
        this.configured = configured;
        this.server = server;
        this.connector = connector;
        this.timers = List.copyOf(timers);
    }

    /** Returns the URI of the first WebSocket path, with the port that is bound. */
    public URI uri() {
        return uri(connector.config().http().websockets().getFirst());
    }

    /**
     * Returns the URI of a WebSocket path, with the port that is bound. For a Unix domain socket the URI has the form
     * {@code ws+unix:/run/junctor.sock:/ws}.
     */
    public URI uri(WebSocketPath path) {
        UnixSocket unix = connector.config().address().unix();
        if (unix != null) {
            return unix.uri(path);
        }
        String scheme = connector.config().tls() == null ? "ws://" : "wss://";
        return URI.create(scheme + connector.config().address().withPort(port()) + path.path());
    }

    /** Returns the address of the console, such as {@code http://127.0.0.1:8080/console}; null if the listener does not serve a console. */
    public @Nullable URI console() {
        ListenerConfig config = connector.config();
        if (!config.servesConsole() || config.address().unix() != null) {
            return null;
        }
        String scheme = config.tls() == null ? "http://" : "https://";
        return URI.create(scheme
                + config.address().withPort(port())
                + config.http().console().path());
    }

    /** Returns the configuration of this listener. */
    public ListenerConfig config() {
        return connector.config();
    }

    /** Returns the configuration as the operator wrote it: without the address of an inherited socket. */
    ListenerConfig configured() {
        return configured;
    }

    /** {@code /health} answers 503 from now on; clients can still connect. */
    void announceClosing() {
        routes.announceClosing();
    }

    /** Returns whether a socket is open whose opening handshake or next request has not arrived yet. */
    boolean hasUnusedSockets() {
        return connector.hasUnusedSockets();
    }

    /** Stops listening, so that another process can bind the address. Open connections and the threads stay until {@link #close()}. */
    void release() {
        connector.release();
    }

    /** Closes each connection with close code 1001, after the messages that are already queued for it. */
    void disconnect() {
        connector.disconnect();
    }

    /** Returns the port that is bound, also if the configured port is 0; 0 for a Unix domain socket. */
    public int port() {
        return connector.port();
    }

    /** Returns how many sockets are open, whether they carry a WebSocket or not. */
    public int sockets() {
        return connector.getConnectedEndPoints().size();
    }

    /** Returns how many bytes the I/O buffers take, both those in use and those in the pool. */
    public long bufferBytes() {
        return connector.getByteBufferPool() instanceof ArrayByteBufferPool pool
                ? pool.getDirectMemory() + pool.getHeapMemory()
                : 0;
    }

    /**
     * From now on refuses new WebSockets with status 503, and {@code /health} answers 503 too. Open connections stay, and
     * the port stays bound until {@link #close()}.
     */
    public void stopAccepting() {
        connector.startClosing();
    }

    /** Closes all connections, the port and the threads, and waits until that is done. A second call does nothing. */
    @Override
    public void close() {
        connector.startClosing();
        timers.forEach(Timer::cancel);
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("the listener on {} did not close properly", uri(), e);
        }
    }
}
