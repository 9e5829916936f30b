package io.junctor.client.internal.http;

import java.net.IDN;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The router's address in parts: {@code ws} or {@code wss} for a WebSocket, {@code http} or {@code https} for long-poll,
 * {@code ws+unix:/run/junctor.sock:/ws} for a WebSocket over a Unix domain socket.
 *
 * <p>For host names with an underscore, which Docker Compose creates, and for international names, {@link URI} returns no host and
 * port. This class accepts such names.
 *
 * @param text the URI as given
 * @param secure true for {@code wss} and {@code https}
 * @param host the host name or IP address
 * @param port the port, the scheme's default where the URI has none
 * @param target the path with the query
 * @param unix the path of a Unix domain socket, which is then used instead of host and port; or null
 */
public record RouterAddress(
        String text,
        boolean secure,
        String host,
        int port,
        String target,
        @Nullable Path unix) {
    private static final int MAX_PORT = 65_535;
    private static final String OTHER_SCHEMES = "http:, https:, tcp:, tls:, unix:, ws+unix:";
    private static final Pattern AUTHORITY = Pattern.compile("([^:@\\[\\]]+)(?::(\\d{1,9}))?");
    private static final Pattern ENCODED_HOST = Pattern.compile("x([0-9a-f]+)\\.host-with-underscore\\.invalid");

    /** Returns whether a URI has a scheme of long-poll: {@code http} or {@code https}. */
    public static boolean isLongPoll(String text) {
        return text.regionMatches(true, 0, "http:", 0, 5) || text.regionMatches(true, 0, "https:", 0, 6);
    }

    /**
     * Parses a URI.
     *
     * @throws IllegalArgumentException if the URI has an unknown scheme, neither a host nor the path of a socket, or a port that is not from 1 to 65535
     */
    public static RouterAddress parse(String text) {
        URI uri = URI.create(text);
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (scheme.equals("ws+unix")) {
            return unix(text, uri);
        }
        boolean secure = scheme.equals("wss") || scheme.equals("https");
        if (!secure && !scheme.equals("ws") && !scheme.equals("http")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a ws:// or wss:// URI, nor one of " + OTHER_SCHEMES);
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
        return new RouterAddress(text, secure, host, port < 0 ? defaultPort(secure) : (int) port, target, null);
    }

    /** Parses a URI such as {@code ws+unix:/run/junctor.sock:/ws}: the first colon in its path ends the path of the socket. */
    private static RouterAddress unix(String text, URI uri) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        int colon = path.indexOf(':');
        String file = colon < 0 ? path : path.substring(0, colon);
        String target = colon < 0 ? "/" : path.substring(colon + 1);
        if (file.length() < 2 || uri.getRawAuthority() != null || !target.startsWith("/")) {
            throw new IllegalArgumentException("'" + text
                    + "' must have the path of a socket and the path of a WebSocket, such as"
                    + " ws+unix:/run/junctor.sock:/ws");
        }
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        Path socket = Path.of(URI.create(file).getPath());
        return new RouterAddress(text, false, "localhost", defaultPort(false), target + query, socket);
    }

    /** Returns a hint for an error if the URI has no path, because no router listens there; otherwise an empty text. */
    public String pathHint() {
        if (!target.equals("/")) {
            return "";
        }
        String begin = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        String colon = unix == null || begin.endsWith(":") ? "" : ":";
        return " (the address has no path: try " + begin + colon + "/ws)";
    }

    /** Returns the URI of the WebSocket for Jetty's client. Its host may be encoded; see {@link #decodedHost}. */
    public URI webSocketUri() {
        return jettyUri("ws", target);
    }

    /**
     * Returns the URI of a request below this path for Jetty's client, such as {@code http://host/ws/open}. Its host may be encoded.
     *
     * @param below the part of the path after this path
     * @param parameter a parameter of the query, or empty text
     */
    public URI requestUri(String below, String parameter) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        String both = query.isEmpty() || parameter.isEmpty() ? query + parameter : query + "&" + parameter;
        String slash = path.endsWith("/") ? "" : "/";
        return jettyUri("http", path + slash + below + (both.isEmpty() ? "" : "?" + both));
    }

    /** Returns a URI whose host is encoded if {@link URI} would not accept it. */
    private URI jettyUri(String scheme, String pathAndQuery) {
        String name = host.indexOf('_') < 0
                ? host
                : "x" + HexFormat.of().formatHex(host.getBytes(StandardCharsets.UTF_8))
                        + ".host-with-underscore.invalid";
        return URI.create(scheme(scheme) + "://" + name + ":" + port + pathAndQuery);
    }

    /** Returns the host name that was encoded as {@code name}, or null if {@code name} is not encoded. */
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
