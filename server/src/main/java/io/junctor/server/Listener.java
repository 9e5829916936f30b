package io.junctor.server;

import io.junctor.router.turn.Timers.Timer;
import io.junctor.server.connector.WampConnector;
import java.net.URI;
import java.util.List;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Safe for use by many threads. An open listener. */
public final class Listener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    private final Server server;
    private final WampConnector door;
    private final List<Timer> timers;

    Listener(Server server, WampConnector door, List<Timer> timers) {
        this.server = server;
        this.door = door;
        this.timers = List.copyOf(timers);
    }

    /** Where clients connect, with the real port. */
    public URI uri() {
        String host = door.config().host();
        String literal = host.contains(":") ? "[" + host + "]" : host;
        String scheme = door.config().tls() == null ? "ws://" : "wss://";
        return URI.create(scheme + literal + ":" + port() + door.config().websocketPath());
    }

    /** The port bound, also where the configuration said 0. */
    public int port() {
        return door.port();
    }

    /** The sockets open, with or without a WebSocket. */
    public int sockets() {
        return door.getConnectedEndPoints().size();
    }

    /** The bytes of buffers in use or kept for use. */
    public long bufferBytes() {
        return door.bufferBytes();
    }

    /**
     * Takes no new WebSocket from now on: clients get status 503, and so does {@code /health}. Connections there are stay, and the
     * port stays bound until {@link #close()}.
     */
    public void stopAccepting() {
        door.startClosing();
    }

    /** Drops all connections and frees the port and the threads; waits until that is done. Does nothing the second time. */
    @Override
    public void close() {
        door.startClosing();
        timers.forEach(Timer::cancel);
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("the listener on {} did not close in order", uri(), e);
        }
    }
}
