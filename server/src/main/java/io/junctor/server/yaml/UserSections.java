package io.junctor.server.yaml;

import io.junctor.router.authentication.CredentialFormat;
import io.junctor.router.authentication.ScramKeys;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.CertificateMatch;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.DistinguishedName;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.auth.Cra;
import io.junctor.wamp.auth.Cryptosign;
import io.junctor.wamp.value.Dict;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The users of each authentication method. */
final class UserSections {
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

    static final Section<SectionValues> OTHER_ROLES = Section.group().list("other_roles", Names.ROLE);
    static final Section<SectionValues> ROLES =
            Section.group().required("role", Names.ROLE).all(OTHER_ROLES);

    static final Section<Principal> TICKET = user(
            Section.of("a map such as { ticket: \"${NAME}\", role: device }")
                    .required("ticket", secret(AuthMethod.TICKET, "the ticket or ")),
            values -> values.get("ticket"));

    /** The secret itself, or the key that was derived from it, with its salt. */
    static final Section<Principal> WAMPCRA = user(
            Section.of("a map such as { secret: \"${NAME}\", role: device }")
                    .required("secret", secret(AuthMethod.WAMPCRA, "the secret or "))
                    .optional("salt", SecretType.matching("a text that is not empty", salt -> true))
                    .key("iterations", COST, Cra.DEFAULT_ITERATIONS)
                    .key("keylen", ScalarType.integer(1, 1_024), Cra.DEFAULT_KEY_BYTES)
                    .refuse(
                            values -> values.has("iterations", "keylen") && !values.has("salt"),
                            "'iterations' and 'keylen' need 'salt'")
                    .check(UserSections::checkSalt),
            UserSections::cra);

    static final Section<Principal> SCRAM = scram(AuthMethod.SCRAM, "pbkdf2", "argon2id13");
    static final Section<Principal> AUTOBAHN_SCRAM = scram(AuthMethod.AUTOBAHN_SCRAM, "argon2id-13");

    static final Section<Principal> PUBLIC_KEYS = user(
            Section.of("a map such as { keys: [64 hexadecimal digits], role: device }")
                    .required("keys", PUBLIC_KEY.some()),
            values -> values.record(Credential.PublicKeys.class, "hex=keys"));

    private static final Section<CertificateMatch> CERTIFICATE = Section.of(
                    CertificateMatch.class, "a map such as { subject: \"CN=door-1,O=Example\" }")
            .optional("fingerprint", FINGERPRINT)
            .optional("san", SAN)
            .optional("subject", ScalarType.text("a name such as CN=door-1,O=Example", DistinguishedName::parse))
            .check(values -> values.requireAny("fingerprint", "san", "subject"));

    static final Section<Principal> CERTIFICATES = user(
            Section.of("a map such as { certificates: [{ subject: \"CN=door-1,O=Example\" }], role: device }")
                    .required("certificates", CERTIFICATE.some()),
            values -> values.record(Credential.Certificates.class, "any=certificates"));

    private UserSections() {}

    /** A user with a credential that the keys describe; the checks of the section make sure that there is one. */
    private static Section<Principal> user(
            Section<SectionValues> keys, Function<SectionValues, @Nullable Credential> credential) {
        return keys.all(ROLES)
                .build(values -> principal(null, values, Objects.requireNonNull(credential.apply(values))));
    }

    /** A client that the operating system knows; an authid of null is the name of its user. */
    static Principal account(@Nullable String authid, SectionValues values) {
        return principal(authid, values, new Credential.Proven());
    }

    private static Principal principal(@Nullable String authid, SectionValues values, Credential credential) {
        return new Principal(authid, roles(values), null, Dict.EMPTY, credential);
    }

    /** Returns the role and the other roles of a section. */
    static List<String> roles(SectionValues values) {
        return Stream.concat(Stream.of(values.<String>get("role")), values.<List<String>>get("other_roles").stream())
                .toList();
    }

    /** The text of a credential; {@code plain} describes what else it may be than the output of a command. */
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
        if (!values.has("salt") || !values.areValid("secret", "salt", "iterations", "keylen")) {
            return;
        }
        if (values.<Credential>get("secret") instanceof Credential.SaltedSecret) {
            values.node("salt").error("'salt' is not allowed if 'secret' begins with 'hash:'");
        } else if (cra(values) == null) {
            values.node("secret")
                    .error("with 'salt', 'secret' must be the derived key: the base64 text of " + values.get("keylen")
                            + " bytes (keylen)");
        }
    }

    /** What is kept of a password, as one text or by its parts. The first of {@code kdfs} is the default. */
    private static Section<Principal> scram(AuthMethod method, String... kdfs) {
        return user(
                Section.of("a map such as { password: \"${NAME}\", role: device }")
                        .optional("password", secret(method, ""))
                        .key("kdf", ScalarType.oneOf(List.of(kdfs), kdf -> kdf), kdfs[0])
                        .optional("salt", SecretType.TEXT)
                        .optional("iterations", COST)
                        .optional("memory", COST)
                        .optional("stored_key", SecretType.TEXT)
                        .optional("server_key", SecretType.TEXT)
                        .check(UserSections::checkScram),
                values -> values.has("password") ? values.get("password") : scram(method, values));
    }

    private static void checkScram(SectionValues values) {
        boolean hasParts = values.has("kdf", "memory") || values.has(SCRAM_PARTS);
        if (values.has("password") == hasParts) {
            values.node()
                    .error("needs either 'password' or the keys 'kdf', 'salt', 'iterations', 'stored_key' and"
                            + " 'server_key'");
        } else if (hasParts) {
            Stream.of(SCRAM_PARTS).forEach(values::require);
        }
    }

    private static Credential scram(AuthMethod method, SectionValues values) {
        Credential.Kdf kdf = values.record(Credential.Kdf.class, "name=kdf", "memory_kib=memory");
        if (kdf.name().equals("pbkdf2") == values.has("memory")) {
            throw new IllegalArgumentException("'memory' (KiB) is needed with Argon2, and not allowed otherwise");
        }
        Credential secret = CredentialFormat.scram(method, kdf, values.record(ScramKeys.class));
        if (secret == null) {
            throw new IllegalArgumentException(
                    "'salt', 'stored_key' and 'server_key' must be in base64, or all three in"
                            + " hexadecimal digits; the keys have 32 bytes each");
        }
        return secret;
    }
}
