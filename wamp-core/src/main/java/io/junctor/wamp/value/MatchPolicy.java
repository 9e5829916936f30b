package io.junctor.wamp.value;

import org.jspecify.annotations.Nullable;

/** How a subscription, registration or permission URI is compared (section "Pattern-based Subscriptions"). */
public enum MatchPolicy {
    /** The URI itself. */
    EXACT("exact"),
    /** Every URI whose text starts with the pattern; the empty pattern matches all. */
    PREFIX("prefix"),
    /**
     * Every URI with the same number of components whose components equal the non-empty components of the pattern.
     */
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
