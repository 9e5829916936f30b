package io.junctor.server.yaml;

import io.junctor.router.authentication.method.JwtFlow;
import io.junctor.router.config.AuthConfig;
import io.junctor.router.config.AuthMethodConfig;
import io.junctor.router.config.AuthSource;
import io.junctor.router.config.ClientCertificates;
import io.junctor.router.config.ListenerConfig;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.CertificateField;
import io.junctor.router.spi.Principal;
import io.junctor.server.yaml.ValueType.MapOf;
import io.junctor.wamp.auth.Cryptosign;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The authentication methods of a realm. */
final class AuthSection {
    private static final ScalarType<String> FIELD = ScalarType.matching(
            "the name of a field: letters, digits and -._ and other characters of an HTTP token",
            text -> text.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}"));
    private static final ScalarType<String> CLAIM = ScalarType.nonBlank("the name of a claim");
    private static final SecretType<String> KEY_SET = SecretType.matching(
            "a JSON Web Key Set with at least one key, without keys of low order", JwtFlow::isKeySet);
    private static final ScalarType<String> KEY_SET_URL =
            ScalarType.matching("an https URL, or an http URL of this machine", AuthSource.Tokens::isSafe);
    private static final Section<SectionValues> NOTHING = Section.group();
    private static final Section<SectionValues> ROUTER_KEY = Section.group()
            .optional(
                    "router_key",
                    SecretType.matching(
                            "a private key of 64 hexadecimal digits", key -> Cryptosign.parse(key) != null));

    private static final Section<AuthSource> PROCEDURE = Section.of(
                    "a map such as { procedure: com.example.authenticate }")
            .all(Names.PROCEDURE)
            .list("headers", FIELD)
            .list("cookies", FIELD)
            .build(values -> values.record(AuthSource.Procedure.class, "uri=procedure"));
    private static final Section<SectionValues> AUTHENTICATOR = Section.group().optional("authenticator", PROCEDURE);

    private static final Section<AuthConfig> ANONYMOUS = Section.of("a map such as { role: anonymous }")
            .optional("role", Names.ROLE)
            .optional("loopback_role", Names.ROLE)
            .all(AUTHENTICATOR)
            .check(values -> values.requireOneOf("role", "authenticator"))
            .refuse(
                    values -> values.has("loopback_role") && values.has("authenticator") && !values.has("role"),
                    "'loopback_role' needs 'role', the role of all other clients without credentials")
            .build(AuthSection::anonymous);

    private static final Section<AuthMethodConfig> JWT = Section.of(
                    "a map such as { keys: \"file:keys.json\", issuer: \"https://login.example.org\", audience: shop }")
            .optional("keys", KEY_SET)
            .optional("url", KEY_SET_URL)
            .required("issuer", ScalarType.nonBlank("text"))
            .required("audience", ScalarType.nonBlank("text"))
            .key("authid_claim", CLAIM, "sub")
            .key("role_claim", CLAIM, "role")
            .optional("role", Names.ROLE)
            .all(TlsSection.UNENCRYPTED)
            .check(values -> values.requireOneOf("keys", "url"))
            .build(values -> offer(AuthMethod.JWT, values.record(AuthSource.Tokens.class), values));

    private static final Section<AuthMethodConfig> TLS = Section.of(
                    "a map such as { authid: subject_cn, role: device }")
            .all(users(UserSections.CERTIFICATES))
            .all(AUTHENTICATOR)
            .optional("authid", ScalarType.oneOf(CertificateField.class))
            .optional("role", Names.ROLE)
            .all(UserSections.OTHER_ROLES)
            .check(AuthSection::checkTls)
            .build(values -> offer(AuthMethod.TLS, tls(values), values));

    private static final Section<Principal> ACCOUNT = Section.of("a map such as { role: operator }")
            .optional("authid", ScalarType.nonBlank("the authid of these clients"))
            .all(UserSections.ROLES)
            .build(values -> UserSections.account(values.find("authid"), values));

    private static final Section<AuthMethodConfig> UNIX = Section.of(
                    "a map such as { users: { backup: { role: operator } } }")
            .optional("users", new MapOf<>(ScalarType.nonBlank("the name of a user"), ACCOUNT, "user"))
            .optional("groups", new MapOf<>(ScalarType.nonBlank("the name of a group"), ACCOUNT, "group"))
            .optional("role", Names.ROLE)
            .all(UserSections.OTHER_ROLES)
            .all(AUTHENTICATOR)
            .check(AuthSection::checkUnix)
            .build(values -> offer(AuthMethod.UNIX, unix(values), values));

    static final Section<AuthConfig> SECTION = Section.of("a map such as { anonymous: { role: anonymous } }")
            .optional("anonymous", ANONYMOUS)
            .optional("ticket", method(AuthMethod.TICKET, UserSections.TICKET, TlsSection.UNENCRYPTED))
            .optional("wampcra", method(AuthMethod.WAMPCRA, UserSections.WAMPCRA, NOTHING))
            .optional("wamp-scram", method(AuthMethod.SCRAM, UserSections.SCRAM, NOTHING))
            .optional("scram", method(AuthMethod.AUTOBAHN_SCRAM, UserSections.AUTOBAHN_SCRAM, NOTHING))
            .optional("cryptosign", method(AuthMethod.CRYPTOSIGN, UserSections.PUBLIC_KEYS, ROUTER_KEY))
            .optional("jwt", JWT)
            .optional("tls", TLS)
            .optional("unix", UNIX)
            .refuse(
                    values ->
                            Stream.of(AuthMethod.values()).map(AuthMethod::wire).noneMatch(values::has),
                    "'auth' needs at least one method: anonymous, ticket, wampcra, wamp-scram, scram, cryptosign, jwt,"
                            + " tls or unix")
            .build(AuthSection::build);

    private AuthSection() {}

    private static AuthConfig build(SectionValues values) {
        AuthConfig auth = values.get("anonymous", AuthConfig.anonymous(null));
        for (AuthMethodConfig method : values.all(AuthMethodConfig.class)) {
            auth = auth.with(method);
        }
        return auth;
    }

    private static AuthConfig anonymous(SectionValues values) {
        return values.has("authenticator")
                ? AuthConfig.anonymous(null)
                        .with(AuthMethodConfig.of(AuthMethod.ANONYMOUS, values.get("authenticator")))
                : new AuthConfig(values.find("role"), values.find("loopback_role"), List.of());
    }

    private static Section<SectionValues> users(Section<Principal> user) {
        return Section.group().optional("users", new MapOf<>(ScalarType.nonBlank("an authid"), user, "user"));
    }

    /** A method with users, an authenticator or both. */
    private static Section<AuthMethodConfig> method(
            AuthMethod method, Section<Principal> user, Section<SectionValues> more) {
        return Section.of(user.expected().replace("such as ", "such as { users: { anna: ") + " } }")
                .all(users(user))
                .all(AUTHENTICATOR)
                .all(more)
                .check(values -> values.requireAny("users", "authenticator"))
                .build(values -> offer(method, source(values), values));
    }

    private static AuthMethodConfig offer(AuthMethod method, AuthSource source, SectionValues values) {
        boolean overPlain = method.sendsSecret() && values.isTrue("unencrypted");
        String routerKey = method == AuthMethod.CRYPTOSIGN ? values.find("router_key") : null;
        return new AuthMethodConfig(method, source, overPlain, routerKey);
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
            values.node().error("'authid' needs 'role', the role of these clients");
        } else if (isOne && values.has("role", "other_roles") && !values.has("authid")) {
            values.node().error("'role' and 'other_roles' need 'authid'; each user has its own roles");
        }
        values.node().document().addConfigCheck(config -> {
            List<ListenerConfig> listeners = config.listeners();
            if (!listeners.isEmpty() && listeners.stream().noneMatch(AuthSection::asksForCertificates)) {
                values.node()
                        .error("no listener asks for client certificates: give one 'tls' with 'client_certificates'");
            }
        });
    }

    private static boolean asksForCertificates(ListenerConfig listener) {
        return listener.tls() != null && listener.tls().clientCertificates() != ClientCertificates.NONE;
    }

    private static AuthSource tls(SectionValues values) {
        return values.has("authid")
                ? new AuthSource.Holders(values.get("authid"), UserSections.roles(values))
                : source(values);
    }

    private static void checkUnix(SectionValues values) {
        boolean hasAccounts = values.has("users", "groups", "role");
        if (!hasAccounts && !values.has("authenticator")) {
            values.requireAny("users", "groups", "role", "authenticator");
        } else if (hasAccounts && values.has("authenticator")) {
            values.node()
                    .error(
                            "'authenticator' decides about all accounts: it does not allow 'users', 'groups' and 'role'");
        } else if (values.has("other_roles") && !values.has("role")) {
            values.node().error("'other_roles' needs 'role', the role of all accounts that are not listed");
        }
    }

    private static AuthSource unix(SectionValues values) {
        return values.has("authenticator")
                ? values.get("authenticator")
                : new AuthSource.Accounts(
                        values.get("users", Map.of()),
                        values.get("groups", Map.of()),
                        values.has("role") ? UserSections.account(null, values) : null);
    }
}
