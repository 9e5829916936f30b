package io.junctor.router.spi;

import io.junctor.wamp.value.Dict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Somebody who may join.
 *
 * @param authid the authid to get in place of the requested one, or null for that one
 * @param roles the roles it may have, the first where it wishes for no other of them; at least one
 * @param realm the realm to join in place of the requested one, or null for that one
 * @param extra what {@code WELCOME} tells it in {@code authextra}
 * @param credential what it has to prove
 */
public record Principal(
        @Nullable String authid,
        List<String> roles,
        @Nullable String realm,
        Dict extra,
        Credential credential) {

    /** Copies the list. */
    public Principal {
        roles = List.copyOf(roles);
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("a principal needs a role");
        }
    }

    /** Somebody with one role in the realm it asks for. */
    public static Principal of(String role, Credential credential) {
        return new Principal(null, List.of(role), null, Dict.EMPTY, credential);
    }

    /** The role to grant: the wish where it is allowed (section "Authentication"). */
    public String role(@Nullable String wish) {
        return wish != null && roles.contains(wish) ? wish : roles.getFirst();
    }
}
