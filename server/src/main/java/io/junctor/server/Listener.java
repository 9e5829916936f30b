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

    /** The URI of the first path of WebSockets, with the port that is bound. */
    public URI uri() {
        return uri(connector.config().http().websockets().getFirst());
    }

    /**
     * The URI of a path of WebSockets, with the port that is bound. With a Unix domain socket it has the form
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

    /** The address of the console, such as {@code http://127.0.0.1:8080/console}; null if the listener serves none. */
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

    /** The configuration. */
    public ListenerConfig config() {
        return connector.config();
    }

    /** The configuration as it was given: the address of an inherited socket is not in it. */
    ListenerConfig configured() {
        return configured;
    }

    /** {@code /health} answers 503 from now on; clients can still connect. */
    void announceClosing() {
        routes.announceClosing();
    }

    /** Whether a socket waits for its opening handshake or next request. */
    boolean hasUnusedSockets() {
        return connector.hasUnusedSockets();
    }

    /** Frees the address. Open connections stay, and the threads, until {@link #close()}. */
    void release() {
        connector.release();
    }

    /** Closes each connection with close code 1001, after what was written to it. */
    void disconnect() {
        connector.disconnect();
    }

    /** The port that is bound; the configured one may be 0. It is 0 with a Unix domain socket. */
    public int port() {
        return connector.port();
    }

    /** How many sockets are open, upgraded or not. */
    public int sockets() {
        return connector.getConnectedEndPoints().size();
    }

    /** The bytes of I/O buffers that are in use or pooled. */
    public long bufferBytes() {
        return connector.getByteBufferPool() instanceof ArrayByteBufferPool pool
                ? pool.getDirectMemory() + pool.getHeapMemory()
                : 0;
    }

    /**
     * From now on refuses new WebSockets with status 503, as {@code /health} answers too. Open connections stay, and
     * the port stays bound until {@link #close()}.
     */
    public void stopAccepting() {
        connector.startClosing();
    }

    /** Closes all connections, the port and the threads, and waits until that is done. Does nothing the second time. */
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
