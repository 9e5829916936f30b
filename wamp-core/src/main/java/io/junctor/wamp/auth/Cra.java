package io.junctor.wamp.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Computes the signatures of WAMP-CRA (section "Challenge Response Authentication"). Thread-safe. */
public final class Cra {
    /** The number of iterations if {@code CHALLENGE} contains a salt but no {@code iterations}. */
    public static final int DEFAULT_ITERATIONS = 1_000;

    /** The key length if {@code CHALLENGE} contains a salt but no {@code keylen}. */
    public static final int DEFAULT_KEY_BYTES = 32;

    private Cra() {}

    /** Signs a challenge; the signature is the padded base64 of the challenge's HMAC-SHA256. */
    public static String sign(String key, String challenge) {
        byte[] signature = Digests.hmac(key.getBytes(StandardCharsets.UTF_8), challenge);
        return Base64.getEncoder().encodeToString(signature);
    }

    /**
     * Derives the key of a salted secret by PBKDF2 and returns it as base64. The time is proportional to {@code iterations}.
     *
     * @param secret the secret, not empty
     * @param salt the salt, encoded as UTF-8, not empty
     * @param iterations at least 1
     * @param keyBytes the length of the key, at least 1
     */
    public static String derivedKey(String secret, String salt, int iterations, int keyBytes) {
        byte[] key = Pbkdf2.derive(secret, salt.getBytes(StandardCharsets.UTF_8), iterations, keyBytes);
        return Base64.getEncoder().encodeToString(key);
    }
}
