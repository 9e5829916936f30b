package io.junctor.wamp.value;

import org.jspecify.annotations.Nullable;

/** The policies for matching URIs with the URI or pattern of a subscription, registration or permission (section "Pattern-based Subscriptions"). */
public enum MatchPolicy {
    /** Matches only the URI itself. */
    EXACT("exact"),
    /** Matches every URI whose text starts with the pattern; the empty pattern matches all URIs. */
    PREFIX("prefix"),
    /** Matches every URI with the same number of components that is equal to the pattern in each non-empty component of the pattern. */
    WILDCARD("wildcard");

    private final String wire;

    MatchPolicy(String wire) {
        this.wire = wire;
    }

    /** The value of the option {@code match}. */
    public String wire() {
        return wire;
    }

    /** Returns the policy spelled {@code wire}, or null if it is unknown. */
    public static @Nullable MatchPolicy ofWire(String wire) {
        return switch (wire) {
            case "exact" -> EXACT;
            case "prefix" -> PREFIX;
            case "wildcard" -> WILDCARD;
            default -> null;
        };
    }
}
