package io.junctor.router.config;

import java.net.InetAddress;
import java.util.List;

/**
 * Immutable. The proxies in front of a listener.
 *
 * @param trusted where those are whose word about the client is taken
 */
public record Proxies(List<Network> trusted) {
    /** No proxy is trusted. */
    public static final Proxies NONE = new Proxies(List.of());

    /** Copies the list. */
    public Proxies {
        trusted = List.copyOf(trusted);
    }

    /** Whether an address is that of a trusted proxy. */
    public boolean contain(InetAddress address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }
}
