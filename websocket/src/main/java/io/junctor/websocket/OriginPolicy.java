package io.junctor.websocket;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Which web pages may connect: a browser tells where the page came from in the header {@code Origin}, other clients have none.
 */
public final class OriginPolicy {
    private final boolean all;
    private final Set<String> listed;

    /** Allows the listed origins, such as {@code https://example.org}, besides the own host; {@code *} allows all. */
    public OriginPolicy(List<String> origins) {
        this.all = origins.contains("*");
        this.listed = origins.stream().map(OriginPolicy::normal).collect(Collectors.toUnmodifiableSet());
    }

    public boolean allows(@Nullable String origin, @Nullable String host) {
        if (origin == null || all) {
            return true;
        }
        String normal = normal(origin);
        return listed.contains(normal) || (host != null && isSameHost(normal, host.toLowerCase(Locale.ROOT)));
    }

    /** The header {@code Host} leaves out the port that its scheme has by default, and so does an origin. */
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
