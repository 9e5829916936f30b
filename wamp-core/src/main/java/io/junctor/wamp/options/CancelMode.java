package io.junctor.wamp.options;

import org.jspecify.annotations.Nullable;

/** Immutable. What happens to a call that is canceled (section "Call Canceling"). */
public enum CancelMode {
    /** The caller gets its error at once, the callee is not told. */
    SKIP("skip"),
    /** The callee is interrupted, the caller gets what it answers. */
    KILL("kill"),
    /** The caller gets its error at once, the callee is interrupted. */
    KILL_NO_WAIT("killnowait");

    private final String wire;

    CancelMode(String wire) {
        this.wire = wire;
    }

    /** The value of the option {@code mode}. */
    public String wire() {
        return wire;
    }

    /** The mode spelled {@code wire}, or null where there is none. */
    public static @Nullable CancelMode ofWire(String wire) {
        return switch (wire) {
            case "skip" -> SKIP;
            case "kill" -> KILL;
            case "killnowait" -> KILL_NO_WAIT;
            default -> null;
        };
    }
}
