package io.junctor.wamp.value;

import org.jspecify.annotations.Nullable;

/** Immutable. How a subscription, registration or permission URI is compared (section "Pattern-based Subscriptions"). */
public enum MatchPolicy {
    /** The URI itself. */
    EXACT("exact"),
    /** Every URI whose text starts with the pattern; the empty pattern matches all. */
    PREFIX("prefix"),
    /** Every URI with as many parts whose parts equal the non-empty parts of the pattern. */
    WILDCARD("wildcard");

    private final String wire;

    MatchPolicy(String wire) {
        this.wire = wire;
    }

    /** The value of the option {@code match}. */
    public String wire() {
        return wire;
    }

    /** The policy spelled {@code wire}, or null where there is none. */
    public static @Nullable MatchPolicy ofWire(String wire) {
        return switch (wire) {
            case "exact" -> EXACT;
            case "prefix" -> PREFIX;
            case "wildcard" -> WILDCARD;
            default -> null;
        };
    }
}
