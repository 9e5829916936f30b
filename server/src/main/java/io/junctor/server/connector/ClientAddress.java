package io.junctor.server.connector;

import io.junctor.router.config.IpNetwork;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Where a client is.
 *
 * @param client its address, with port 0 where that is not known
 * @param proxy the trusted proxy that it came through; null where it came without one
 * @param isPrivate whether nobody between the client and this machine can read along
 */
public record ClientAddress(
        InetSocketAddress client, @Nullable InetSocketAddress proxy, boolean isPrivate) {
    /** What a provider gives to one customer at least: who has that has as many IPv6 addresses as he likes. */
    private static final int IPV6_BITS = 64;

    private static final int IPV4_BITS = 32;

    /** What its connections and wrong attempts are counted by: its address, or the /64 network of an IPv6 address. */
    public IpNetwork network() {
        InetAddress address = client.getAddress();
        return IpNetwork.of(address, address instanceof Inet6Address ? IPV6_BITS : IPV4_BITS);
    }

    /** Whether it is a program on this machine. */
    public boolean isLocal() {
        return proxy == null && client.getAddress().isLoopbackAddress();
    }

    /** For logs. */
    @Override
    public String toString() {
        return proxy == null ? text(client) : text(client) + " behind " + text(proxy);
    }

    private static String text(InetSocketAddress place) {
        String address = place.getAddress().getHostAddress();
        String literal = address.contains(":") ? "[" + address + "]" : address;
        return place.getPort() == 0 ? address : literal + ":" + place.getPort();
    }
}
