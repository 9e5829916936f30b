package io.junctor.server.connector;

import io.junctor.router.spi.PeerCredentials;
import org.jspecify.annotations.Nullable;

/**
 * The address of a client, and what the router knows about its path to the listener.
 *
 * @param client the address of the client
 * @param proxy the trusted proxy of the connection, or null
 * @param isPrivate whether the bytes from the client are encrypted or do not leave this machine
 * @param isOnLoopback whether the listener is on a loopback address and no proxy is in front of it
 */
public record ClientAddress(PeerAddress client, @Nullable PeerAddress proxy, boolean isPrivate, boolean isOnLoopback) {
    /** Returns the key for limits per address: the network of an IP address, or the user of a Unix domain socket. */
    public String network() {
        return client.network();
    }

    /** Returns whether limits per address do not apply: to a program on this machine whose user is unknown. */
    public boolean isUncounted() {
        return proxy == null && client instanceof PeerAddress.Internet && client.isOnThisMachine();
    }

    /** Returns the account of a client that is directly connected by a Unix domain socket, or null. */
    public @Nullable PeerCredentials credentials() {
        return proxy == null && client instanceof PeerAddress.Unix unix ? unix.credentials() : null;
    }

    /** Returns a text for logs. */
    @Override
    public String toString() {
        return proxy == null ? client.toString() : client + " behind " + proxy;
    }
}
