package io.junctor.websocket;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides which web pages may connect, by the header {@code Origin} (RFC 6455, section 10.2). Browsers send the origin
 * of the page in it; clients that are not browsers may leave it out.
 */
public final class OriginPolicy {
    private final boolean all;
    private final Set<String> listed;

    /**
     * Allows the listed origins, such as {@code https://example.org}, and those of the same host; {@code *} allows all.
     */
    public OriginPolicy(List<String> origins) {
        this.all = origins.contains("*");
        this.listed = origins.stream().map(OriginPolicy::normal).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a request with these headers may open a WebSocket; a header that is missing is null. */
    public boolean allows(@Nullable String origin, @Nullable String host) {
        if (origin == null || all) {
            return true;
        }
        String normal = normal(origin);
        return listed.contains(normal) || (host != null && isSameHost(normal, host.toLowerCase(Locale.ROOT)));
    }

    /** Both {@code Host} and {@code Origin} leave out the default port of the scheme. */
    private static boolean isSameHost(String origin, String host) {
        return normal("http://" + host).equals(origin)
                || normal("https://" + host).equals(origin);
    }

    private static String normal(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        if (lower.startsWith("http://") && lower.endsWith(":80")) {
            return lower.substring(0, lower.length() - 3);
        }
        if (lower.startsWith("https://") && lower.endsWith(":443")) {
            return lower.substring(0, lower.length() - 4);
        }
        return lower;
    }
}
