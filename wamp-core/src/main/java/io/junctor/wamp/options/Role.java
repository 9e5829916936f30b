package io.junctor.wamp.options;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The roles of a peer in a session (section "Peers and Roles"). */
public enum Role {
    PUBLISHER,
    SUBSCRIBER,
    CALLER,
    CALLEE,
    BROKER,
    DEALER;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The roles that a client may have. */
    public static final List<Role> CLIENT = List.of(PUBLISHER, SUBSCRIBER, CALLER, CALLEE);
    /** The roles that a router may have. */
    public static final List<Role> ROUTER = List.of(BROKER, DEALER);

    /** The key under {@code roles}. */
    public String wire() {
        return wire;
    }

    /** Returns the role with the key {@code wire}, or null if it is unknown. */
    static @Nullable Role ofWire(String wire) {
        for (Role role : values()) {
            if (role.wire.equals(wire)) {
                return role;
            }
        }
        return null;
    }
}
