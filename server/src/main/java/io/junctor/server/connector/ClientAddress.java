package io.junctor.server.connector;

import io.junctor.router.spi.PeerCredentials;
import org.jspecify.annotations.Nullable;

/**
 * The address of a client.
 *
 * @param client the client
 * @param proxy the trusted proxy of the connection, or null
 * @param isPrivate whether the way from the client to this machine is encrypted or stays on this machine
 * @param isOnLoopback whether the listener is on a loopback address and no proxy is in front of it
 */
public record ClientAddress(PeerAddress client, @Nullable PeerAddress proxy, boolean isPrivate, boolean isOnLoopback) {
    /** What limits per address count for: the network of an address, or the user of a Unix domain socket. */
    public String network() {
        return client.network();
    }

    /** Whether limits per address do not count the client: it is a program on this machine, of a user who is not known. */
    public boolean isUncounted() {
        return proxy == null && client instanceof PeerAddress.Internet && client.isOnThisMachine();
    }

    /** The account of a client that is connected by a Unix domain socket itself, or null. */
    public @Nullable PeerCredentials credentials() {
        return proxy == null && client instanceof PeerAddress.Unix unix ? unix.credentials() : null;
    }

    /** For logs. */
    @Override
    public String toString() {
        return proxy == null ? client.toString() : client + " behind " + proxy;
    }
}
