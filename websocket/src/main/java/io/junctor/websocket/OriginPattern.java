package io.junctor.websocket;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An origin (RFC 6454), or a pattern of origins: {@code https://*.example.org} for all names below {@code example.org},
 * {@code http://localhost:*} for all ports.
 *
 * @param scheme the scheme, in lower case
 * @param host the host, in lower case; empty only for {@code file://}
 * @param port the port, or {@code *} for all ports; empty for schemes without a port
 * @param belowHost whether the pattern matches the names below {@code host}
 */
record OriginPattern(String scheme, String host, String port, boolean belowHost) {
    private static final Pattern FORM = Pattern.compile("(?<scheme>[a-z][a-z0-9+.-]*)://(?<below>\\*\\.)?"
            + "(?<host>\\[[0-9a-f:.]+]|[^\\s/?#*:@\\[\\]]*)(?::(?<port>[0-9]{1,5}|\\*))?");

    /** Reads an origin or pattern; returns null if the text is neither. */
    static @Nullable OriginPattern parse(String text) {
        Matcher match = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!match.matches()) {
            return null;
        }
        String scheme = match.group("scheme");
        String host = match.group("host");
        boolean isFile = scheme.equals("file") && match.group("port") == null && match.group("below") == null;
        if (host.isEmpty() && !isFile) {
            return null;
        }
        String port = match.group("port");
        return new OriginPattern(scheme, host, port == null ? defaultPort(scheme) : port, match.group("below") != null);
    }

    private static String defaultPort(String scheme) {
        return switch (scheme) {
            case "http" -> "80";
            case "https" -> "443";
            default -> "";
        };
    }

    /** Whether this is a single origin, not a pattern. */
    boolean isOrigin() {
        return !belowHost && !port.equals("*");
    }

    boolean matches(OriginPattern origin) {
        boolean matchesHost = belowHost ? origin.host.endsWith("." + host) : origin.host.equals(host);
        return matchesHost && origin.scheme.equals(scheme) && (port.equals("*") || port.equals(origin.port));
    }
}
