package io.junctor.server.connector;

import java.nio.channels.SelectableChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.IO;

/**
 * Closes the sockets that a connector accepts while it stops. A selector of Jetty that stops closes its end points, but
 * not the sockets that have none yet, and their clients would wait without end. Thread-safe.
 */
final class AcceptedSockets {
    private final Connector connector;
    /** The sockets without an end point. */
    private final Set<SelectableChannel> channels = ConcurrentHashMap.newKeySet();

    AcceptedSockets(Connector connector) {
        this.connector = connector;
    }

    void add(SelectableChannel channel) {
        channels.add(channel);
        closeIfStopped(channel);
    }

    /** The socket has an end point now. */
    void opened(EndPoint endPoint) {
        if (endPoint instanceof SocketChannelEndPoint socket) {
            closeIfStopped(socket.getChannel());
            channels.remove(socket.getChannel());
        }
    }

    /** Jetty closed the socket, because it could not make an end point. */
    void failed(SelectableChannel channel) {
        channels.remove(channel);
    }

    /** Closes all sockets that are left when the connector has stopped. */
    void closeAll() {
        channels.forEach(IO::close);
        channels.clear();
        connector.getConnectedEndPoints().forEach(EndPoint::close);
    }

    private void closeIfStopped(SelectableChannel channel) {
        if (connector.isStopping() || connector.isStopped()) {
            IO.close(channel);
        }
    }
}
