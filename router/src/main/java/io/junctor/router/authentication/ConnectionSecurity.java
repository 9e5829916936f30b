package io.junctor.router.authentication;

import io.junctor.router.connection.transport.Connection;

/**
 * The properties of a client's connection that decide which authentication methods the client may use.
 *
 * @param isPlain whether the connection is neither encrypted nor within this machine, so that others could read it
 * @param hasAccount whether the client is connected by a Unix domain socket
 * @param isOnLoopback whether the client uses a listener on a loopback address, without a proxy
 */
public record ConnectionSecurity(boolean isPlain, boolean hasAccount, boolean isOnLoopback) {
    /** The link of a connection. */
    public static ConnectionSecurity of(Connection transport) {
        return new ConnectionSecurity(
                !transport.isPrivate(), transport.peerCredentials() != null, transport.isOnLoopback());
    }

    /** The same link, encrypted. */
    ConnectionSecurity encrypted() {
        return new ConnectionSecurity(false, hasAccount, isOnLoopback);
    }
}
