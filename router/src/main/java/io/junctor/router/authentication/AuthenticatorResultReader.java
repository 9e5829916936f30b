package io.junctor.router.authentication;

import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.auth.Cra;
import io.junctor.wamp.auth.Cryptosign;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.ProtocolViolationException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Reads the result of an authenticator procedure: a role, or a dictionary with the role and further entries. */
public final class AuthenticatorResultReader {
    private static final int MAX_COST = 10_000_000;

    private AuthenticatorResultReader() {}

    /**
     * Returns the principal that the client gets when it proves its credential.
     *
     * @throws ProtocolViolationException if the answer is invalid; the text names the key
     */
    public static Principal read(Arguments answer, AuthMethod method) {
        Object first = answer.positional().isEmpty()
                ? answer.keywords()
                : answer.positional().getFirst();
        if (first instanceof String role) {
            return principal(Dict.of("role", role), method);
        }
        if (first instanceof Map<?, ?> map) {
            Dict.Builder entries = new Dict.Builder();
            map.forEach((key, value) -> entries.put(String.valueOf(key), value));
            return principal(entries.build(), method);
        }
        throw new ProtocolViolationException("it must be a role or a dictionary");
    }

    private static Principal principal(Dict answer, AuthMethod method) {
        return new Principal(
                answer.text("authid"),
                List.of(needed(answer, "role")),
                answer.text("realm"),
                answer.dict("extra"),
                credential(answer, method));
    }

    private static Credential credential(Dict answer, AuthMethod method) {
        return switch (method) {
            case ANONYMOUS, TICKET, JWT, TLS, UNIX -> new Credential.Proven();
            case WAMPCRA -> secret(answer);
            case SCRAM -> scram(answer);
            case AUTOBAHN_SCRAM -> autobahnScram(answer);
            case CRYPTOSIGN -> keys(answer);
        };
    }

    private static Credential secret(Dict answer) {
        String secret = needed(answer, "secret");
        String salt = answer.text("salt");
        return salt == null
                ? new Credential.Secret(secret)
                : new Credential.SaltedSecret(
                        secret,
                        salt,
                        cost(answer, "iterations", Cra.DEFAULT_ITERATIONS),
                        cost(answer, "keylen", Cra.DEFAULT_KEY_BYTES));
    }

    private static Credential scram(Dict answer) {
        String name = Objects.requireNonNullElse(answer.text("kdf"), "pbkdf2");
        Integer memory = answer.integer("memory", 1) == null ? null : cost(answer, "memory", 0);
        return scram(answer, AuthMethod.SCRAM, new Credential.Kdf(name, cost(answer, "iterations", 4_096), memory));
    }

    /** Reads a credential in the form of Autobahn's {@code derive_scram_credential}, which Crossbar.io accepts. */
    private static Credential autobahnScram(Dict answer) {
        Credential.Kdf kdf = new Credential.Kdf(
                Objects.requireNonNullElse(answer.text("kdf"), "argon2id-13"),
                cost(answer, "iterations", 4_096),
                cost(answer, "memory", 512));
        return scram(answer, AuthMethod.AUTOBAHN_SCRAM, kdf);
    }

    private static Credential scram(Dict answer, AuthMethod method, Credential.Kdf kdf) {
        ScramKeys keys =
                new ScramKeys(needed(answer, "salt"), needed(answer, "stored-key"), needed(answer, "server-key"));
        Credential secret = CredentialFormat.scram(method, kdf, keys);
        if (secret == null) {
            throw new ProtocolViolationException(
                    "salt, stored-key and server-key must be base64 or hexadecimal digits, the keys of 32 bytes each,"
                            + " and kdf one that " + method.wire() + " has, with memory only for Argon2");
        }
        return secret;
    }

    private static Credential keys(Dict answer) {
        List<String> keys = answer.entries().get("pubkey") instanceof List<?>
                ? Objects.requireNonNull(answer.texts("pubkey"))
                : List.of(needed(answer, "pubkey"));
        if (keys.stream().anyMatch(key -> Cryptosign.parsePublicKey(key) == null)) {
            throw Dict.wrong("pubkey", "64 hexadecimal digits, or a list of such");
        }
        return new Credential.PublicKeys(
                keys.stream().map(key -> key.toLowerCase(Locale.ROOT)).collect(Collectors.toSet()));
    }

    private static int cost(Dict answer, String key, int otherwise) {
        Long cost = answer.integer(key, 1);
        if (cost != null && cost > MAX_COST) {
            throw Dict.wrong(key, "an integer of at most " + MAX_COST);
        }
        return cost == null ? otherwise : cost.intValue();
    }

    private static String needed(Dict answer, String key) {
        String text = answer.text(key);
        if (text == null || text.isEmpty()) {
            throw Dict.wrong(key, "a string that is not empty");
        }
        return text;
    }
}
