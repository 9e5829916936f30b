package io.junctor.server.connector;

import io.junctor.router.config.http.IpNetwork;
import io.junctor.router.spi.PeerCredentials;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/** Who is at the other end of a socket. */
public sealed interface PeerAddress permits PeerAddress.Internet, PeerAddress.Unix {
    /** The other end of an end point, or what a proxy announced in the PROXY protocol; null if it is not known. */
    static @Nullable PeerAddress of(EndPoint endPoint) {
        if (endPoint.getRemoteSocketAddress() instanceof InetSocketAddress internet && !internet.isUnresolved()) {
            return new Internet(internet);
        }
        PeerCredentials credentials =
                PassEndPoint.socketOf(endPoint) instanceof PassEndPoint socket ? socket.credentials() : null;
        return credentials == null ? null : new Unix(credentials);
    }

    /** What limits per address count for. */
    String network();

    /** Whether the other end is on this machine, so that bytes between the two cannot be read elsewhere. */
    boolean isOnThisMachine();

    /**
     * An address and port.
     *
     * @param socket the address, with port 0 if the port is not known
     */
    record Internet(InetSocketAddress socket) implements PeerAddress {
        /** Providers give each customer a /64 network at least, so all its addresses count as one. */
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

        /** For logs. */
        @Override
        public String toString() {
            String text = address().getHostAddress();
            String literal = text.contains(":") ? "[" + text + "]" : text;
            return socket.getPort() == 0 ? text : literal + ":" + socket.getPort();
        }
    }

    /** A program that is connected by a Unix domain socket, which has no address of its own. */
    record Unix(PeerCredentials credentials) implements PeerAddress {
        /** The user: all programs of a user count as one. */
        @Override
        public String network() {
            return toString();
        }

        @Override
        public boolean isOnThisMachine() {
            return true;
        }

        /** For logs. */
        @Override
        public String toString() {
            return "unix:" + credentials.user();
        }
    }
}
