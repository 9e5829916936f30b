package io.junctor.server.yaml;

import io.junctor.router.authentication.CredentialFormat;
import io.junctor.router.authentication.ScramKeys;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.auth.Cra;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A user with a secret: of {@code ticket}, {@code wampcra}, {@code wamp-scram} or {@code scram}. */
final class SecretSections {
    private static final ScalarType<Integer> COST = ScalarType.integer(1, 9_999_999);
    private static final Key<Credential> TICKET =
            secret(AuthMethod.TICKET, "ticket", "the ticket or what 'bin/junctor hash ticket' prints");
    private static final Key<Credential> SECRET =
            secret(AuthMethod.WAMPCRA, "secret", "the secret or what 'bin/junctor hash wampcra --one-line' prints");

    private static final Key<String> CRA_SALT =
            Key.optional("salt", new SecretType<>("a text that is not empty", salt -> salt));
    private static final Key<Integer> CRA_ITERATIONS = Key.withDefault("iterations", COST, Cra.DEFAULT_ITERATIONS);
    private static final Key<Integer> KEYLEN =
            Key.withDefault("keylen", ScalarType.integer(1, 1_024), Cra.DEFAULT_KEY_BYTES);

    private static final Key<String> SALT = Key.optional("salt", SecretType.TEXT);
    private static final Key<Integer> ITERATIONS = Key.optional("iterations", COST);
    private static final Key<Integer> MEMORY = Key.optional("memory", COST);
    private static final Key<String> STORED_KEY = Key.optional("stored_key", SecretType.TEXT);
    private static final Key<String> SERVER_KEY = Key.optional("server_key", SecretType.TEXT);

    private SecretSections() {}

    private static Key<Credential> secret(AuthMethod method, String key, String expected) {
        return Key.required(key, new SecretType<>(expected, text -> CredentialFormat.parse(method, text)));
    }

    static Section<Principal> ticket() {
        return UserSections.section(
                "a map such as { ticket: \"${NAME}\", role: device }", List.of(TICKET), values -> values.get(TICKET));
    }

    /** The secret itself, or the key that was derived from it, with its salt. */
    static Section<Principal> wampcra() {
        return UserSections.section(
                        "a map such as { secret: \"${NAME}\", role: device }",
                        List.of(SECRET, CRA_SALT, CRA_ITERATIONS, KEYLEN),
                        SecretSections::cra)
                .checkedBy(SecretSections::checkCra);
    }

    private static @Nullable Credential cra(SectionValues values) {
        Credential secret = values.get(SECRET);
        return values.has(CRA_SALT) && secret instanceof Credential.Secret key
                ? CredentialFormat.salted(
                        key.text(), values.get(CRA_SALT), values.get(CRA_ITERATIONS), values.get(KEYLEN))
                : secret;
    }

    private static void checkCra(SectionValues values) {
        boolean isSalted = values.has(CRA_SALT);
        if (!isSalted && (values.has(CRA_ITERATIONS) || values.has(KEYLEN))) {
            values.error("'iterations' and 'keylen' need 'salt'");
        }
        boolean isRead = Stream.of(SECRET, CRA_SALT, CRA_ITERATIONS, KEYLEN).allMatch(key -> values.find(key) != null);
        if (!isSalted || !isRead) {
            return;
        }
        if (values.get(SECRET) instanceof Credential.SaltedSecret) {
            values.node(CRA_SALT).error("'salt' is not allowed if 'secret' begins with 'hash:'");
        } else if (cra(values) == null) {
            values.node(SECRET)
                    .error("with 'salt', 'secret' must be the derived key: the base64 text of " + values.get(KEYLEN)
                            + " bytes (keylen)");
        }
    }

    /** What is kept of a password, as one text or by its parts. */
    static Section<Principal> scram(AuthMethod method) {
        boolean isAutobahn = method == AuthMethod.AUTOBAHN_SCRAM;
        Key<Credential> password = Key.optional(
                "password",
                new SecretType<>(
                        "what 'bin/junctor hash " + method.wire() + " --one-line' prints",
                        text -> CredentialFormat.parse(method, text)));
        Key<String> kdf = isAutobahn ? kdf("argon2id-13") : kdf("pbkdf2", "argon2id13");
        return UserSections.section(
                        "a map such as { password: \"${NAME}\", role: device }",
                        List.of(password, kdf, SALT, ITERATIONS, MEMORY, STORED_KEY, SERVER_KEY),
                        values -> values.has(password) ? values.get(password) : scram(method, kdf, values))
                .checkedBy(values -> checkScram(method, password, kdf, values));
    }

    private static Key<String> kdf(String first, String... others) {
        Map<String, String> names = new LinkedHashMap<>();
        Stream.concat(Stream.of(first), Stream.of(others)).forEach(name -> names.put(name, name));
        return Key.withDefault("kdf", new EnumType<>(names), first);
    }

    private static @Nullable Credential scram(AuthMethod method, Key<String> kdf, SectionValues values) {
        return CredentialFormat.scram(
                method,
                new Credential.Kdf(values.get(kdf), values.get(ITERATIONS), values.find(MEMORY)),
                new ScramKeys(values.get(SALT), values.get(STORED_KEY), values.get(SERVER_KEY)));
    }

    private static void checkScram(AuthMethod method, Key<Credential> password, Key<String> kdf, SectionValues values) {
        List<Key<?>> parts = List.of(SALT, ITERATIONS, STORED_KEY, SERVER_KEY);
        boolean hasParts =
                Stream.of(kdf, SALT, ITERATIONS, MEMORY, STORED_KEY, SERVER_KEY).anyMatch(values::has);
        if (values.has(password) == hasParts) {
            values.error("needs either 'password' or the keys 'kdf', 'salt', 'iterations', 'stored_key' and"
                    + " 'server_key'");
        } else if (hasParts && !parts.stream().allMatch(values::has)) {
            parts.stream()
                    .filter(key -> !values.has(key))
                    .forEach(key -> values.error(values.node().label() + " needs the key '" + key.name() + "'"));
        } else if (hasParts) {
            checkParts(method, kdf, values);
        }
    }

    private static void checkParts(AuthMethod method, Key<String> kdf, SectionValues values) {
        boolean isRead =
                Stream.of(kdf, SALT, ITERATIONS, STORED_KEY, SERVER_KEY).allMatch(key -> values.find(key) != null);
        if (!isRead) {
            return;
        }
        boolean needsMemory = !Objects.equals(values.get(kdf), "pbkdf2");
        if (needsMemory != values.has(MEMORY)) {
            values.error("'memory' (KiB) is needed with Argon2, and not allowed otherwise");
        } else if (scram(method, kdf, values) == null) {
            values.error("'salt', 'stored_key' and 'server_key' must be in base64, or all three in hexadecimal digits;"
                    + " the keys have 32 bytes each");
        }
    }
}
