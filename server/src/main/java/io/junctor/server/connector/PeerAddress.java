package io.junctor.server.connector;

import io.junctor.router.config.http.IpNetwork;
import io.junctor.router.spi.PeerCredentials;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/** The address at the other end of a socket. */
public sealed interface PeerAddress permits PeerAddress.Internet, PeerAddress.Unix {
    /** Returns the peer of an end point, or the address that a proxy announced in the PROXY protocol; null if it is unknown. */
    static @Nullable PeerAddress of(EndPoint endPoint) {
        if (endPoint.getRemoteSocketAddress() instanceof InetSocketAddress internet && !internet.isUnresolved()) {
            return new Internet(internet);
        }
        PeerCredentials credentials =
                PassEndPoint.socketOf(endPoint) instanceof PassEndPoint socket ? socket.credentials() : null;
        return credentials == null ? null : new Unix(credentials);
    }

    /** Returns the key for limits per address. */
    String network();

    /** Returns whether the peer is on this machine, so that no other machine can read the bytes between the two. */
    boolean isOnThisMachine();

    /**
     * An address and port.
     *
     * @param socket the address, with port 0 if the port is not known
     */
    record Internet(InetSocketAddress socket) implements PeerAddress {
        /** The length of the network prefix of an IPv6 client: providers give each customer at least a /64 network. */
        private static final int IPV6_BITS = 64;

        private static final int IPV4_BITS = 32;

        InetAddress address() {
            return socket.getAddress();
        }

        /** The IPv4 address, or the /64 network of an IPv6 address. */
        @Override
        public String network() {
            return IpNetwork.of(address(), address() instanceof Inet6Address ? IPV6_BITS : IPV4_BITS)
                    .toString();
        }

        @Override
        public boolean isOnThisMachine() {
            return address().isLoopbackAddress();
        }

        /** Returns a text for logs. */
        @Override
        public String toString() {
            String text = address().getHostAddress();
            String literal = text.contains(":") ? "[" + text + "]" : text;
            return socket.getPort() == 0 ? text : literal + ":" + socket.getPort();
        }
    }

    /** A program that is connected by a Unix domain socket, which has no network address. */
    record Unix(PeerCredentials credentials) implements PeerAddress {
        /** Returns the user: all programs of a user are counted together. */
        @Override
        public String network() {
            return toString();
        }

        @Override
        public boolean isOnThisMachine() {
            return true;
        }

        /** Returns a text for logs. */
        @Override
        public String toString() {
            return "unix:" + credentials.user();
        }
    }
}
