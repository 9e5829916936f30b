package io.junctor.router.spi;

import io.junctor.wamp.value.Dict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The identity and rights of a client that may join after it has proven its credential.
 *
 * @param authid the authid that it gets, or null for the one that it asked for
 * @param roles the authroles that it may ask for, at least one; the first is the default
 * @param realm the realm that it joins, or null for the one that it asked for
 * @param extra the {@code authextra} of {@code WELCOME}
 * @param credential the credential that it has to prove
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

    /** A client with one role, in the realm that it asks for. */
    public static Principal of(String role, Credential credential) {
        return new Principal(null, List.of(role), null, Dict.EMPTY, credential);
    }

    /**
     * The authrole that the client gets: {@code wish} if it is one of its roles, else the first (section
     * "Authentication").
     */
    public String role(@Nullable String wish) {
        return wish != null && roles.contains(wish) ? wish : roles.getFirst();
    }
}
