package io.junctor.router.config.listener;

import io.junctor.router.config.http.IpNetwork;
import java.net.InetAddress;
import java.util.List;

/**
 * The proxies in front of a listener.
 *
 * @param trusted the addresses of the proxies whose information about client addresses is trusted
 * @param unix whether all programs that connect to a Unix domain socket are trusted proxies
 * @param protocol whether all proxies use the PROXY protocol and no other clients connect; otherwise the listener reads client addresses
 *     from HTTP header fields
 */
public record ProxyConfig(List<IpNetwork> trusted, boolean unix, boolean protocol) {
    /** No proxy is trusted. */
    public static final ProxyConfig NONE = new ProxyConfig(List.of(), false);

    /** Copies the list. */
    public ProxyConfig {
        trusted = List.copyOf(trusted);
        if (protocol && trusted.isEmpty() && !unix) {
            throw new IllegalArgumentException("the PROXY protocol needs proxies that are trusted");
        }
    }

    /** Proxies that connect by TCP. */
    public ProxyConfig(List<IpNetwork> trusted, boolean protocol) {
        this(trusted, false, protocol);
    }

    /** Whether an address belongs to a trusted proxy. */
    public boolean contain(InetAddress address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }
}
