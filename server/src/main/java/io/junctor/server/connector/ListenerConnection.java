package io.junctor.server.connector;

import org.eclipse.jetty.io.EndPoint;

/** A connection that a transport made from a socket of a listener. Thread-safe. */
public interface ListenerConnection {
    /** The end point of the socket. */
    EndPoint endPoint();

    /**
     * Sends pings to a silent client and ends the connection of a dead one; called periodically, not on an I/O thread.
     */
    void sweep(long nowNanos);
}
