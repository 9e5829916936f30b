package io.junctor.server.yaml;

import io.junctor.router.config.AuthConfig;
import io.junctor.router.config.AuthMethodConfig;
import io.junctor.router.config.AuthSource;
import io.junctor.router.config.ClientCertificates;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.CertificateField;
import io.junctor.router.spi.Principal;
import io.junctor.router.spi.RequestFields;
import io.junctor.wamp.auth.Cryptosign;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The authentication methods of a realm. */
final class AuthSection {
    private static final Pattern FIELD_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");
    private static final Key<List<String>> HEADERS =
            fields("headers", "a list of header fields such as [X-Forwarded-User]");
    private static final Key<List<String>> COOKIES = fields("cookies", "a list of cookies such as [session]");
    private static final Key<AuthSource.Procedure> AUTHENTICATOR = Key.optional(
            "authenticator",
            Section.of(
                    "a map such as { procedure: com.example.authenticate }",
                    List.of(UriKeys.PROCEDURE, RealmSection.PROCEDURE_REALM, HEADERS, COOKIES),
                    values -> new AuthSource.Procedure(
                            values.get(UriKeys.PROCEDURE),
                            values.find(RealmSection.PROCEDURE_REALM),
                            new RequestFields.Names(
                                    Set.copyOf(values.get(HEADERS)), Set.copyOf(values.get(COOKIES))))));
    private static final Key<String> ROUTER_KEY = Key.optional(
            "router_key",
            new SecretType<>(
                    "a private key of 64 hexadecimal digits", key -> Cryptosign.parse(key) == null ? null : key));
    private static final Key<CertificateField> AUTHID = Key.optional("authid", EnumType.of(CertificateField.class));
    private static final Key<String> FIXED_ROLE = Key.optional("role", RealmNames.ROLE);
    private static final Key<String> LOOPBACK_ROLE = Key.optional("loopback_role", RealmNames.ROLE);
    private static final Key<Map<String, Principal>> TLS_USERS = users(UserSections.withCertificates());

    private static final Key<AuthConfig> ANONYMOUS = Key.optional(
            AuthMethod.ANONYMOUS.wire(),
            Section.of(
                            "a map such as { role: anonymous }",
                            List.of(FIXED_ROLE, LOOPBACK_ROLE, AUTHENTICATOR),
                            AuthSection::anonymous)
                    .checkedBy(AuthSection::checkAnonymous));
    private static final List<Key<AuthMethodConfig>> METHODS = List.of(
            method(AuthMethod.TICKET, SecretSections.ticket(), JwtSection.UNENCRYPTED),
            method(AuthMethod.WAMPCRA, SecretSections.wampcra()),
            method(AuthMethod.SCRAM, SecretSections.scram(AuthMethod.SCRAM)),
            method(AuthMethod.AUTOBAHN_SCRAM, SecretSections.scram(AuthMethod.AUTOBAHN_SCRAM)),
            method(AuthMethod.CRYPTOSIGN, UserSections.withKeys(), ROUTER_KEY),
            Key.optional(AuthMethod.JWT.wire(), JwtSection.SECTION),
            Key.optional(
                    AuthMethod.TLS.wire(),
                    Section.of(
                                    "a map such as { authid: subject_cn, role: device }",
                                    List.of(TLS_USERS, AUTHENTICATOR, AUTHID, FIXED_ROLE, UserSections.OTHER_ROLES),
                                    AuthSection::tls)
                            .checkedBy(AuthSection::checkTls)),
            Key.optional(AuthMethod.UNIX.wire(), UnixSection.with(AUTHENTICATOR)));

    static final Section<AuthConfig> SECTION = Section.of(
                    "a map such as { anonymous: { role: anonymous } }",
                    Stream.concat(Stream.of(ANONYMOUS), METHODS.stream()).collect(Collectors.toUnmodifiableList()),
                    AuthSection::build)
            .checkedBy(AuthSection::check);

    private AuthSection() {}

    private static void check(SectionValues values) {
        if (!values.has(ANONYMOUS) && METHODS.stream().noneMatch(values::has)) {
            values.error(
                    "'auth' needs at least one method: anonymous, ticket, wampcra, wamp-scram, scram, cryptosign, jwt,"
                            + " tls or unix");
        }
    }

    private static Key<List<String>> fields(String name, String expected) {
        ScalarType<String> field = ScalarType.matching(
                "the name of a field: letters, digits and -._ and other characters of an HTTP token",
                FIELD_NAME.asMatchPredicate());
        return Key.withDefault(name, new ListType<>(field, expected, 0), List.of());
    }

    private static void checkAnonymous(SectionValues values) {
        if (values.requireOneOf(FIXED_ROLE, AUTHENTICATOR) && values.has(LOOPBACK_ROLE) && !values.has(FIXED_ROLE)) {
            values.error("'loopback_role' needs 'role', the role of all other clients without credentials");
        }
    }

    private static AuthConfig anonymous(SectionValues values) {
        AuthSource.Procedure authenticator = values.find(AUTHENTICATOR);
        return authenticator == null
                ? new AuthConfig(values.find(FIXED_ROLE), values.find(LOOPBACK_ROLE), List.of())
                : AuthConfig.anonymous(null).with(AuthMethodConfig.of(AuthMethod.ANONYMOUS, authenticator));
    }

    private static AuthConfig build(SectionValues values) {
        AuthConfig anonymous = values.find(ANONYMOUS);
        AuthConfig auth = anonymous == null ? AuthConfig.anonymous(null) : anonymous;
        for (Key<AuthMethodConfig> method : METHODS) {
            AuthMethodConfig offer = values.find(method);
            auth = offer == null ? auth : auth.with(offer);
        }
        return auth;
    }

    private static Key<Map<String, Principal>> users(Section<Principal> user) {
        return Key.optional(
                "users",
                new MapType<>(user, "a map of authids to users", "an authid", name -> !name.isBlank(), "user"));
    }

    private static Key<AuthMethodConfig> method(AuthMethod method, Section<Principal> user, Key<?>... more) {
        Key<Map<String, Principal>> users = users(user);
        List<Key<?>> keys = new ArrayList<>(List.of(users, AUTHENTICATOR));
        keys.addAll(List.of(more));
        Section<AuthMethodConfig> section = Section.of(
                        user.expected().replace("such as ", "such as { users: { anna: ") + " } }",
                        keys,
                        values -> new AuthMethodConfig(
                                method,
                                source(values, users),
                                Boolean.TRUE.equals(values.find(JwtSection.UNENCRYPTED)),
                                values.find(ROUTER_KEY)))
                .checkedBy(values -> values.requireAny(users, AUTHENTICATOR));
        return Key.optional(method.wire(), section);
    }

    private static AuthSource source(SectionValues values, Key<Map<String, Principal>> users) {
        AuthSource.Procedure authenticator = values.find(AUTHENTICATOR);
        if (!values.has(users)) {
            return Objects.requireNonNull(authenticator);
        }
        AuthSource.Users listed = new AuthSource.Users(values.get(users));
        return authenticator == null ? listed : new AuthSource.UsersFirst(listed, authenticator);
    }

    private static void checkTls(SectionValues values) {
        boolean usersFirst = values.has(TLS_USERS) && values.has(AUTHENTICATOR) && !values.has(AUTHID);
        boolean isOne = usersFirst || values.requireOneOf(TLS_USERS, AUTHENTICATOR, AUTHID);
        boolean hasRoles = values.has(FIXED_ROLE) || values.has(UserSections.OTHER_ROLES);
        if (isOne && values.has(AUTHID) && !values.has(FIXED_ROLE)) {
            values.error("'authid' needs 'role', the role of these clients");
        } else if (isOne && hasRoles && !values.has(AUTHID)) {
            values.error("'role' and 'other_roles' need 'authid'; each user has its own roles");
        }
        values.document().addConfigCheck(config -> checkListeners(config, values.node()));
    }

    /** A router without listeners is part of a program, which may have other transports. */
    private static void checkListeners(RouterConfig config, YamlNode node) {
        boolean asksForCertificates = config.listeners().stream()
                .anyMatch(listener ->
                        listener.tls() != null && listener.tls().clientCertificates() != ClientCertificates.NONE);
        if (!config.listeners().isEmpty() && !asksForCertificates) {
            node.error("no listener asks for client certificates: give one 'tls' with 'client_certificates'");
        }
    }

    private static AuthMethodConfig tls(SectionValues values) {
        CertificateField authid = values.find(AUTHID);
        AuthSource source = authid == null
                ? source(values, TLS_USERS)
                : new AuthSource.Holders(
                        authid, UserSections.roles(Objects.requireNonNull(values.find(FIXED_ROLE)), values));
        return AuthMethodConfig.of(AuthMethod.TLS, source);
    }
}
