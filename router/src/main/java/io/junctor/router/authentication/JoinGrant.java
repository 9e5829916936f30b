package io.junctor.router.authentication;

import io.junctor.router.connection.transport.TrustedIdentity;
import io.junctor.wamp.value.Dict;
import org.jspecify.annotations.Nullable;

/**
 * The identity and rights that an authenticated client gets when it joins.
 *
 * @param authid its authid, or null if the router makes a random one
 * @param role its role, which the realm defines
 * @param method the authentication method
 * @param provider the authentication provider
 * @param authextra the {@code authextra} of {@code WELCOME}
 * @param session the id reserved for the session; 0 if no id is reserved
 * @param agent the name of the client library in {@code HELLO}, or null
 * @param grantedBy the realm or template whose methods authenticated the client, or null if it is the one that the client joins
 */
public record JoinGrant(
        @Nullable String authid,
        String role,
        String method,
        String provider,
        Dict authextra,
        long session,
        @Nullable String agent,
        @Nullable String grantedBy) {

    /** The grant of an anonymous session. */
    public static JoinGrant anonymous(String role) {
        return new JoinGrant(null, role, "anonymous", "static", Dict.EMPTY, 0, null, null);
    }

    /** The grant of a session for which the program that embeds the router vouches. */
    static JoinGrant trusted(TrustedIdentity identity) {
        return new JoinGrant(identity.authid(), identity.authrole(), "trusted", "program", Dict.EMPTY, 0, null, null);
    }

    /** The same grant with this name of the client library. */
    JoinGrant by(@Nullable String library) {
        return new JoinGrant(authid, role, method, provider, authextra, session, library, grantedBy);
    }
}
