package io.junctor.client.auth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** Reads a client certificate and its private key from files. */
final class ClientCertificate {
    private static final char[] IN_MEMORY = "memory".toCharArray();
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    /** A type of key and its signature algorithm. */
    private record KeyType(String algorithm, String signature) {}

    private static final List<KeyType> KINDS = List.of(
            new KeyType("EC", "SHA256withECDSA"), new KeyType("RSA", "SHA256withRSA"), new KeyType("EdDSA", "EdDSA"));

    private ClientCertificate() {}

    static KeyManager[] pkcs12(Path file, char[] password) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            return managers(store, password);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(file + " cannot be opened as a PKCS#12 file", e);
        }
    }

    static KeyManager[] pem(Path certificate, Path key) {
        List<Certificate> chain = certificates(certificate);
        PrivateKey own = key(key, chain.getFirst().getPublicKey());
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", own, IN_MEMORY, chain.toArray(Certificate[]::new));
            return managers(store, IN_MEMORY);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(certificate + " and " + key + " do not belong together", e);
        }
    }

    /** Returns the certificates of a PEM file, at least one. */
    static List<Certificate> certificates(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            List<Certificate> found =
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
            if (found.isEmpty()) {
                throw new IllegalArgumentException(file + " has no certificate");
            }
            return found;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(file + " cannot be read as PEM certificates", e);
        }
    }

    private static KeyManager[] managers(KeyStore store, char[] password) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        return keys.getKeyManagers();
    }

    /** Reads the key. No exception message contains any part of the key. */
    private static PrivateKey key(Path file, PublicKey other) {
        byte[] encoded = encoded(file);
        for (KeyType kind : KINDS) {
            try {
                PrivateKey key =
                        KeyFactory.getInstance(kind.algorithm()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
                if (isPair(kind, key, other)) {
                    return key;
                }
                throw new IllegalArgumentException("the key in " + file + " belongs to another certificate");
            } catch (InvalidKeySpecException notOfThisKind) {
                // The key has another type; try the next one.
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("the key in " + file + " cannot be used", e);
            }
        }
        throw new IllegalArgumentException("the key in " + file + " is not an EC, RSA or Ed25519 key");
    }

    private static byte[] encoded(Path file) {
        try {
            Matcher pem = PKCS8.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            if (!pem.find()) {
                throw new IllegalArgumentException(
                        file
                                + " has no private key that begins with -----BEGIN PRIVATE KEY-----: 'openssl pkcs8 -topk8 -nocrypt' makes one of others");
            }
            return Base64.getMimeDecoder().decode(pem.group(1));
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read", e);
        }
    }

    private static boolean isPair(KeyType kind, PrivateKey key, PublicKey other) throws GeneralSecurityException {
        byte[] text = "one key pair".getBytes(StandardCharsets.UTF_8);
        Signature signing = Signature.getInstance(kind.signature());
        signing.initSign(key);
        signing.update(text);
        byte[] signature = signing.sign();
        try {
            Signature verifying = Signature.getInstance(kind.signature());
            verifying.initVerify(other);
            verifying.update(text);
            return verifying.verify(signature);
        } catch (InvalidKeyException anotherKind) {
            return false;
        }
    }
}
