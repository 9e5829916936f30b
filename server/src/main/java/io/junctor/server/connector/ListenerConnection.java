package io.junctor.server.connector;

import io.junctor.router.connection.transport.CloseStatus;
import io.junctor.router.metrics.Transport;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/** A connection that a transport made on a listener. Thread-safe. */
public interface ListenerConnection {
    /** Returns the transport that carries the messages. */
    Transport transport();

    /** Returns the end point of the socket, or null if the connection is not tied to one socket. */
    @Nullable
    EndPoint endPoint();

    /** Closes the connection after the messages that are already queued for it. */
    void close(CloseStatus ending);

    /**
     * Sends a ping if the client is silent, and ends the connection if the client does not answer. Called periodically, not on an I/O
     * thread.
     */
    void sweep(long nowNanos);
}
