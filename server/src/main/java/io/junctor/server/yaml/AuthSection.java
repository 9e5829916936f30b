package io.junctor.server.yaml;

import io.junctor.router.authentication.method.JwtFlow;
import io.junctor.router.config.AuthConfig;
import io.junctor.router.config.AuthMethodConfig;
import io.junctor.router.config.AuthSource;
import io.junctor.router.config.ClientCertificates;
import io.junctor.router.config.ListenerConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.CertificateField;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.auth.Cryptosign;
import io.junctor.wamp.value.Dict;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The authentication methods of a realm. */
final class AuthSection {
    private static final Pattern FIELD_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");
    private static final ScalarType<String> FIELD = ScalarType.matching(
            "the name of a field: letters, digits and -._ and other characters of an HTTP token",
            FIELD_NAME.asMatchPredicate());
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final ScalarType<String> CLAIM = ScalarType.nonBlank("the name of a claim");

    private static final KeyTable AUTHENTICATOR = new KeyTable()
            .optional(
                    "authenticator",
                    new KeyTable("a map such as { procedure: com.example.authenticate }")
                            .all(UriKeys.PROCEDURE)
                            .list("headers", FIELD, "a list of header fields such as [X-Forwarded-User]")
                            .list("cookies", FIELD, "a list of cookies such as [session]")
                            .build(values -> values.record(AuthSource.Procedure.class, Map.of("uri", "procedure"))));

    private static final Section<AuthConfig> ANONYMOUS = new KeyTable("a map such as { role: anonymous }")
            .optional("role", RealmNames.ROLE)
            .optional("loopback_role", RealmNames.ROLE)
            .all(AUTHENTICATOR)
            .check(AuthSection::checkAnonymous)
            .build(AuthSection::anonymous);

    private static final KeyTable UNENCRYPTED = new KeyTable()
            .key("unencrypted", EnumType.of(List.of(false, true), allowed -> allowed ? "allow" : "refuse"), false);

    private static final SecretType<String> ROUTER_KEY = new SecretType<>(
            "a private key of 64 hexadecimal digits", key -> Cryptosign.parse(key) == null ? null : key);

    private static final Section<AuthMethodConfig> JWT = new KeyTable(
                    "a map such as { keys: \"file:keys.json\", issuer: \"https://login.example.org\", audience: shop }")
            .optional(
                    "keys",
                    new SecretType<>(
                            "a JSON Web Key Set with at least one key, without keys of low order",
                            text -> JwtFlow.isKeySet(text) ? text : null))
            .optional("url", ScalarType.matching("an https URL, or an http URL of this machine", AuthSection::isSafe))
            .required("issuer", ScalarType.nonBlank("text"))
            .required("audience", ScalarType.nonBlank("text"))
            .key("authid_claim", CLAIM, "sub")
            .key("role_claim", CLAIM, "role")
            .optional("role", RealmNames.ROLE)
            .all(UNENCRYPTED)
            .check(values -> values.requireOneOf("keys", "url"))
            .build(values -> new AuthMethodConfig(
                    AuthMethod.JWT, values.record(AuthSource.Tokens.class), values.get("unencrypted"), null));

    private static final Section<AuthMethodConfig> TLS = new KeyTable(
                    "a map such as { authid: subject_cn, role: device }")
            .all(users(UserSections.CERTIFICATES))
            .all(AUTHENTICATOR)
            .optional("authid", EnumType.of(CertificateField.class))
            .optional("role", RealmNames.ROLE)
            .all(UserSections.OTHER_ROLES)
            .check(AuthSection::checkTls)
            .build(AuthSection::tls);

    private static final Section<Principal> ACCOUNT = new KeyTable("a map such as { role: operator }")
            .optional("authid", ScalarType.nonBlank("the authid of these clients"))
            .all(UserSections.ROLES)
            .build(values -> account(values.find("authid"), values));

    private static final Section<AuthMethodConfig> UNIX = new KeyTable(
                    "a map such as { users: { backup: { role: operator } } }")
            .optional("users", accounts("users", "user"))
            .optional("groups", accounts("groups", "group"))
            .optional("role", RealmNames.ROLE)
            .all(UserSections.OTHER_ROLES)
            .all(AUTHENTICATOR)
            .check(AuthSection::checkUnix)
            .build(AuthSection::unix);

    static final Section<AuthConfig> SECTION = new KeyTable("a map such as { anonymous: { role: anonymous } }")
            .optional("anonymous", ANONYMOUS)
            .optional(
                    "ticket",
                    method(UserSections.TICKET)
                            .all(UNENCRYPTED)
                            .build(values -> new AuthMethodConfig(
                                    AuthMethod.TICKET, source(values), values.get("unencrypted"), null)))
            .optional("wampcra", method(UserSections.WAMPCRA).build(built(AuthMethod.WAMPCRA)))
            .optional("wamp-scram", method(UserSections.SCRAM).build(built(AuthMethod.SCRAM)))
            .optional("scram", method(UserSections.AUTOBAHN_SCRAM).build(built(AuthMethod.AUTOBAHN_SCRAM)))
            .optional(
                    "cryptosign",
                    method(UserSections.PUBLIC_KEYS)
                            .optional("router_key", ROUTER_KEY)
                            .build(values -> new AuthMethodConfig(
                                    AuthMethod.CRYPTOSIGN, source(values), false, values.find("router_key"))))
            .optional("jwt", JWT)
            .optional("tls", TLS)
            .optional("unix", UNIX)
            .check(AuthSection::check)
            .build(AuthSection::build);

    private AuthSection() {}

    private static void check(SectionValues values) {
        if (Stream.of(AuthMethod.values()).map(AuthMethod::wire).noneMatch(values::has)) {
            values.error(
                    "'auth' needs at least one method: anonymous, ticket, wampcra, wamp-scram, scram, cryptosign, jwt,"
                            + " tls or unix");
        }
    }

    private static AuthConfig build(SectionValues values) {
        AuthConfig auth = values.get("anonymous", AuthConfig.anonymous(null));
        for (AuthMethodConfig method : values.all(AuthMethodConfig.class)) {
            auth = auth.with(method);
        }
        return auth;
    }

    private static void checkAnonymous(SectionValues values) {
        if (values.requireOneOf("role", "authenticator") && values.has("loopback_role") && !values.has("role")) {
            values.error("'loopback_role' needs 'role', the role of all other clients without credentials");
        }
    }

    private static AuthConfig anonymous(SectionValues values) {
        return values.has("authenticator")
                ? AuthConfig.anonymous(null)
                        .with(AuthMethodConfig.of(AuthMethod.ANONYMOUS, values.get("authenticator")))
                : new AuthConfig(values.find("role"), values.find("loopback_role"), List.of());
    }

    private static KeyTable users(Section<Principal> user) {
        return new KeyTable().optional("users", named(user, "a map of authids to users", "an authid", "user"));
    }

    private static MapType<Principal> named(Section<Principal> type, String expected, String name, String entry) {
        return new MapType<>(type, expected, name, text -> !text.isBlank(), entry);
    }

    /** A method with users, an authenticator or both. */
    private static KeyTable method(Section<Principal> user) {
        return new KeyTable(user.expected().replace("such as ", "such as { users: { anna: ") + " } }")
                .all(users(user))
                .all(AUTHENTICATOR)
                .check(values -> values.requireAny("users", "authenticator"));
    }

    private static Function<SectionValues, @Nullable AuthMethodConfig> built(AuthMethod method) {
        return values -> AuthMethodConfig.of(method, source(values));
    }

    private static AuthSource source(SectionValues values) {
        if (!values.has("users")) {
            return values.get("authenticator");
        }
        AuthSource.Users users = new AuthSource.Users(values.get("users"));
        return values.has("authenticator") ? new AuthSource.UsersFirst(users, values.get("authenticator")) : users;
    }

    private static void checkTls(SectionValues values) {
        boolean usersFirst = values.has("users") && values.has("authenticator") && !values.has("authid");
        boolean isOne = usersFirst || values.requireOneOf("users", "authenticator", "authid");
        if (isOne && values.has("authid") && !values.has("role")) {
            values.error("'authid' needs 'role', the role of these clients");
        } else if (isOne && values.has("role", "other_roles") && !values.has("authid")) {
            values.error("'role' and 'other_roles' need 'authid'; each user has its own roles");
        }
        values.document().addConfigCheck(config -> {
            if (isMissing(config, AuthSection::asksForCertificates)) {
                values.error("no listener asks for client certificates: give one 'tls' with 'client_certificates'");
            }
        });
    }

    private static boolean asksForCertificates(ListenerConfig listener) {
        return listener.tls() != null && listener.tls().clientCertificates() != ClientCertificates.NONE;
    }

    /** Whether no listener is suitable. A router without listeners is part of a program that may have other transports. */
    private static boolean isMissing(RouterConfig config, Predicate<ListenerConfig> suitable) {
        return !config.listeners().isEmpty() && config.listeners().stream().noneMatch(suitable);
    }

    private static AuthMethodConfig tls(SectionValues values) {
        AuthSource source = values.has("authid")
                ? new AuthSource.Holders(values.get("authid"), UserSections.roles(values))
                : source(values);
        return AuthMethodConfig.of(AuthMethod.TLS, source);
    }

    private static boolean isSafe(String text) {
        try {
            URI uri = URI.create(text);
            boolean local = "http".equals(uri.getScheme()) && LOOPBACK.contains(String.valueOf(uri.getHost()));
            return uri.getHost() != null && (local || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static MapType<Principal> accounts(String key, String kind) {
        return named(ACCOUNT, "a map of names of " + key + " of the operating system", "the name of a " + kind, kind);
    }

    private static void checkUnix(SectionValues values) {
        boolean hasAccounts = values.has("users", "groups", "role");
        if (!hasAccounts && !values.has("authenticator")) {
            values.requireAny("users", "groups", "role", "authenticator");
        } else if (hasAccounts && values.has("authenticator")) {
            values.error("'authenticator' decides about all accounts: it does not allow 'users', 'groups' and 'role'");
        } else if (values.has("other_roles") && !values.has("role")) {
            values.error("'other_roles' needs 'role', the role of all accounts that are not listed");
        }
        values.document().addConfigCheck(config -> {
            if (isMissing(config, AuthSection::hasUnixClients)) {
                values.node()
                        .warnAtKey("no client can use this method: no listener is a Unix domain socket without"
                                + " 'trusted_proxies' (listen, unix)");
            }
        });
    }

    private static boolean hasUnixClients(ListenerConfig listener) {
        boolean isUnix =
                listener.address().unix() != null && !listener.proxies().unix();
        return listener.address().inherited() || isUnix;
    }

    private static AuthMethodConfig unix(SectionValues values) {
        AuthSource source = values.has("authenticator")
                ? values.get("authenticator")
                : new AuthSource.Accounts(
                        values.get("users", Map.of()),
                        values.get("groups", Map.of()),
                        values.has("role") ? account(null, values) : null);
        return AuthMethodConfig.of(AuthMethod.UNIX, source);
    }

    private static Principal account(@Nullable String authid, SectionValues values) {
        return new Principal(authid, UserSections.roles(values), null, Dict.EMPTY, new Credential.Proven());
    }
}
