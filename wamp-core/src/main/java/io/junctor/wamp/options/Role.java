package io.junctor.wamp.options;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Immutable. The roles a peer can have in a session (section "Peers and Roles"). */
public enum Role {
    PUBLISHER,
    SUBSCRIBER,
    CALLER,
    CALLEE,
    BROKER,
    DEALER;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The roles of a client. */
    public static final List<Role> CLIENT = List.of(PUBLISHER, SUBSCRIBER, CALLER, CALLEE);
    /** The roles of a router. */
    public static final List<Role> ROUTER = List.of(BROKER, DEALER);

    /** The key under {@code roles}. */
    public String wire() {
        return wire;
    }

    /** The role under the key {@code wire}, or null where there is none. */
    static @Nullable Role ofWire(String wire) {
        for (Role role : values()) {
            if (role.wire.equals(wire)) {
                return role;
            }
        }
        return null;
    }
}
