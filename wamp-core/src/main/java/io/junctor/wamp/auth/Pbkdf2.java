package io.junctor.wamp.auth;

import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Derives keys by PBKDF2 with HMAC-SHA256 (RFC 8018). Thread-safe. */
public final class Pbkdf2 {
    private Pbkdf2() {}

    /**
     * Derives a key. The time is proportional to {@code iterations}.
     *
     * @param secret the password, encoded as UTF-8, not empty
     * @param salt the salt, not empty
     * @param iterations at least 1
     * @param keyBytes the length of the key, at least 1
     */
    public static byte[] derive(String secret, byte[] salt, int iterations, int keyBytes) {
        PBEKeySpec spec = new PBEKeySpec(secret.toCharArray(), salt, iterations, keyBytes * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw Digests.missing(e);
        } finally {
            spec.clearPassword();
        }
    }
}
