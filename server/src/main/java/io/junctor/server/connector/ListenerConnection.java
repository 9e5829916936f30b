package io.junctor.server.connector;

import org.eclipse.jetty.io.EndPoint;

/** A client's connection that a transport made of a socket of this listener. Thread-safe. */
public interface ListenerConnection {
    /** The end point of the socket. */
    EndPoint endPoint();

    /** Sends pings to a silent client and ends the connection of a dead one; called every now and then, not on an I/O thread. */
    void sweep(long nowNanos);
}
