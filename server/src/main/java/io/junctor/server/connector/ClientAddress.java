package io.junctor.server.connector;

import io.junctor.router.config.IpNetwork;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The address of a client.
 *
 * @param client the address, with port 0 if the port is not known
 * @param proxy the trusted proxy of the connection, or null
 * @param isPrivate whether the way from the client to this machine is encrypted or stays on this machine
 */
public record ClientAddress(
        InetSocketAddress client, @Nullable InetSocketAddress proxy, boolean isPrivate) {
    /** Providers give each customer a /64 network at least, so all its addresses count as one. */
    private static final int IPV6_BITS = 64;

    private static final int IPV4_BITS = 32;

    /** The network that limits per address count for: the IPv4 address, or the /64 network of an IPv6 address. */
    public IpNetwork network() {
        InetAddress address = client.getAddress();
        return IpNetwork.of(address, address instanceof Inet6Address ? IPV6_BITS : IPV4_BITS);
    }

    /** Whether the client is a program on this machine. */
    public boolean isLocal() {
        return proxy == null && client.getAddress().isLoopbackAddress();
    }

    /** For logs. */
    @Override
    public String toString() {
        return proxy == null ? text(client) : text(client) + " behind " + text(proxy);
    }

    private static String text(InetSocketAddress socket) {
        String address = socket.getAddress().getHostAddress();
        String literal = address.contains(":") ? "[" + address + "]" : address;
        return socket.getPort() == 0 ? address : literal + ":" + socket.getPort();
    }
}
