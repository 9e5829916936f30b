package io.junctor.router.config.listener;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The address of a listener.
 *
 * @param host an address or a host name of this machine; empty for a Unix domain socket
 * @param port the TCP port; 0 for any free port
 * @param inherited whether the process has inherited the listening socket as its standard input; the other components then describe this
 *     socket
 * @param unix the Unix domain socket, or null for a TCP port
 */
public record ListenAddress(
        String host, int port, boolean inherited, @Nullable UnixSocket unix) {
    private static final Set<String> ALL_ADDRESSES = Set.of("0.0.0.0", "::");

    /** Checks the port. */
    public ListenAddress {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be from 0 to 65535, not " + port);
        }
    }

    /** An address to which the router binds a socket itself. */
    public ListenAddress(String host, int port) {
        this(host, port, false, null);
    }

    /** A Unix domain socket that the router binds itself. */
    public static ListenAddress of(UnixSocket socket) {
        return new ListenAddress("", 0, false, socket);
    }

    /** Whether this is an address of the loopback interface, which other machines cannot reach. Resolves a host name. */
    public boolean isLoopback() {
        try {
            return unix == null && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // An unknown host; a listener cannot be bound to it either.
            return false;
        }
    }

    /** The host in the form of a URL: IPv6 addresses in brackets. */
    public String urlHost() {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /** A copy with another port; a Unix domain socket stays unchanged. */
    public ListenAddress withPort(int other) {
        return unix == null ? new ListenAddress(host, other, inherited, null) : this;
    }

    /** Whether two listeners at these addresses would need the same socket. Port 0 never conflicts, because it stands for any free port. */
    public boolean sharesSocket(ListenAddress other) {
        if (unix != null) {
            return other.unix != null && unix.path().equals(other.unix.path());
        }
        boolean sharesHost =
                host.equals(other.host) || ALL_ADDRESSES.contains(host) || ALL_ADDRESSES.contains(other.host);
        return other.unix == null && port == other.port && port != 0 && sharesHost;
    }

    /** A copy with another value of {@code inherited}. */
    ListenAddress withInherited(boolean other) {
        return new ListenAddress(host, port, other, unix);
    }

    /** Formats the address for logs and errors, such as {@code 127.0.0.1:8080}, {@code [::1]:8080} or {@code unix:/run/junctor.sock}. */
    @Override
    public String toString() {
        return unix == null ? urlHost() + ":" + port : "unix:" + unix.path();
    }
}
