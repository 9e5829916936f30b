package io.junctor.server.yaml;

import io.junctor.router.config.AuthMethodConfig;
import io.junctor.router.config.AuthSource;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.value.Dict;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The method {@code unix}. */
final class UnixSection {
    private static final Key<String> AUTHID =
            Key.optional("authid", ScalarType.nonBlank("the authid of these clients"));
    private static final Section<Principal> ACCOUNT = Section.of(
            "a map such as { role: operator }",
            List.of(AUTHID, UserSections.ROLE, UserSections.OTHER_ROLES),
            values -> principal(values.find(AUTHID), values.get(UserSections.ROLE), values));
    private static final Key<Map<String, Principal>> USERS = accounts("users", "user");
    private static final Key<Map<String, Principal>> GROUPS = accounts("groups", "group");
    private static final Key<String> ROLE = Key.optional("role", RealmNames.ROLE);

    private UnixSection() {}

    /** The section, with the key of authenticators. */
    static Section<AuthMethodConfig> with(Key<AuthSource.Procedure> authenticator) {
        return Section.of(
                        "a map such as { users: { backup: { role: operator } } }",
                        List.of(USERS, GROUPS, ROLE, UserSections.OTHER_ROLES, authenticator),
                        values -> AuthMethodConfig.of(AuthMethod.UNIX, source(values, authenticator)))
                .checkedBy(values -> check(values, authenticator));
    }

    private static Key<Map<String, Principal>> accounts(String key, String kind) {
        return Key.optional(
                key,
                new MapType<>(
                        ACCOUNT,
                        "a map of names of " + key + " of the operating system",
                        "the name of a " + kind,
                        name -> !name.isBlank(),
                        kind));
    }

    private static void check(SectionValues values, Key<AuthSource.Procedure> authenticator) {
        boolean hasAccounts = values.has(USERS) || values.has(GROUPS) || values.has(ROLE);
        if (!hasAccounts && !values.has(authenticator)) {
            values.requireAny(USERS, GROUPS, ROLE, authenticator);
        } else if (hasAccounts && values.has(authenticator)) {
            values.error("'authenticator' decides about all accounts: it does not allow 'users', 'groups' and 'role'");
        } else if (values.has(UserSections.OTHER_ROLES) && !values.has(ROLE)) {
            values.error("'other_roles' needs 'role', the role of all accounts that are not listed");
        }
        values.document().addConfigCheck(config -> checkListeners(config, values.node()));
    }

    /** A router without listeners is part of a program, which may have other transports. */
    private static void checkListeners(RouterConfig config, YamlNode node) {
        boolean isOffered = config.listeners().stream()
                .anyMatch(listener -> listener.address().inherited()
                        || (listener.address().unix() != null
                                && !listener.proxies().unix()));
        if (!config.listeners().isEmpty() && !isOffered) {
            node.warnAtKey("no client can use this method: no listener is a Unix domain socket without"
                    + " 'trusted_proxies' (listen, unix)");
        }
    }

    private static AuthSource source(SectionValues values, Key<AuthSource.Procedure> authenticator) {
        if (values.has(authenticator)) {
            return values.get(authenticator);
        }
        String role = values.find(ROLE);
        return new AuthSource.Accounts(
                Objects.requireNonNullElse(values.find(USERS), Map.of()),
                Objects.requireNonNullElse(values.find(GROUPS), Map.of()),
                role == null ? null : principal(null, role, values));
    }

    private static Principal principal(@Nullable String authid, String role, SectionValues values) {
        return new Principal(authid, UserSections.roles(role, values), null, Dict.EMPTY, new Credential.Proven());
    }
}
