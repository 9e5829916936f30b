package io.junctor.router.authentication;

import io.junctor.router.connection.transport.Connection;

/**
 * What the way from a client to the router lets it log in with.
 *
 * @param isPlain whether others could read what the client sends
 * @param hasAccount whether the client is connected by a Unix domain socket
 * @param isOnLoopback whether the client uses a listener on a loopback address, without a proxy
 */
public record ClientLink(boolean isPlain, boolean hasAccount, boolean isOnLoopback) {
    /** The link of a connection. */
    public static ClientLink of(Connection transport) {
        return new ClientLink(!transport.isPrivate(), transport.peerCredentials() != null, transport.isOnLoopback());
    }

    /** The same link, encrypted. */
    ClientLink encrypted() {
        return new ClientLink(false, hasAccount, isOnLoopback);
    }
}
