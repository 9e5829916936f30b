package io.junctor.client.internal.websocket;

import java.net.IDN;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The router's {@code ws} or {@code wss} address, in parts.
 *
 * <p>{@link URI} leaves host and port empty for host names with an underscore, which Docker Compose creates, and for
 * international names. Here they are valid.
 *
 * @param text the URI as given
 * @param secure true for {@code wss}
 * @param host the host name or IP address
 * @param port the port, the scheme's default where the URI has none
 * @param target the path with the query
 */
public record RouterAddress(String text, boolean secure, String host, int port, String target) {
    private static final int MAX_PORT = 65_535;
    private static final Pattern AUTHORITY = Pattern.compile("([^:@\\[\\]]+)(?::(\\d{1,9}))?");
    private static final Pattern ENCODED_HOST = Pattern.compile("x([0-9a-f]+)\\.host-with-underscore\\.invalid");

    /**
     * Reads a URI.
     *
     * @throws IllegalArgumentException if it is not a {@code ws} or {@code wss} URI with a host and a port from 1 to 65535
     */
    public static RouterAddress parse(String text) {
        URI uri = URI.create(text);
        boolean secure = "wss".equalsIgnoreCase(uri.getScheme());
        if (!secure && !"ws".equalsIgnoreCase(uri.getScheme())) {
            throw new IllegalArgumentException("'" + text + "' is not a ws:// or wss:// URI");
        }
        Matcher authority = AUTHORITY.matcher(String.valueOf(uri.getRawAuthority()));
        boolean hasHost = uri.getHost() != null || (uri.getRawAuthority() != null && authority.matches());
        if (!hasHost || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("'" + text + "' must have a host and no user name");
        }
        String host = uri.getHost() != null ? uri.getHost() : ascii(text, authority.group(1));
        long port = uri.getHost() != null ? uri.getPort() : port(authority.group(2));
        if (port == 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port " + port + " in '" + text + "' is not from 1 to " + MAX_PORT);
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        return new RouterAddress(text, secure, host, port < 0 ? defaultPort(secure) : (int) port, target);
    }

    /** The URI for Jetty's client. Its host is encoded if {@link URI} would not accept it; see {@link #decodedHost}. */
    URI jettyUri() {
        String name = host.indexOf('_') < 0
                ? host
                : "x" + HexFormat.of().formatHex(host.getBytes(StandardCharsets.UTF_8))
                        + ".host-with-underscore.invalid";
        return URI.create(scheme("ws") + "://" + name + ":" + port + target);
    }

    /** The address as an {@code http} or {@code https} URI, by which Java selects proxies. */
    URI httpUri() {
        return URI.create(scheme("http") + "://" + host + ":" + port + "/");
    }

    /** The host name that {@link #jettyUri} encoded as {@code name}, or null if {@code name} is not encoded. */
    static @Nullable String decodedHost(String name) {
        Matcher encoded = ENCODED_HOST.matcher(name);
        return encoded.matches() ? new String(HexFormat.of().parseHex(encoded.group(1)), StandardCharsets.UTF_8) : null;
    }

    private String scheme(String plain) {
        return secure ? plain + "s" : plain;
    }

    private static int defaultPort(boolean secure) {
        return secure ? 443 : 80;
    }

    private static long port(@Nullable String digits) {
        return digits == null ? -1 : Long.parseLong(digits);
    }

    private static String ascii(String text, String name) {
        try {
            return IDN.toASCII(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + name + "' in '" + text + "' is not a host name", e);
        }
    }
}
