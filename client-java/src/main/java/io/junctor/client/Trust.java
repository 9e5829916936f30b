package io.junctor.client;

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
 * Safe for use by many threads. Makes what {@link Client#tls} takes where the JDK's trust store does not do: the router's certificate
 * is trusted because of a file or a fingerprint. The host name is checked all the same. For anything else make an
 * {@link SSLContext} of your own.
 */
public final class Trust {
    private static final int FINGERPRINT_BYTES = 32;

    private Trust() {}

    /**
     * Trusts the certificates of a PEM file, and those they sign; nobody else.
     *
     * @throws IllegalArgumentException if the file cannot be read or has no certificate
     */
    public static SSLContext pem(Path file) {
        return context(null, authorities(file));
    }

    /**
     * Trusts as {@link #pem(Path)}, and shows the router a certificate of the client's own.
     *
     * @param authorities a PEM file
     * @param keystore a PKCS#12 file with the client's key and certificate
     * @param password of that file
     * @throws IllegalArgumentException if a file cannot be read
     */
    public static SSLContext pem(Path authorities, Path keystore, char[] password) {
        return context(OwnKey.pkcs12(keystore, password), authorities(authorities));
    }

    /**
     * Trusts as {@link #pem(Path)}, and shows the router a certificate of the client's own.
     *
     * @param authorities a PEM file
     * @param certificate a PEM file with the client's certificate and behind it those that lead to its authority
     * @param key a PEM file with its private key (PKCS#8), not encrypted
     * @throws IllegalArgumentException if a file cannot be read, or the key is that of another certificate
     */
    public static SSLContext pem(Path authorities, Path certificate, Path key) {
        return context(OwnKey.pem(certificate, key), authorities(authorities));
    }

    /**
     * Trusts as the JDK does, and shows the router a certificate of the client's own: the parameters of
     * {@link #pem(Path, Path, Path)}.
     */
    public static SSLContext showing(Path certificate, Path key) {
        return context(OwnKey.pem(certificate, key), (TrustManager[]) null);
    }

    /**
     * Trusts exactly the certificates with these SHA-256 fingerprints, whoever issued them, while they are valid.
     *
     * @param fingerprints each 64 hexadecimal digits, with or without colons, as {@code openssl x509 -fingerprint -sha256} prints them
     * @throws IllegalArgumentException if one is something else, or there is none
     */
    public static SSLContext pinned(String... fingerprints) {
        if (fingerprints.length == 0) {
            throw new IllegalArgumentException("at least one fingerprint is needed");
        }
        List<byte[]> pins = Arrays.stream(fingerprints).map(Trust::fingerprint).toList();
        return context(null, new Pinned(pins));
    }

    private static byte[] fingerprint(String text) {
        String digits = text.replace(":", "").toLowerCase(Locale.ROOT);
        if (!digits.matches("[0-9a-f]{" + 2 * FINGERPRINT_BYTES + "}")) {
            throw new IllegalArgumentException("'" + text + "' is no SHA-256 fingerprint of 64 hexadecimal digits");
        }
        return HexFormat.of().parseHex(digits);
    }

    private static TrustManager[] authorities(Path file) {
        try {
            List<Certificate> found = OwnKey.certificates(file);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int place = 0;
            for (Certificate one : found) {
                store.setCertificateEntry("authority" + place, one);
                place++;
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return trust.getTrustManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(file + " cannot be read as PEM certificates", e);
        }
    }

    private static SSLContext context(KeyManager @Nullable [] keys, TrustManager @Nullable ... trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    /** Not an extended trust manager on purpose: so the JDK itself checks the host name after this one. */
    private record Pinned(List<byte[]> pins) implements X509TrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            chain[0].checkValidity();
            byte[] shown = sha256(chain[0]);
            if (pins.stream().noneMatch(pin -> MessageDigest.isEqual(pin, shown))) {
                throw new CertificateException("the router's certificate has another fingerprint: "
                        + HexFormat.of().formatHex(shown));
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
            throw new CertificateException("this is a client");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
