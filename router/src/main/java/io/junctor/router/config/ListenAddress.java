package io.junctor.router.config;

/**
 * The address of a listener.
 *
 * @param host an address or a host name of this machine
 * @param port the TCP port, 0 for any free one
 * @param inherited whether the process has inherited the listening socket as its standard input; then host and port are
 *     those of this socket
 */
public record ListenAddress(String host, int port, boolean inherited) {
    /** Checks the port. */
    public ListenAddress {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be from 0 to 65535, not " + port);
        }
    }

    /** An address to which the router binds a socket itself. */
    public ListenAddress(String host, int port) {
        this(host, port, false);
    }

    /** The host as in a URL: IPv6 addresses in brackets. */
    public String urlHost() {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /** The same host with another port. */
    public ListenAddress withPort(int other) {
        return new ListenAddress(host, other, inherited);
    }

    /** For logs and errors, such as {@code 127.0.0.1:8080} or {@code [::1]:8080}. */
    @Override
    public String toString() {
        return urlHost() + ":" + port;
    }
}
