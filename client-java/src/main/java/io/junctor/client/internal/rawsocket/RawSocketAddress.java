package io.junctor.client.internal.rawsocket;

import java.net.URI;
import java.nio.file.Path;
import java.util.Set;

/** The address at which a router accepts RawSocket connections. Immutable. */
public sealed interface RawSocketAddress permits RawSocketAddress.Tcp, RawSocketAddress.Unix {
    /** The schemes: {@code tcp}, {@code tls} and {@code unix}; {@code rs} and {@code rss} are the names that other clients use. */
    Set<String> SCHEMES = Set.of("tcp", "rs", "tls", "rss", "unix");

    /** The URI as given. */
    String text();

    /**
     * A host and port.
     *
     * @param secure whether the connection uses TLS
     */
    record Tcp(String text, boolean secure, String host, int port) implements RawSocketAddress {}

    /** The path of a Unix domain socket. */
    record Unix(String text, Path path) implements RawSocketAddress {}

    /** Returns whether a URI has one of the schemes of RawSocket. */
    static boolean isRawSocket(String uri) {
        int colon = uri.indexOf(':');
        return colon > 0 && SCHEMES.contains(uri.substring(0, colon));
    }

    /**
     * Parses a URI.
     *
     * @throws IllegalArgumentException if the URI is not a RawSocket URI with a host and a port, or with a path
     */
    static RawSocketAddress parse(String text) {
        if (text.startsWith("unix:")) {
            return unix(text, text.substring("unix:".length()));
        }
        if (text.startsWith("rs://unix:")) {
            return unix(text, text.substring("rs://unix:".length()));
        }
        URI uri = URI.create(text);
        if (uri.getHost() == null || uri.getPort() <= 0 || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "'" + text + "' must have a host and a port, such as tcp://127.0.0.1:8080");
        }
        boolean secure = uri.getScheme().equals("tls") || uri.getScheme().equals("rss");
        return new Tcp(text, secure, uri.getHost(), uri.getPort());
    }

    private static Unix unix(String text, String path) {
        String file = path.startsWith("///") ? path.substring(2) : path;
        if (file.isEmpty() || file.startsWith("//")) {
            throw new IllegalArgumentException("'" + text + "' must have a path, such as unix:/run/junctor.sock");
        }
        return new Unix(text, Path.of(file));
    }
}
