package io.junctor.router.config;

import java.net.InetAddress;
import java.util.List;

/**
 * The proxies in front of a listener.
 *
 * @param trusted where those are whose word about the client is taken
 * @param protocol whether all of them, and no other clients, connect by the PROXY protocol; otherwise HTTP headers are read
 */
public record ProxyConfig(List<IpNetwork> trusted, boolean protocol) {
    /** No proxy is trusted. */
    public static final ProxyConfig NONE = new ProxyConfig(List.of(), false);

    /** Copies the list. */
    public ProxyConfig {
        trusted = List.copyOf(trusted);
        if (protocol && trusted.isEmpty()) {
            throw new IllegalArgumentException("the PROXY protocol needs proxies that are trusted");
        }
    }

    /** Whether an address is that of a trusted proxy. */
    public boolean contain(InetAddress address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }
}
