package io.junctor.websocket;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides which web pages may connect, by the header {@code Origin} (RFC 6455, section 10.2). Browsers send the origin
 * of the page in it; clients that are not browsers may leave it out. Immutable.
 */
public final class OriginPolicy {
    private static final String ALL = "*";
    /** What browsers send for pages without an origin: from files, sandboxed frames and {@code data:} URLs. */
    private static final String OPAQUE = "null";

    private final boolean all;
    private final boolean opaque;
    private final List<OriginPattern> listed;

    /**
     * Allows the origins of a list, and those of the same host and port.
     *
     * @throws IllegalArgumentException if an element is not an {@linkplain #isEntry entry}
     */
    public OriginPolicy(List<String> origins) {
        origins.stream().filter(origin -> !isEntry(origin)).findFirst().ifPresent(wrong -> {
            throw new IllegalArgumentException("not an origin: " + wrong);
        });
        this.all = origins.contains(ALL);
        this.opaque = origins.contains(OPAQUE);
        this.listed = origins.stream()
                .map(OriginPattern::parse)
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Whether a text can stand in a list of origins: an origin such as {@code https://example.org},
     * {@code capacitor://localhost} or {@code file://}; {@code https://*.example.org} for all names below a host;
     * {@code http://localhost:*} for all ports; {@code null} for pages without an origin; {@code *} for all.
     */
    public static boolean isEntry(String text) {
        return text.equals(ALL) || text.equals(OPAQUE) || OriginPattern.parse(text) != null;
    }

    /** Whether a request with these headers may open a WebSocket; a header that is missing is null. */
    public boolean allows(@Nullable String origin, @Nullable String host) {
        if (origin == null || all) {
            return true;
        }
        if (origin.equals(OPAQUE)) {
            return opaque;
        }
        OriginPattern parsed = OriginPattern.parse(origin);
        return parsed != null
                && parsed.isOrigin()
                && (listed.stream().anyMatch(pattern -> pattern.matches(parsed)) || isOf(parsed, host));
    }

    /** Both {@code Host} and {@code Origin} leave out the default port of the scheme. */
    private static boolean isOf(OriginPattern origin, @Nullable String host) {
        return host != null
                && (origin.equals(OriginPattern.parse("http://" + host))
                        || origin.equals(OriginPattern.parse("https://" + host)));
    }
}
