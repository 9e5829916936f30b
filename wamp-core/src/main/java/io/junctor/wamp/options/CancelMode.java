package io.junctor.wamp.options;

import org.jspecify.annotations.Nullable;

/** The ways in which the router handles a canceled call (section "Call Canceling"). */
public enum CancelMode {
    /** The caller gets an error immediately. The callee is not interrupted. */
    SKIP("skip"),
    /** The callee is interrupted. The caller gets the callee's answer. */
    KILL("kill"),
    /** The caller gets an error immediately. The callee is interrupted. */
    KILL_NO_WAIT("killnowait");

    private final String wire;

    CancelMode(String wire) {
        this.wire = wire;
    }

    /** The value of the option {@code mode}. */
    public String wire() {
        return wire;
    }

    /** Returns the mode spelled {@code wire}, or null if it is unknown. */
    public static @Nullable CancelMode ofWire(String wire) {
        return switch (wire) {
            case "skip" -> SKIP;
            case "kill" -> KILL;
            case "killnowait" -> KILL_NO_WAIT;
            default -> null;
        };
    }
}
