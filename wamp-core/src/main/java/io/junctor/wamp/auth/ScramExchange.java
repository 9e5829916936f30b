package io.junctor.wamp.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Computes the proofs of one SCRAM-SHA-256 exchange for both sides (section "Salted Challenge Response
 * Authentication", RFC 5802, RFC 7677).
 *
 * @param authid the user, normalised by {@link SaslPrep}
 * @param clientNonce the client's nonce
 * @param nonce the client's nonce followed by the router's nonce
 * @param salt the salt in base64
 * @param iterations the iterations of the key derivation function
 * @param header the encoding of the user name and the channel binding
 */
public record ScramExchange(
        String authid, String clientNonce, String nonce, String salt, int iterations, ScramHeader header) {
    /** The length of salted passwords and keys in bytes. */
    public static final int KEY_BYTES = 32;

    /** The AuthMessage of RFC 5802, section 3. */
    public String authMessage() {
        return "n=" + header.name(authid) + ",r=" + clientNonce + ",r=" + nonce + ",s=" + salt + ",i=" + iterations
                + ",c=" + header.channel() + ",r=" + nonce;
    }

    /** Computes the ClientProof. */
    public byte[] clientProof(byte[] saltedPassword) {
        byte[] clientKey = clientKey(saltedPassword);
        return Digests.xor(clientKey, Digests.hmac(Digests.sha256(clientKey), authMessage()));
    }

    /** True if {@code proof} was computed from the password to which {@code storedKey} belongs. Compares in constant time. */
    public boolean isProof(byte @Nullable [] proof, byte[] storedKey) {
        byte[] received = proof == null || proof.length != KEY_BYTES ? new byte[KEY_BYTES] : proof;
        byte[] clientKey = Digests.xor(Digests.hmac(storedKey, authMessage()), received);
        return MessageDigest.isEqual(Digests.sha256(clientKey), storedKey)
                && proof != null
                && proof.length == KEY_BYTES;
    }

    /** Computes the ServerSignature, which WAMP calls verifier. */
    public byte[] serverSignature(byte[] serverKey) {
        return Digests.hmac(serverKey, authMessage());
    }

    /** Computes the StoredKey of a salted password. */
    public static byte[] storedKey(byte[] saltedPassword) {
        return Digests.sha256(clientKey(saltedPassword));
    }

    /** Computes the ServerKey of a salted password. */
    public static byte[] serverKey(byte[] saltedPassword) {
        return Digests.hmac(saltedPassword, "Server Key");
    }

    /**
     * Computes the salted password by PBKDF2 from a password that {@link SaslPrep} normalised. The time is
     * proportional to {@code iterations}.
     */
    public static byte[] pbkdf2(String password, byte[] salt, int iterations) {
        return Pbkdf2.derive(password, salt, iterations, KEY_BYTES);
    }

    private static byte[] clientKey(byte[] saltedPassword) {
        return Digests.hmac(saltedPassword, "Client Key".getBytes(StandardCharsets.UTF_8));
    }
}
