package io.junctor.server.tls;

import io.junctor.router.config.listener.KeyFiles;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A valid certificate of the server with its private key.
 *
 * @param chain the certificate, then the certificates that lead to the authority
 * @param key the key of the first certificate
 */
public record ServerKey(List<X509Certificate> chain, PrivateKey key) {
    private static final byte[] PROBE = {1, 2, 3, 4};

    /** Copies the list. */
    public ServerKey {
        chain = List.copyOf(chain);
    }

    /**
     * Reads certificate and key from their files.
     *
     * @throws TlsException if a file cannot be read, certificate and key do not belong together, or the certificate is
     *     not valid
     */
    public static ServerKey read(KeyFiles files) throws TlsException {
        ServerKey read = switch (files) {
            case KeyFiles.Pem pem ->
                new ServerKey(PemReader.certificates(pem.certificate()), PemReader.key(pem.key(), pem.password()));
            case KeyFiles.Pkcs12 store -> KeyStores.serverKey(store);
        };
        read.check(files);
        return read;
    }

    /** Returns the certificate of the server. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    private void check(KeyFiles files) throws TlsException {
        try {
            certificate().checkValidity();
        } catch (CertificateExpiredException e) {
            throw new TlsException(
                    "the certificate in " + files.paths().getFirst() + " has expired: it was valid until "
                            + certificate().getNotAfter().toInstant());
        } catch (CertificateNotYetValidException e) {
            throw new TlsException("the certificate in " + files.paths().getFirst() + " is not valid yet: it is from "
                    + certificate().getNotBefore().toInstant());
        }
        if (!belongsTo(certificate().getPublicKey())) {
            throw new TlsException("the key in " + files.paths().getLast() + " is not that of the certificate in "
                    + files.paths().getFirst());
        }
    }

    /** Returns whether a signature by the key can be verified with {@code other}. */
    private boolean belongsTo(PublicKey other) throws TlsException {
        try {
            Signature signature = Signature.getInstance(signatureAlgorithm());
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(other);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private String signatureAlgorithm() throws TlsException {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "RSASSA-PSS" -> "RSASSA-PSS";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
            case String other ->
                throw new TlsException("keys of kind " + other + " cannot be used: take EC, RSA or Ed25519");
        };
    }

    /** Returns the subject and the type of the key, without the key itself. */
    @Override
    public String toString() {
        return certificate().getSubjectX500Principal() + " (" + key.getAlgorithm() + ")";
    }
}
