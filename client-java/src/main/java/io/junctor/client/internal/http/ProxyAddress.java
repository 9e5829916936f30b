package io.junctor.client.internal.http;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy through which the client connects by {@code CONNECT}. {@code toString} shows no password.
 *
 * @param host the proxy's host
 * @param port the proxy's port
 * @param user the user name of Basic authentication, or null for none
 * @param password the password, or null for none
 */
public record ProxyAddress(
        String host,
        int port,
        @Nullable String user,
        @Nullable String password) {

    /**
     * Returns the proxy that Java's system properties name for this router: {@code https.proxyHost}, {@code https.proxyPort},
     * {@code https.proxyUser} and {@code https.proxyPassword} for connections by TLS, the same with {@code http.} for others, and
     * {@code http.nonProxyHosts} for routers that are reached directly. Null if they name no proxy.
     */
    public static @Nullable ProxyAddress ofSystem(boolean secure, String host, int port) {
        String scheme = secure ? "https" : "http";
        InetSocketAddress selected = selected(URI.create(scheme + "://" + host + ":" + port + "/"));
        if (selected == null) {
            return null;
        }
        return new ProxyAddress(
                selected.getHostString(),
                selected.getPort(),
                System.getProperty(scheme + ".proxyUser"),
                System.getProperty(scheme + ".proxyPassword"));
    }

    private static @Nullable InetSocketAddress selected(URI router) {
        ProxySelector selector = ProxySelector.getDefault();
        if (selector == null) {
            return null;
        }
        List<Proxy> proxies = selector.select(router);
        Proxy first = proxies.isEmpty() ? Proxy.NO_PROXY : proxies.getFirst();
        return first.type() == Proxy.Type.HTTP && first.address() instanceof InetSocketAddress address ? address : null;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
