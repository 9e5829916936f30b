package io.junctor.wamp.auth;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Safe for use by many threads. Authentication by Ed25519 keys (section "Cryptosign-based Authentication", RFC 8032). */
public final class Cryptosign {
    /** The length of keys, challenges and channel ids. */
    public static final int KEY_BYTES = 32;

    private static final int SIGNATURE_BYTES = 64;
    private static final String ED25519 = "Ed25519";
    private static final HexFormat HEX = HexFormat.of();

    private Cryptosign() {}

    /** 32 bytes from 64 hexadecimal digits of either case, or null where the text is something else. */
    public static byte @Nullable [] parse(String hex) {
        return parse(hex, KEY_BYTES);
    }

    /** The hexadecimal digits of {@code bytes}, in small letters. */
    public static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    /** The public key of a private one, both as RFC 8032 writes them. */
    public static byte[] publicKey(byte[] privateKey) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ED25519);
            generator.initialize(NamedParameterSpec.ED25519, new Given(privateKey));
            EdECPublicKey key = (EdECPublicKey) generator.generateKeyPair().getPublic();
            return encoded(key.getPoint());
        } catch (GeneralSecurityException e) {
            throw Digests.missing(e);
        }
    }

    /** The signature of {@code message}, as RFC 8032 writes it. */
    public static byte[] signature(byte[] privateKey, byte[] message) {
        try {
            Signature signer = Signature.getInstance(ED25519);
            PrivateKey key = KeyFactory.getInstance(ED25519)
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, privateKey));
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw Digests.missing(e);
        }
    }

    /**
     * The answer to a challenge: the hexadecimal digits of the signature and of the message signed.
     *
     * @param privateKey 32 bytes
     * @param challenge 32 bytes
     * @param channelId the 32 bytes the channel is bound to, or null where it is not
     */
    public static String sign(byte[] privateKey, byte[] challenge, byte @Nullable [] channelId) {
        byte[] message = message(challenge, channelId);
        return hex(signature(privateKey, message)) + hex(message);
    }

    /**
     * Whether {@code signature} is the answer of the key's holder to just this challenge; the answer to another one is none.
     *
     * @param publicKey 32 bytes
     * @param signature what the other side sent
     * @param challenge the 32 bytes that were to be signed
     * @param channelId the 32 bytes the channel is bound to, or null where it is not
     */
    public static boolean verify(byte[] publicKey, String signature, byte[] challenge, byte @Nullable [] channelId) {
        byte[] bytes = parse(signature, SIGNATURE_BYTES + KEY_BYTES);
        if (bytes == null) {
            return false;
        }
        byte[] message = Arrays.copyOfRange(bytes, SIGNATURE_BYTES, bytes.length);
        return MessageDigest.isEqual(message, message(challenge, channelId))
                && isSignature(publicKey, Arrays.copyOf(bytes, SIGNATURE_BYTES), message);
    }

    /** Whether {@code signature} of {@code message} was made with the private key to {@code publicKey}. */
    public static boolean isSignature(byte[] publicKey, byte[] signature, byte[] message) {
        try {
            Signature verifier = Signature.getInstance(ED25519);
            verifier.initVerify(decoded(publicKey));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // A key that is no point of the curve, or a signature out of range.
            return false;
        }
    }

    private static byte[] message(byte[] challenge, byte @Nullable [] channelId) {
        return channelId == null ? challenge : Digests.xor(challenge, channelId);
    }

    private static byte @Nullable [] parse(String hex, int length) {
        try {
            return hex.length() == 2 * length ? HEX.parseHex(hex) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** RFC 8032, section 5.1.2: y with the lowest byte first, and one bit of x in the highest bit. */
    private static byte[] encoded(EdECPoint point) {
        byte[] bytes = Arrays.copyOf(reversed(point.getY().toByteArray()), KEY_BYTES);
        if (point.isXOdd()) {
            bytes[KEY_BYTES - 1] |= (byte) 0x80;
        }
        return bytes;
    }

    private static PublicKey decoded(byte[] key) throws GeneralSecurityException {
        byte[] y = reversed(key);
        boolean odd = (y[0] & 0x80) != 0;
        y[0] &= 0x7F;
        EdECPoint point = new EdECPoint(odd, new BigInteger(1, y));
        return KeyFactory.getInstance(ED25519).generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    /** Makes the JDK compute the public key of a private one that is there already: it takes the private key as it is drawn. */
    private static final class Given extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] key;

        private Given(byte[] key) {
            this.key = key.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(key, 0, bytes, 0, bytes.length);
        }
    }
}
