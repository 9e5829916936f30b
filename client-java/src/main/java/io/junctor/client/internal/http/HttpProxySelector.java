package io.junctor.client.internal.http;

import org.jspecify.annotations.Nullable;

/** Chooses the proxy for a router on each attempt to connect. Thread-safe. */
@FunctionalInterface
public interface HttpProxySelector {
    /** No proxy for any router. */
    HttpProxySelector NONE = (secure, host, port) -> null;

    /**
     * Returns the proxy, or null for a direct connection.
     *
     * @param secure whether the connection to the router uses TLS
     */
    @Nullable
    ProxyAddress proxyOf(boolean secure, String host, int port);
}
