package io.junctor.server.connector;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.io.EndPoint;

/**
 * Limits how many connections the clients of one address have. Programs on this machine do not count,
 * except on Unix domain sockets, where all programs of a user count as one address. Thread-safe.
 */
public final class ConnectionsPerAddress {
    private final int max;

    /** The network that a socket counts for. Jetty reports the end of every socket, in whatever state. */
    @GuardedBy("this")
    private final Map<EndPoint, String> networkBySocket = new HashMap<>();

    @GuardedBy("this")
    private final Map<String, Integer> openByNetwork = new HashMap<>();

    ConnectionsPerAddress(int max) {
        this.max = max;
    }

    /**
     * Counts the socket of an end point for its client until the socket closes. Returns false if the address of the client
     * has the most connections allowed. If the socket counts for the same address already, nothing changes.
     */
    public synchronized boolean acquire(EndPoint endPoint, ClientAddress client) {
        EndPoint socket = PassEndPoint.socketOf(endPoint);
        if (client.isUncounted() || client.network().equals(networkBySocket.get(socket))) {
            return true;
        }
        onClosed(socket);
        if (!acquire(client)) {
            return false;
        }
        networkBySocket.put(socket, client.network());
        if (!socket.isOpen()) {
            onClosed(socket);
        }
        return true;
    }

    /** Counts a connection until {@link #release}. Returns false if its address has the most connections allowed. */
    public synchronized boolean acquire(ClientAddress client) {
        if (client.isUncounted()) {
            return true;
        }
        String network = client.network();
        boolean hasRoom = openByNetwork.getOrDefault(network, 0) < max;
        if (hasRoom) {
            openByNetwork.merge(network, 1, Integer::sum);
        }
        return hasRoom;
    }

    /** A connection that was counted has ended. */
    public synchronized void release(ClientAddress client) {
        if (!client.isUncounted()) {
            release(client.network());
        }
    }

    /** Tells that the address of a client has the most connections allowed. */
    public Unavailable tooManyOf(ClientAddress client) {
        return new Unavailable(
                "Your address has as many connections as it may have: " + max + " (connections_per_address).",
                "client address " + client.network() + " has " + max
                        + " connections already (connections_per_address)");
    }

    /** A socket was closed. */
    synchronized void onClosed(EndPoint socket) {
        String network = networkBySocket.remove(socket);
        if (network != null) {
            release(network);
        }
    }

    @GuardedBy("this")
    private void release(String network) {
        openByNetwork.computeIfPresent(network, (same, open) -> open == 1 ? null : open - 1);
    }
}
