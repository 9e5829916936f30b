package io.junctor.wamp.options;

import org.jspecify.annotations.Nullable;

/** Immutable. How a shared registration chooses its callee (section "Shared Registration"). */
public enum InvokePolicy {
    /** One callee only. */
    SINGLE("single"),
    /** One after the other. */
    ROUND_ROBIN("roundrobin"),
    /** Any. */
    RANDOM("random"),
    /** The one registered earliest. */
    FIRST("first"),
    /** The one registered latest. */
    LAST("last");

    private final String wire;

    InvokePolicy(String wire) {
        this.wire = wire;
    }

    /** The value of the option {@code invoke}. */
    public String wire() {
        return wire;
    }

    /** The policy spelled {@code wire}, or null where there is none. */
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
