package io.junctor.wamp.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. One exchange of SCRAM-SHA-256 (section "Salted Challenge Response Authentication", RFC 5802, RFC 7677): what both sides
 * sign.
 *
 * @param authid the user, normalised by {@link SaslPrep}
 * @param clientNonce the client's nonce
 * @param nonce the client's nonce with the router's behind it
 * @param salt the salt in base64
 * @param iterations the time cost
 * @param form how the user and the channel are written
 */
public record ScramExchange(String authid, String clientNonce, String nonce, String salt, int iterations, ScramHeader form) {
    /** The length of the keys and of what key derivation functions give. */
    public static final int KEY_BYTES = 32;

    /** The AuthMessage of RFC 5802, section 3. */
    public String authMessage() {
        return "n=" + form.name(authid) + ",r=" + clientNonce + ",r=" + nonce + ",s=" + salt + ",i=" + iterations
                + ",c=" + form.channel() + ",r=" + nonce;
    }

    /** The client's proof that it knows the password. */
    public byte[] clientProof(byte[] saltedPassword) {
        byte[] clientKey = clientKey(saltedPassword);
        return Digests.xor(clientKey, Digests.hmac(Digests.sha256(clientKey), authMessage()));
    }

    /** Whether {@code proof} was made with the password that {@code storedKey} stands for; takes the same time either way. */
    public boolean isProof(byte @Nullable [] proof, byte[] storedKey) {
        byte[] received = proof == null || proof.length != KEY_BYTES ? new byte[KEY_BYTES] : proof;
        byte[] clientKey = Digests.xor(Digests.hmac(storedKey, authMessage()), received);
        return MessageDigest.isEqual(Digests.sha256(clientKey), storedKey)
                && proof != null
                && proof.length == KEY_BYTES;
    }

    /** The router's proof that it knows the user: the verifier. */
    public byte[] serverSignature(byte[] serverKey) {
        return Digests.hmac(serverKey, authMessage());
    }

    /** The StoredKey of a password. */
    public static byte[] storedKey(byte[] saltedPassword) {
        return Digests.sha256(clientKey(saltedPassword));
    }

    /** The ServerKey of a password. */
    public static byte[] serverKey(byte[] saltedPassword) {
        return Digests.hmac(saltedPassword, "Server Key");
    }

    /** What {@code pbkdf2} derives of a password that {@link SaslPrep} normalised; takes time in proportion to {@code iterations}. */
    public static byte[] pbkdf2(String password, byte[] salt, int iterations) {
        return Pbkdf2.derive(password, salt, iterations, KEY_BYTES);
    }

    private static byte[] clientKey(byte[] saltedPassword) {
        return Digests.hmac(saltedPassword, "Client Key".getBytes(StandardCharsets.UTF_8));
    }
}
