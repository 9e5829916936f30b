package io.junctor.wamp.options;

import io.junctor.wamp.value.Dict;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Details of {@code HELLO} (section "Session Establishment").
 *
 * @param roles the client's roles and features
 * @param authmethods the offered authentication methods in the client's order of preference; empty if absent
 * @param authid the requested authid, or null
 * @param authrole the requested role, or null
 * @param authextra the data of the authentication methods
 * @param agent the name of the client library, or null
 * @param extra the entries with unknown keys
 */
public record HelloDetails(
        Roles roles,
        List<String> authmethods,
        @Nullable String authid,
        @Nullable String authrole,
        Dict authextra,
        @Nullable String agent,
        Dict extra) {
    private static final Set<String> KNOWN =
            Set.of("roles", "authmethods", "authid", "authrole", "authextra", "agent", "transport");

    /** Copies {@code authmethods}. */
    public HelloDetails {
        authmethods = List.copyOf(authmethods);
    }

    /** Creates details that request an anonymous session. */
    public static HelloDetails anonymous(Roles roles) {
        return new HelloDetails(roles, List.of(), null, null, Dict.EMPTY, null, Dict.EMPTY);
    }

    /** Reads the details and discards the key {@code transport}. */
    public static HelloDetails of(Dict dict) {
        List<String> authmethods = dict.texts("authmethods");
        return new HelloDetails(
                Roles.of(dict.dict("roles"), Role.CLIENT),
                authmethods == null ? List.of() : authmethods,
                dict.text("authid"),
                dict.text("authrole"),
                dict.dict("authextra"),
                dict.text("agent"),
                dict.without(KNOWN));
    }

    /** Returns the dictionary to send. */
    public Dict toDict() {
        return extra.with()
                .put("roles", roles.toDict().entries())
                .put("authmethods", authmethods.isEmpty() ? null : authmethods)
                .put("authid", authid)
                .put("authrole", authrole)
                .put("authextra", authextra.isEmpty() ? null : authextra.entries())
                .put("agent", agent)
                .build();
    }
}
