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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Signs and verifies the challenges of WAMP-Cryptosign with Ed25519 keys (section "Cryptosign-based Authentication",
 * RFC 8032). Thread-safe.
 */
public final class Cryptosign {
    /** The length of keys, challenges and channel ids in bytes. */
    public static final int KEY_BYTES = 32;

    private static final int SIGNATURE_BYTES = 64;
    private static final String ED25519 = "Ed25519";
    private static final HexFormat HEX = HexFormat.of();

    /** The prime of the finite field of Ed25519. */
    private static final BigInteger FIELD = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    /** The y coordinates of the eight points of low order. Signatures that are valid for such public keys can be made without a private key. */
    private static final Set<BigInteger> LOW_ORDER = Set.of(
            BigInteger.ZERO,
            BigInteger.ONE,
            FIELD.subtract(BigInteger.ONE),
            new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16),
            new BigInteger("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16));

    private Cryptosign() {}

    /** Parses 64 hexadecimal digits of either case; returns null for any other text. */
    public static byte @Nullable [] parse(String hex) {
        return parse(hex, KEY_BYTES);
    }

    /**
     * Parses a public key of 64 hexadecimal digits of either case. Returns null for any other text and for an unsafe
     * key: one that is not a point of the curve, has low order or is not in the canonical encoding of RFC 8032.
     */
    public static byte @Nullable [] parsePublicKey(String hex) {
        byte[] key = parse(hex);
        return key == null || !isReliable(key) || !isOnCurve(key) ? null : key;
    }

    /** Formats {@code bytes} as hexadecimal digits in lower case. */
    public static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    /** Computes the public key of a private key, both encoded as in RFC 8032. */
    public static byte[] publicKey(byte[] privateKey) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ED25519);
            generator.initialize(NamedParameterSpec.ED25519, new FixedRandom(privateKey));
            EdECPublicKey key = (EdECPublicKey) generator.generateKeyPair().getPublic();
            return encoded(key.getPoint());
        } catch (GeneralSecurityException e) {
            throw Digests.missing(e);
        }
    }

    /** Signs {@code message}; the signature is encoded as in RFC 8032. */
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
     * Signs a challenge. Returns the hexadecimal digits of the signature, followed by the hexadecimal digits of the signed message.
     *
     * @param privateKey 32 bytes
     * @param challenge 32 bytes
     * @param channelId the 32 bytes of the channel binding, or null without channel binding
     */
    public static String sign(byte[] privateKey, byte[] challenge, byte @Nullable [] channelId) {
        byte[] message = message(challenge, channelId);
        return hex(signature(privateKey, message)) + hex(message);
    }

    /**
     * True if {@code signature} is a valid answer to this challenge by the owner of the key.
     *
     * @param publicKey 32 bytes
     * @param signature the signature that the client sent
     * @param challenge the 32 bytes of the challenge
     * @param channelId the 32 bytes of the channel binding, or null without channel binding
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

    /**
     * True if {@code signature} of {@code message} was made with the private key of {@code publicKey}. Always false
     * for a key of low order, because such signatures can be made without a private key.
     */
    public static boolean isSignature(byte[] publicKey, byte[] signature, byte[] message) {
        if (!isReliable(publicKey)) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(ED25519);
            verifier.initVerify(decoded(publicKey));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // The key is not a point of the curve, or the signature is out of range.
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

    /** Encodes a point: y in little-endian order, with the lowest bit of x as the highest bit (RFC 8032, section 5.1.2). */
    private static byte[] encoded(EdECPoint point) {
        byte[] bytes = Arrays.copyOf(reversed(point.getY().toByteArray()), KEY_BYTES);
        if (point.isXOdd()) {
            bytes[KEY_BYTES - 1] |= (byte) 0x80;
        }
        return bytes;
    }

    /** True if y is in range, so that the encoding is canonical, and if the point does not have low order. */
    private static boolean isReliable(byte[] key) {
        BigInteger y = y(key);
        return y.compareTo(FIELD) < 0 && !LOW_ORDER.contains(y);
    }

    /** True if (y^2 - 1) / (d y^2 + 1) is a square, so that a point with this y exists (RFC 8032, section 5.1.3). */
    private static boolean isOnCurve(byte[] key) {
        BigInteger square = y(key).pow(2);
        BigInteger d = BigInteger.valueOf(-121_665)
                .multiply(BigInteger.valueOf(121_666).modInverse(FIELD));
        BigInteger divisor = d.multiply(square).add(BigInteger.ONE).mod(FIELD);
        BigInteger quotient = square.subtract(BigInteger.ONE).multiply(divisor.modInverse(FIELD));
        return quotient.modPow(FIELD.shiftRight(1), FIELD).equals(BigInteger.ONE);
    }

    private static BigInteger y(byte[] key) {
        byte[] bytes = reversed(key);
        bytes[0] &= 0x7F;
        return new BigInteger(1, bytes);
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

    /** Makes the JDK's key pair generator use a given private key, by returning the key as random bytes. */
    private static final class FixedRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] key;

        private FixedRandom(byte[] key) {
            this.key = key.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(key, 0, bytes, 0, bytes.length);
        }
    }
}
