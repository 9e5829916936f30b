package io.junctor.wamp.options;

import java.util.List;
import java.util.Locale;

/** Immutable. The roles a peer can have in a session (section "Peers and Roles"). */
public enum Role {
    PUBLISHER,
    SUBSCRIBER,
    CALLER,
    CALLEE,
    BROKER,
    DEALER;

    /** The roles of a client. */
    public static final List<Role> CLIENT = List.of(PUBLISHER, SUBSCRIBER, CALLER, CALLEE);
    /** The roles of a router. */
    public static final List<Role> ROUTER = List.of(BROKER, DEALER);

    /** The key under {@code roles}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
