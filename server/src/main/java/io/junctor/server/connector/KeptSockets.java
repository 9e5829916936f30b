package io.junctor.server.connector;

import io.junctor.router.config.IpNetwork;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.io.EndPoint;

/** Limits how many sockets of one address stay open for the requests of long-poll transports. Thread-safe. */
final class KeptSockets {
    private final int maxPerAddress;
    private final Map<EndPoint, IpNetwork> networks = new HashMap<>();
    private final Map<IpNetwork, Integer> socketsByNetwork = new HashMap<>();

    KeptSockets(int maxPerAddress) {
        this.maxPerAddress = maxPerAddress;
    }

    /**
     * Counts a socket for the client of its last request until the socket closes. Returns false if the address of the
     * client has the most sockets allowed. Programs on this machine do not count.
     */
    synchronized boolean keep(EndPoint socket, ClientAddress client) {
        if (client.isLocal()) {
            return true;
        }
        IpNetwork network = client.network();
        if (network.equals(networks.get(socket))) {
            return true;
        }
        onClosed(socket);
        if (!socket.isOpen() || socketsByNetwork.getOrDefault(network, 0) >= maxPerAddress) {
            return false;
        }
        networks.put(socket, network);
        socketsByNetwork.merge(network, 1, Integer::sum);
        return true;
    }

    /** A socket was closed. */
    synchronized void onClosed(EndPoint socket) {
        IpNetwork network = networks.remove(socket);
        if (network != null) {
            socketsByNetwork.computeIfPresent(network, (same, sockets) -> sockets == 1 ? null : sockets - 1);
        }
    }
}
