package io.junctor.wamp.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Computes SHA-256 and HMAC-SHA256. */
public final class Digests {
    private static final String HMAC = "HmacSHA256";

    private Digests() {}

    /** Computes the SHA-256 hash (FIPS 180-4), which has 32 octets. */
    public static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    static byte[] hmac(byte[] key, String text) {
        return hmac(key, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] hmac(byte[] key, byte[] text) {
        return hmac(HMAC, key, text);
    }

    /**
     * Computes an HMAC (RFC 2104).
     *
     * @param algorithm the JDK's name of the algorithm, such as {@code HmacSHA256}; every JDK must support it
     * @param key the key, possibly empty
     */
    public static byte[] hmac(String algorithm, byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            // The JDK refuses an empty key. HMAC pads keys with zeros (RFC 2104), so one zero is equivalent.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    static byte[] xor(byte[] one, byte[] other) {
        byte[] result = new byte[one.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (byte) (one[i] ^ other[i]);
        }
        return result;
    }

    /** Reports a missing algorithm, which cannot happen, because every JDK supports the algorithms that are used. */
    static IllegalStateException missing(GeneralSecurityException cause) {
        return new IllegalStateException("the JVM does not support a required algorithm", cause);
    }
}
