package io.junctor.client.auth;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Builds the TLS context for {@link io.junctor.client.Client.Builder#tls}: the trusted certificates, and the client's own
 * certificate. Not thread-safe.
 *
 * <pre>{@code
 * SSLContext context = SslContextBuilder.create()
 *         .authorities(Path.of("ca.pem"))
 *         .certificate(Path.of("client.pem"), Path.of("client-key.pem"))
 *         .build();
 * }</pre>
 *
 * <p>Without {@link #authorities} and {@link #pinned}, the context trusts the certificate authorities of the JDK.
 */
public final class SslContextBuilder {
    private static final int FINGERPRINT_BYTES = 32;

    private TrustManager @Nullable [] trust;
    private KeyManager @Nullable [] keys;

    private SslContextBuilder() {}

    /** Creates a builder that trusts the authorities of the JDK and presents no certificate. */
    public static SslContextBuilder create() {
        return new SslContextBuilder();
    }

    /**
     * Trusts the certificate authorities in a PEM file, and no others.
     *
     * @throws IllegalArgumentException if the file cannot be read
     */
    public SslContextBuilder authorities(Path pemFile) {
        trust = trustManagers(pemFile);
        return this;
    }

    /**
     * Trusts exactly the router certificates with these SHA-256 fingerprints while they are valid, even if no trusted
     * authority issued them.
     *
     * @param fingerprints each 64 hexadecimal digits, with or without colons, as {@code openssl x509 -fingerprint -sha256}
     *     prints them
     * @throws IllegalArgumentException if a text is not a fingerprint, or if there is no text
     */
    public SslContextBuilder pinned(String... fingerprints) {
        if (fingerprints.length == 0) {
            throw new IllegalArgumentException("at least one fingerprint is needed");
        }
        List<byte[]> pins =
                Arrays.stream(fingerprints).map(SslContextBuilder::fingerprint).toList();
        trust = new TrustManager[] {new PinnedCertificates(pins)};
        return this;
    }

    /**
     * Presents a client certificate from PEM files.
     *
     * @param certificate the certificate, followed by the intermediate certificates
     * @param key the private key (PKCS#8), not encrypted
     * @throws IllegalArgumentException if a file cannot be read, or the key belongs to another certificate
     */
    public SslContextBuilder certificate(Path certificate, Path key) {
        keys = ClientCertificate.pem(certificate, key);
        return this;
    }

    /**
     * Presents a client certificate from a PKCS#12 file, which contains the key too.
     *
     * @throws IllegalArgumentException if the file cannot be read with this password
     */
    public SslContextBuilder pkcs12Certificate(Path file, char[] password) {
        keys = ClientCertificate.pkcs12(file, password);
        return this;
    }

    /** Returns the context. */
    public SSLContext build() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no TLS", e);
        }
    }

    private static byte[] fingerprint(String text) {
        String digits = text.replace(":", "").toLowerCase(Locale.ROOT);
        if (!digits.matches("[0-9a-f]{" + 2 * FINGERPRINT_BYTES + "}")) {
            throw new IllegalArgumentException("'" + text + "' is not a SHA-256 fingerprint of 64 hexadecimal digits");
        }
        return HexFormat.of().parseHex(digits);
    }

    private static TrustManager[] trustManagers(Path file) {
        try {
            List<Certificate> found = ClientCertificate.certificates(file);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int index = 0;
            for (Certificate one : found) {
                store.setCertificateEntry("authority" + index, one);
                index++;
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(file + " cannot be read as PEM certificates", e);
        }
    }

    /** Trusts pinned certificates. Implements only X509TrustManager: so the JDK itself checks the host name after this check. */
    private record PinnedCertificates(List<byte[]> pins) implements X509TrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            chain[0].checkValidity();
            byte[] presented = sha256(chain[0]);
            if (pins.stream().noneMatch(pin -> MessageDigest.isEqual(pin, presented))) {
                throw new CertificateException("the router's certificate has another fingerprint: "
                        + HexFormat.of().formatHex(presented));
            }
        }

        private static byte[] sha256(X509Certificate certificate) throws CertificateEncodingException {
            try {
                return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            } catch (GeneralSecurityException e) {
                throw new CertificateEncodingException(e);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            throw new CertificateException("a client does not check client certificates");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
