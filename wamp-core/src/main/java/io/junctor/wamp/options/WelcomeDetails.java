package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Details of {@code WELCOME} (section "Session Establishment").
 *
 * @param roles the router's roles and features
 * @param realm the joined realm, or null if {@code WELCOME} does not contain it
 * @param identity the identity of the session
 * @param authextra the data of the authentication method
 * @param agent the name of the router software, or null
 * @param extra the entries with unknown keys
 */
public record WelcomeDetails(
        Roles roles,
        @Nullable String realm,
        Identity identity,
        Dict authextra,
        @Nullable String agent,
        Dict extra) {
    private static final Set<String> KNOWN =
            Set.of("roles", "realm", "authid", "authrole", "authmethod", "authprovider", "authextra", "agent");

    /** Reads the details. */
    public static WelcomeDetails of(Dict dict) {
        return new WelcomeDetails(
                Roles.of(dict.dict("roles"), Role.ROUTER),
                dict.text("realm"),
                new Identity(
                        dict.text("authid"), dict.text("authrole"), dict.text("authmethod"), dict.text("authprovider")),
                dict.dict("authextra"),
                dict.text("agent"),
                dict.without(KNOWN));
    }

    /** Returns the dictionary to send. */
    public Dict toDict() {
        return withRoles(roles.toDict().entries());
    }

    /** Returns the dictionary to send, with {@code announced} as the value of {@code roles}; it may already be encoded. */
    public Dict withRoles(Object announced) {
        return extra.with()
                .put("realm", realm)
                .put("authid", identity.authid())
                .put("authrole", identity.authrole())
                .put("authmethod", identity.authmethod())
                .put("authprovider", identity.authprovider())
                .put("roles", announced)
                .put("authextra", authextra.isEmpty() ? null : authextra.entries())
                .put("agent", agent)
                .build();
    }
}
