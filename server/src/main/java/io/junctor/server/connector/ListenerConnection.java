package io.junctor.server.connector;

import io.junctor.router.connection.transport.CloseStatus;
import io.junctor.router.metrics.Transport;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/** A connection that a transport made on a listener. Thread-safe. */
public interface ListenerConnection {
    /** What carries the messages. */
    Transport transport();

    /** The end point of the socket, or null if the connection is not tied to one. */
    @Nullable
    EndPoint endPoint();

    /** Closes the connection after what was written to it. */
    void close(CloseStatus ending);

    /**
     * Sends pings to a silent client and ends the connection of a dead one; called periodically, not on an I/O thread.
     */
    void sweep(long nowNanos);
}
