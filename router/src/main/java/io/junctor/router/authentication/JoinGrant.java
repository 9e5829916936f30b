package io.junctor.router.authentication;

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
public record JoinGrant(
        @Nullable String authid, String role, String method, String provider, Dict authextra, long session) {

    /** A session without credentials. */
    public static JoinGrant anonymous(String role) {
        return new JoinGrant(null, role, "anonymous", "static", Dict.EMPTY, 0);
    }
}
