package io.junctor.server.connector;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.io.EndPoint;

/**
 * Limits how many connections the clients of one address have. Programs on this machine are not limited,
 * except on Unix domain sockets, where all programs of a user are treated as one address. Thread-safe.
 */
public final class ConnectionsPerAddress {
    private final int max;

    /** The address for which each socket is counted. Jetty reports the end of every socket, whatever its state. */
    @GuardedBy("this")
    private final Map<EndPoint, String> networkBySocket = new HashMap<>();

    @GuardedBy("this")
    private final Map<String, Integer> openByNetwork = new HashMap<>();

    ConnectionsPerAddress(int max) {
        this.max = max;
    }

    /**
     * Counts the socket of an end point for the address of its client until the socket closes. Returns false if that address
     * has the most connections allowed. If the socket is already counted for the same address, nothing changes.
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

    /** Notes that a counted connection has ended. */
    public synchronized void release(ClientAddress client) {
        if (!client.isUncounted()) {
            release(client.network());
        }
    }

    /** Returns the refusal for a client whose address has the most connections allowed. */
    public UnavailableReason tooManyOf(ClientAddress client) {
        return new UnavailableReason(
                "Your address has as many connections as it may have: " + max + " (connections_per_address).",
                "client address " + client.network() + " has " + max
                        + " connections already (connections_per_address)");
    }

    /** Notes that a socket was closed. */
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
