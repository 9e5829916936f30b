package io.junctor.client.encryption;

import io.junctor.client.Args;
import io.junctor.client.PayloadCodec;
import io.junctor.client.SealedPayload;
import io.junctor.client.WampException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts arguments from client to client: scheme {@code wamp}, serializer {@code cbor}, cipher {@code aes256gcm}.
 * Immutable.
 *
 * <p>A payload is a random nonce of 12 bytes, then the CBOR map of {@code args} and {@code kwargs} encrypted with
 * AES-256 in Galois/Counter Mode, then its tag of 16 bytes. Topics, procedures and error URIs are not encrypted. Use
 * one key for at most 2^32 payloads.
 */
public final class AesGcmCodec implements PayloadCodec {
    private static final String SERIALIZER = "cbor";
    private static final String CIPHER = "aes256gcm";
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final String sealingKeyId;
    private final Map<String, SecretKeySpec> keyById;

    private AesGcmCodec(String sealingKeyId, Map<String, SecretKeySpec> keyById) {
        this.sealingKeyId = sealingKeyId;
        this.keyById = keyById;
    }

    /**
     * Creates a codec that encrypts and decrypts with a key of 32 bytes. {@code keyId} is the public name of the key.
     *
     * @throws IllegalArgumentException if the key has another length
     */
    public static AesGcmCodec withKey(String keyId, byte[] key) {
        return new AesGcmCodec(keyId, Map.of(keyId, key(key)));
    }

    /** Returns a copy of this codec that also decrypts payloads that were encrypted with another key. */
    public AesGcmCodec alsoOpening(String keyId, byte[] key) {
        Map<String, SecretKeySpec> more = new LinkedHashMap<>(keyById);
        more.put(keyId, key(key));
        return new AesGcmCodec(sealingKeyId, Map.copyOf(more));
    }

    @Override
    public String scheme() {
        return "wamp";
    }

    @Override
    public SealedPayload seal(Args args) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(Cipher.ENCRYPT_MODE, keyById.get(sealingKeyId));
        byte[] nonce = cipher.getIV();
        byte[] encrypted = cipher.doFinal(PackedArguments.pack(args));
        byte[] bytes = ByteBuffer.allocate(nonce.length + encrypted.length)
                .put(nonce)
                .put(encrypted)
                .array();
        return new SealedPayload(bytes, SERIALIZER, CIPHER, sealingKeyId);
    }

    @Override
    public Args open(SealedPayload payload) throws GeneralSecurityException {
        require("ppt_serializer", SERIALIZER, payload.serializer());
        require("ppt_cipher", CIPHER, payload.cipher());
        SecretKeySpec key = keyById.get(payload.keyId() == null ? sealingKeyId : payload.keyId());
        if (key == null) {
            throw unreadable("no key '" + payload.keyId() + "'");
        }
        if (payload.bytes().length < NONCE_BYTES) {
            throw unreadable("too short for a nonce");
        }
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, payload.bytes(), 0, NONCE_BYTES));
        byte[] packed = cipher.doFinal(payload.bytes(), NONCE_BYTES, payload.bytes().length - NONCE_BYTES);
        return PackedArguments.unpack(packed);
    }

    /** Returns the names of the keys, without the keys. */
    @Override
    public String toString() {
        return CIPHER + " with keys " + keyById.keySet();
    }

    private static SecretKeySpec key(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a key of " + CIPHER + " has " + KEY_BYTES + " bytes, not " + key.length);
        }
        return new SecretKeySpec(key, "AES");
    }

    private static void require(String option, String expected, @Nullable String actual) {
        if (!Objects.equals(expected, actual)) {
            throw unreadable(option + " is '" + actual + "', expected '" + expected + "'");
        }
    }

    private static WampException unreadable(String text) {
        return new WampException("wamp.error.invalid_payload", text);
    }
}
