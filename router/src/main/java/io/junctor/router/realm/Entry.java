package io.junctor.router.realm;

import io.junctor.wamp.value.Dict;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. What a client has been granted.
 *
 * @param authid its authid, or null for one that tells nothing
 * @param role its role, which its realm has
 * @param method the method that proved it
 * @param provider who checked it
 * @param authextra what {@code WELCOME} tells it for the method
 * @param session the id reserved for its session, 0 for none
 */
record Entry(@Nullable String authid, String role, String method, String provider, Dict authextra, long session) {

    /** A session without credentials. */
    static Entry anonymous(String role) {
        return new Entry(null, role, "anonymous", "static", Dict.EMPTY, 0);
    }
}
