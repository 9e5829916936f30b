package io.junctor.wamp.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Computes the signatures of WAMP-CRA (section "Challenge Response Authentication"). Thread-safe. */
public final class Cra {
    /** The iterations if {@code CHALLENGE} has a salt but no {@code iterations}. */
    public static final int DEFAULT_ITERATIONS = 1_000;

    /** The key length if {@code CHALLENGE} has a salt but no {@code keylen}. */
    public static final int DEFAULT_KEY_BYTES = 32;

    private Cra() {}

    /** Signs a challenge: the padded base64 of its HMAC-SHA256. */
    public static String sign(String key, String challenge) {
        byte[] signature = Digests.hmac(key.getBytes(StandardCharsets.UTF_8), challenge);
        return Base64.getEncoder().encodeToString(signature);
    }

    /**
     * Derives the key of a salted secret: the base64 of the key that PBKDF2 derives. The time is proportional to
     * {@code iterations}.
     *
     * @param secret the secret, not empty
     * @param salt the salt, taken as UTF-8, not empty
     * @param iterations at least 1
     * @param keyBytes the length of the key, at least 1
     */
    public static String derivedKey(String secret, String salt, int iterations, int keyBytes) {
        byte[] key = Pbkdf2.derive(secret, salt.getBytes(StandardCharsets.UTF_8), iterations, keyBytes);
        return Base64.getEncoder().encodeToString(key);
    }
}
