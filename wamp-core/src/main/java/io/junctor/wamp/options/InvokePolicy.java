package io.junctor.wamp.options;

import org.jspecify.annotations.Nullable;

/** The policies by which the dealer selects the callee of a shared registration (section "Shared Registration"). */
public enum InvokePolicy {
    /** One callee only. */
    SINGLE("single"),
    /** Each callee in turn. */
    ROUND_ROBIN("roundrobin"),
    /** A random callee. */
    RANDOM("random"),
    /** The callee that registered first. */
    FIRST("first"),
    /** The callee that registered last. */
    LAST("last");

    private final String wire;

    InvokePolicy(String wire) {
        this.wire = wire;
    }

    /** The value of the option {@code invoke}. */
    public String wire() {
        return wire;
    }

    /** Returns the policy spelled {@code wire}, or null if it is unknown. */
    public static @Nullable InvokePolicy ofWire(String wire) {
        return switch (wire) {
            case "single" -> SINGLE;
            case "roundrobin" -> ROUND_ROBIN;
            case "random" -> RANDOM;
            case "first" -> FIRST;
            case "last" -> LAST;
            default -> null;
        };
    }
}
