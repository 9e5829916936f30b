package io.junctor.server.yaml;

import io.junctor.router.authentication.CredentialFormat;
import io.junctor.router.authentication.ScramKeys;
import io.junctor.router.authentication.method.JwtFlow;
import io.junctor.router.config.auth.AuthConfig;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.config.auth.AuthSource.Tokens;
import io.junctor.router.config.listener.ClientCertificates;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.CertificateField;
import io.junctor.router.spi.CertificateMatch;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.DistinguishedName;
import io.junctor.router.spi.Principal;
import io.junctor.server.yaml.ValueType.MapOf;
import io.junctor.wamp.auth.Cra;
import io.junctor.wamp.auth.Cryptosign;
import io.junctor.wamp.value.Dict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The authentication methods of a realm, and the users of each. */
final class AuthSection {
    // ---- Users.

    private static final ScalarType<Integer> COST = ScalarType.integer(1, 9_999_999);
    private static final String[] SCRAM_PARTS = {"salt", "iterations", "stored_key", "server_key"};
    private static final ScalarType<String> PUBLIC_KEY = ScalarType.text(
            "an Ed25519 public key of 64 hexadecimal digits that is not of low order",
            text -> Cryptosign.parsePublicKey(text) == null ? null : text.toLowerCase(Locale.ROOT));
    private static final ScalarType<String> FINGERPRINT = ScalarType.text(
            "a SHA-256 fingerprint of 64 hexadecimal digits, with or without colons", CertificateMatch::fingerprint);
    private static final ScalarType<CertificateMatch.San> SAN = ScalarType.text(
            "an alternative name such as dns:door-1.example.org, email:door-1@example.org or uri:urn:door:1",
            CertificateMatch.San::parse);

    private static final SectionType<SectionValues> OTHER_ROLES =
            SectionType.of("").list("other_roles", NameTypes.ROLE);
    private static final SectionType<SectionValues> ROLES =
            SectionType.of("").required("role", NameTypes.ROLE).all(OTHER_ROLES);

    private static final SectionType<Principal> TICKET = user(
            SectionType.of("a map such as { ticket: \"${NAME}\", role: device }")
                    .required("ticket", secret(AuthMethod.TICKET, "the ticket or ")),
            values -> values.get("ticket"));

    /** A user of wampcra: with the secret itself, or with the key that was derived from it and the salt. */
    private static final SectionType<Principal> WAMPCRA = user(
            SectionType.of("a map such as { secret: \"${NAME}\", role: device }")
                    .required("secret", secret(AuthMethod.WAMPCRA, "the secret or "))
                    .optional("salt", SecretType.matching("a text that is not empty", salt -> true))
                    .key("iterations", COST, Cra.DEFAULT_ITERATIONS)
                    .key("keylen", ScalarType.integer(1, 1_024), Cra.DEFAULT_KEY_BYTES)
                    .refuse(
                            values -> values.has("iterations", "keylen") && !values.has("salt"),
                            "'iterations' and 'keylen' need 'salt'")
                    .check(AuthSection::checkSalt),
            AuthSection::cra);

    private static final SectionType<Principal> SCRAM = scram(AuthMethod.SCRAM, "pbkdf2", "argon2id13");
    private static final SectionType<Principal> AUTOBAHN_SCRAM = scram(AuthMethod.AUTOBAHN_SCRAM, "argon2id-13");

    private static final SectionType<Principal> PUBLIC_KEYS = user(
            SectionType.of("a map such as { keys: [64 hexadecimal digits], role: device }")
                    .required("keys", PUBLIC_KEY.some()),
            values -> new Credential.PublicKeys(Set.copyOf(values.<List<String>>get("keys"))));

    private static final SectionType<CertificateMatch> CERTIFICATE = SectionType.of(
                    CertificateMatch.class, "a map such as { subject: \"CN=door-1,O=Example\" }")
            .optional("fingerprint", FINGERPRINT)
            .optional("san", SAN)
            .optional("subject", ScalarType.text("a name such as CN=door-1,O=Example", DistinguishedName::parse))
            .check(values -> values.requireAny("fingerprint", "san", "subject"));

    private static final SectionType<Principal> CERTIFICATES = user(
            SectionType.of("a map such as { certificates: [{ subject: \"CN=door-1,O=Example\" }], role: device }")
                    .required("certificates", CERTIFICATE.some()),
            values -> new Credential.Certificates(values.get("certificates")));

    // ---- Methods.

    private static final ScalarType<String> FIELD = ScalarType.matching(
            "the name of a field: letters, digits and -._ and other characters of an HTTP token",
            text -> text.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}"));
    private static final ScalarType<String> CLAIM = ScalarType.nonBlank("the name of a claim");
    private static final SecretType<String> KEY_SET = SecretType.matching(
            "a JSON Web Key Set with at least one key, without keys of low order", JwtFlow::isKeySet);
    private static final SectionType<SectionValues> NOTHING = SectionType.of("");
    private static final SecretType<String> PRIVATE_KEY =
            SecretType.matching("a private key of 64 hexadecimal digits", key -> Cryptosign.parse(key) != null);
    private static final SectionType<SectionValues> ROUTER_KEY =
            SectionType.of("").optional("router_key", PRIVATE_KEY);

    private static final SectionType<AuthSource.Procedure> PROCEDURE = SectionType.of(
                    AuthSource.Procedure.class, "a map such as { procedure: com.example.authenticate }")
            .all(NameTypes.PROCEDURE)
            .list("headers", FIELD)
            .list("cookies", FIELD);
    private static final SectionType<SectionValues> AUTHENTICATOR =
            SectionType.of("").optional("authenticator", PROCEDURE);

    /** The clients without credentials. The value contains their roles, or the authenticator that decides on them. */
    private static final SectionType<Record> ANONYMOUS = SectionType.of("a map such as { role: anonymous }")
            .optional("role", NameTypes.ROLE)
            .optional("loopback_role", NameTypes.ROLE)
            .all(AUTHENTICATOR)
            .check(values -> values.requireOneOf("role", "authenticator"))
            .refuse(
                    values -> values.has("loopback_role") && values.has("authenticator") && !values.has("role"),
                    "'loopback_role' needs 'role', the role of all other clients without credentials")
            .build(values -> values.has("authenticator")
                    ? AuthMethodConfig.of(AuthMethod.ANONYMOUS, values.get("authenticator"))
                    : new AuthConfig(values.find("role"), values.find("loopback_role"), List.of()));

    private static final SectionType<AuthMethodConfig> JWT = SectionType.of(
                    "a map such as { keys: \"file:keys.json\", issuer: \"https://login.example.org\", audience: shop }")
            .optional("keys", KEY_SET)
            .optional("url", ScalarType.matching("an https URL, or an http URL of this machine", Tokens::isSafe))
            .required("issuer", ScalarType.nonBlank("text"))
            .required("audience", ScalarType.nonBlank("text"))
            .key("authid_claim", CLAIM, "sub")
            .key("role_claim", CLAIM, "role")
            .optional("role", NameTypes.ROLE)
            .all(TlsSection.UNENCRYPTED)
            .check(values -> values.requireOneOf("keys", "url"))
            .build(values -> offer(AuthMethod.JWT, values.record(Tokens.class), values));

    private static final SectionType<AuthMethodConfig> TLS = SectionType.of(
                    "a map such as { authid: subject_cn, role: device }")
            .all(users(CERTIFICATES))
            .all(AUTHENTICATOR)
            .optional("authid", ScalarType.oneOf(CertificateField.class))
            .optional("role", NameTypes.ROLE)
            .all(OTHER_ROLES)
            .refuse(
                    values -> values.has("authid") == values.has("users", "authenticator"),
                    "needs exactly one of the keys 'users', 'authenticator', 'authid'")
            .refuse(
                    values -> values.has("authid") && !values.has("role", "users", "authenticator"),
                    "'authid' needs 'role', the role of these clients")
            .refuse(
                    values -> values.has("role", "other_roles")
                            && values.has("users", "authenticator")
                            && !values.has("authid"),
                    "'role' and 'other_roles' need 'authid'; each user has its own roles")
            .check(AuthSection::checkListeners)
            .build(values -> offer(AuthMethod.TLS, tls(values), values));

    private static final SectionType<Principal> ACCOUNT = SectionType.of("a map such as { role: operator }")
            .optional("authid", ScalarType.nonBlank("the authid of these clients"))
            .all(ROLES)
            .build(values -> principal(values.find("authid"), values, new Credential.Proven()));

    private static final SectionType<AuthMethodConfig> UNIX = SectionType.of(
                    "a map such as { users: { backup: { role: operator } } }")
            .optional("users", new MapOf<>(ScalarType.nonBlank("the name of a user"), ACCOUNT, "user"))
            .optional("groups", new MapOf<>(ScalarType.nonBlank("the name of a group"), ACCOUNT, "group"))
            .optional("role", NameTypes.ROLE)
            .all(OTHER_ROLES)
            .all(AUTHENTICATOR)
            .check(values -> values.requireAny("users", "groups", "role", "authenticator"))
            .refuse(
                    values -> values.has("users", "groups", "role") && values.has("authenticator"),
                    "'authenticator' decides about all accounts: it does not allow 'users', 'groups' and 'role'")
            .refuse(
                    values -> values.has("other_roles")
                            && !values.has("role")
                            && values.has("users", "groups") != values.has("authenticator"),
                    "'other_roles' needs 'role', the role of all accounts that are not listed")
            .build(values -> offer(AuthMethod.UNIX, unix(values), values));

    static final SectionType<AuthConfig> SECTION = SectionType.of("a map such as { anonymous: { role: anonymous } }")
            .optional("anonymous", ANONYMOUS)
            .optional("ticket", method(AuthMethod.TICKET, TICKET, TlsSection.UNENCRYPTED))
            .optional("wampcra", method(AuthMethod.WAMPCRA, WAMPCRA, NOTHING))
            .optional("wamp-scram", method(AuthMethod.SCRAM, SCRAM, NOTHING))
            .optional("scram", method(AuthMethod.AUTOBAHN_SCRAM, AUTOBAHN_SCRAM, NOTHING))
            .optional("cryptosign", method(AuthMethod.CRYPTOSIGN, PUBLIC_KEYS, ROUTER_KEY))
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
        AuthConfig roles = values.find("anonymous") instanceof AuthConfig known ? known : AuthConfig.anonymous(null);
        return new AuthConfig(roles.anonymousRole(), roles.loopbackRole(), values.all(AuthMethodConfig.class));
    }

    private static SectionType<SectionValues> users(SectionType<Principal> user) {
        return SectionType.of("").optional("users", new MapOf<>(ScalarType.nonBlank("an authid"), user, "user"));
    }

    /** Creates a method with users, an authenticator or both. */
    private static SectionType<AuthMethodConfig> method(
            AuthMethod method, SectionType<Principal> user, SectionType<SectionValues> more) {
        return SectionType.of(user.expected().replace("such as ", "such as { users: { anna: ") + " } }")
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

    private static void checkListeners(SectionValues values) {
        values.node().diagnostics().addConfigCheck(config -> {
            boolean isAsked = config.listeners().stream()
                    .flatMap(listener -> Stream.ofNullable(listener.tls()))
                    .anyMatch(tls -> tls.clientCertificates() != ClientCertificates.NONE);
            if (!isAsked && !config.listeners().isEmpty()) {
                values.node()
                        .error("no listener asks for client certificates: give one 'tls' with 'client_certificates'");
            }
        });
    }

    private static AuthSource tls(SectionValues values) {
        return values.has("authid")
                ? new AuthSource.Holders(values.get("authid"), values.join("role", "other_roles"))
                : source(values);
    }

    private static AuthSource unix(SectionValues values) {
        return values.has("authenticator")
                ? values.get("authenticator")
                : new AuthSource.Accounts(
                        values.get("users", Map.of()),
                        values.get("groups", Map.of()),
                        values.has("role") ? principal(null, values, new Credential.Proven()) : null);
    }

    // ---- Users.

    /** Creates the type of a user whose credential is made from {@code keys}; the checks of {@code keys} ensure that there is one. */
    private static SectionType<Principal> user(
            SectionType<SectionValues> keys, Function<SectionValues, @Nullable Credential> credential) {
        return keys.all(ROLES)
                .build(values -> principal(null, values, Objects.requireNonNull(credential.apply(values))));
    }

    /** Creates a client with the roles of a section. If {@code authid} is null, the authid is the user's name in the file. */
    private static Principal principal(@Nullable String authid, SectionValues values, Credential credential) {
        return new Principal(authid, values.join("role", "other_roles"), null, Dict.EMPTY, credential);
    }

    /** Creates the type of a credential: the output of a command, or one of the forms that {@code plain} describes. */
    private static SecretType<Credential> secret(AuthMethod method, String plain) {
        String options = method == AuthMethod.TICKET ? "" : " --one-line";
        return new SecretType<>(
                plain + "what 'bin/junctor hash " + method.wire() + options + "' prints",
                text -> CredentialFormat.parse(method, text));
    }

    private static @Nullable Credential cra(SectionValues values) {
        Credential secret = values.get("secret");
        return values.has("salt") && secret instanceof Credential.Secret key
                ? CredentialFormat.salted(
                        key.text(), values.get("salt"), values.get("iterations"), values.get("keylen"))
                : secret;
    }

    private static void checkSalt(SectionValues values) {
        boolean hasAll = values.areValid("secret", "salt", "iterations", "keylen");
        if (hasAll && values.find("secret") instanceof Credential.SaltedSecret) {
            values.node("salt").error("'salt' is not allowed if 'secret' begins with 'hash:'");
        } else if (hasAll && cra(values) == null) {
            values.node("secret")
                    .error("with 'salt', 'secret' must be the derived key: the base64 text of " + values.get("keylen")
                            + " bytes (keylen)");
        }
    }

    /** Creates the type of a user of SCRAM, whose password is derived; in one text or in parts. The first of {@code kdfs} is the default. */
    private static SectionType<Principal> scram(AuthMethod method, String... kdfs) {
        return user(
                SectionType.of("a map such as { password: \"${NAME}\", role: device }")
                        .optional("password", secret(method, ""))
                        .key("kdf", ScalarType.oneOf(List.of(kdfs), kdf -> kdf), kdfs[0])
                        .optional("salt", SecretType.TEXT)
                        .optional("iterations", COST)
                        .optional("memory", COST)
                        .optional("stored_key", SecretType.TEXT)
                        .optional("server_key", SecretType.TEXT)
                        .check(values -> checkScram(method, values)),
                values -> values.has("password") ? values.get("password") : scram(method, values));
    }

    private static void checkScram(AuthMethod method, SectionValues values) {
        boolean hasParts = values.has("kdf", "memory") || values.has(SCRAM_PARTS);
        if (values.has("password") == hasParts) {
            values.node()
                    .error("needs either 'password' or the keys 'kdf', 'salt', 'iterations', 'stored_key' and"
                            + " 'server_key'");
        } else if (hasParts) {
            Stream.of(SCRAM_PARTS).forEach(values::require);
            boolean isPbkdf2 = "pbkdf2".equals(values.find("kdf"));
            if (values.areValid("kdf") && isPbkdf2 == values.has("memory")) {
                values.node().error("'memory' (KiB) is needed with Argon2, and not allowed otherwise");
            } else if (values.areValid(SCRAM_PARTS)
                    && values.areValid("kdf", isPbkdf2 ? "kdf" : "memory")
                    && scram(method, values) == null) {
                values.node()
                        .error("'salt', 'stored_key' and 'server_key' must be in base64, or all three in hexadecimal"
                                + " digits; the keys have 32 bytes each");
            }
        }
    }

    private static @Nullable Credential scram(AuthMethod method, SectionValues values) {
        Credential.Kdf kdf = new Credential.Kdf(values.get("kdf"), values.get("iterations"), values.find("memory"));
        return CredentialFormat.scram(method, kdf, values.record(ScramKeys.class));
    }
}
