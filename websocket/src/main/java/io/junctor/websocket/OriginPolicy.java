package io.junctor.websocket;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides by the header {@code Origin} which web pages may connect (RFC 6455, section 10.2). Browsers send the origin of the page in this
 * header; other clients may omit it. Immutable.
 */
public final class OriginPolicy {
    private static final String ALL = "*";
    /** The value that browsers send for pages without an origin: pages from files, sandboxed frames and {@code data:} URLs. */
    private static final String OPAQUE = "null";

    private final boolean all;
    private final boolean opaque;
    private final List<OriginPattern> listed;

    /**
     * Creates a policy that allows the origins of a list, and origins with the host and port of the request.
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
     * Whether a text is a valid element of a list of origins: an origin such as {@code https://example.org}, {@code capacitor://localhost}
     * or {@code file://}; {@code https://*.example.org} for all names below a host; {@code http://localhost:*} for all ports; {@code null}
     * for pages without an origin; {@code *} for all.
     */
    public static boolean isEntry(String text) {
        return text.equals(ALL) || text.equals(OPAQUE) || OriginPattern.parse(text) != null;
    }

    /** Whether a request with these headers may open a WebSocket; a missing header is null. */
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

    /** Whether {@code origin} has the host and port of the header {@code Host}. Both headers omit the default port of the scheme. */
    private static boolean isOf(OriginPattern origin, @Nullable String host) {
        return host != null
                && (origin.equals(OriginPattern.parse("http://" + host))
                        || origin.equals(OriginPattern.parse("https://" + host)));
    }
}
