package io.junctor.router.authentication;

import io.junctor.router.authentication.method.ScramVariant;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.wamp.auth.Base64Text;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes credentials as one line of text, and reads the parts of credentials that other programs made.
 * Thread-safe.
 *
 * <pre>
 * hash:pbkdf2:ITERATIONS:SALT:KEY                                       ticket, wampcra
 * hash:pbkdf2:ITERATIONS:SALT:STORED_KEY:SERVER_KEY                     wamp-scram
 * hash:argon2id13:ITERATIONS,MEMORY_KIB:SALT:STORED_KEY:SERVER_KEY      wamp-scram
 * hash:argon2id-13:ITERATIONS,MEMORY_KIB:SALT:STORED_KEY:SERVER_KEY     scram
 * </pre>
 */
public final class CredentialFormat {
    private static final String PREFIX = "hash:";
    private static final Pattern KEY =
            Pattern.compile("hash:pbkdf2:(?<iterations>[1-9][0-9]{0,6}):(?<salt>[^:]+):(?<key>[^:]+)");
    private static final Pattern SCRAM = Pattern.compile(
            "hash:(?:pbkdf2:(?<rounds>[1-9][0-9]{0,6})|(?<argon>argon2id-?13):(?<iterations>[1-9][0-9]{0,3}),(?<memory>[1-9][0-9]{0,6}))"
                    + ":(?<salt>[^:]+):(?<stored>[^:]+):(?<server>[^:]+)");
    private static final int KEY_BYTES = 32;

    private CredentialFormat() {}

    /** Reads the credential of a method with secrets; null if {@code text} does not have the form. */
    public static @Nullable Credential parse(AuthMethod method, String text) {
        return switch (method) {
            case TICKET -> text.startsWith(PREFIX) ? hashed(text) : new Credential.Secret(text);
            case WAMPCRA -> text.startsWith(PREFIX) ? salted(text) : new Credential.Secret(text);
            case SCRAM -> scram(text, method);
            case AUTOBAHN_SCRAM -> scram(text, method);
            case ANONYMOUS, CRYPTOSIGN, JWT, TLS, UNIX -> null;
        };
    }

    /**
     * The key that PBKDF2 derived from the secret of a WAMP-CRA user.
     *
     * @return null if {@code key} is not the base64 text of {@code keyBytes} bytes, or the salt is empty
     */
    public static Credential.@Nullable SaltedSecret salted(String key, String salt, int iterations, int keyBytes) {
        return bytes(key) == keyBytes && !salt.isEmpty()
                ? new Credential.SaltedSecret(key, salt, iterations, keyBytes)
                : null;
    }

    /**
     * Creates the credential that the router stores for a SCRAM password.
     *
     * @param keys the salt, StoredKey and ServerKey; all three in base64, or all three in hexadecimal digits
     * @return null if {@code keys} do not have this form, or {@code method} does not have this function
     */
    public static Credential.@Nullable ScramSecret scram(AuthMethod method, Credential.Kdf kdf, ScramKeys keys) {
        ScramVariant variant = method == AuthMethod.AUTOBAHN_SCRAM ? ScramVariant.AUTOBAHN : ScramVariant.WAMP;
        ScramKeys base64 = keys.inBase64();
        return base64 == null || !variant.has(kdf)
                ? null
                : new Credential.ScramSecret(kdf, base64.salt(), base64.storedKey(), base64.serverKey());
    }

    /** Writes a hashed ticket. */
    public static String of(Credential.HashedSecret hashed) {
        return key(hashed.iterations(), hashed.salt(), hashed.key());
    }

    /** Writes a salted secret. */
    public static String of(Credential.SaltedSecret salted) {
        return key(salted.iterations(), salted.salt(), salted.key());
    }

    /** Writes the credential that the router stores for a SCRAM password. */
    public static String of(Credential.ScramSecret secret) {
        Credential.Kdf kdf = secret.kdf();
        String costs = kdf.memoryKib() == null ? "" + kdf.iterations() : kdf.iterations() + "," + kdf.memoryKib();
        return PREFIX + kdf.name() + ":" + costs + ":" + secret.salt() + ":" + secret.storedKey() + ":"
                + secret.serverKey();
    }

    private static String key(int iterations, String salt, String key) {
        return PREFIX + "pbkdf2:" + iterations + ":" + salt + ":" + key;
    }

    private static @Nullable Credential hashed(String text) {
        Matcher matcher = KEY.matcher(text);
        if (!matcher.matches() || !isKey(matcher.group("key")) || bytes(matcher.group("salt")) == 0) {
            return null;
        }
        return new Credential.HashedSecret(
                matcher.group("key"), matcher.group("salt"), Integer.parseInt(matcher.group("iterations")));
    }

    private static @Nullable Credential salted(String text) {
        Matcher matcher = KEY.matcher(text);
        int keyBytes = matcher.matches() ? bytes(matcher.group("key")) : 0;
        return keyBytes == 0
                ? null
                : salted(
                        matcher.group("key"),
                        matcher.group("salt"),
                        Integer.parseInt(matcher.group("iterations")),
                        keyBytes);
    }

    private static @Nullable Credential scram(String text, AuthMethod method) {
        Matcher matcher = SCRAM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        String rounds = matcher.group("rounds");
        Credential.Kdf kdf = rounds == null
                ? new Credential.Kdf(
                        matcher.group("argon"),
                        Integer.parseInt(matcher.group("iterations")),
                        Integer.parseInt(matcher.group("memory")))
                : new Credential.Kdf("pbkdf2", Integer.parseInt(rounds), null);
        return scram(
                method, kdf, new ScramKeys(matcher.group("salt"), matcher.group("stored"), matcher.group("server")));
    }

    private static boolean isKey(String base64) {
        return bytes(base64) == KEY_BYTES;
    }

    private static int bytes(String base64) {
        byte[] bytes = Base64Text.decode(base64);
        return bytes == null ? 0 : bytes.length;
    }
}
