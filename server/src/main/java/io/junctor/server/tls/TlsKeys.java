package io.junctor.server.tls;

import io.junctor.router.config.listener.KeyFiles;
import io.junctor.router.config.listener.TlsConfig;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The certificates, keys and revocation lists of a listener, read from their files and checked.
 *
 * @param keys the server certificates with their keys, in the order of the configuration
 * @param authorities the authorities whose client certificates the listener accepts
 * @param crls the certificate revocation lists of these authorities
 */
public record TlsKeys(List<ServerKey> keys, List<X509Certificate> authorities, List<X509CRL> crls) {
    private static final char[] IN_MEMORY = "memory".toCharArray();

    /** Copies the lists. */
    public TlsKeys {
        keys = List.copyOf(keys);
        authorities = List.copyOf(authorities);
        crls = List.copyOf(crls);
    }

    /**
     * Reads all files; blocks.
     *
     * @throws TlsException if a file cannot be used
     */
    public static TlsKeys read(TlsConfig config) throws TlsException {
        List<ServerKey> keys = new ArrayList<>();
        for (KeyFiles files : config.keys()) {
            keys.add(ServerKey.read(files));
        }
        Path trust = config.trust();
        List<X509CRL> crls = new ArrayList<>();
        for (Path file : config.revocation().crls()) {
            crls.addAll(RevocationLists.read(file));
        }
        return new TlsKeys(keys, trust == null ? List.of() : authorities(trust), crls);
    }

    /**
     * Reads the certificates of authorities; blocks.
     *
     * @throws TlsException if the file has no certificate or cannot be read
     */
    public static List<X509Certificate> authorities(Path pem) throws TlsException {
        return PemReader.certificates(pem);
    }

    /** Returns the keys as a key store; {@link #alias} names each entry, {@link #password} opens the store. */
    public KeyStore keyStore() {
        try {
            KeyStore store = KeyStores.empty();
            for (int place = 0; place < keys.size(); place++) {
                ServerKey one = keys.get(place);
                store.setKeyEntry(
                        alias(place), one.key(), IN_MEMORY, one.chain().toArray(Certificate[]::new));
            }
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key in memory cannot be stored", e);
        }
    }

    /** Returns the authorities as a key store; null if there are none. */
    public @Nullable KeyStore trustStore() {
        if (authorities.isEmpty()) {
            return null;
        }
        try {
            KeyStore store = KeyStores.empty();
            for (int place = 0; place < authorities.size(); place++) {
                store.setCertificateEntry(alias(place), authorities.get(place));
            }
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate in memory cannot be stored", e);
        }
    }

    /**
     * Returns a context for a client that trusts the authorities, or those of the JVM if the list is empty, and presents the keys if a
     * server requests a certificate.
     */
    public SSLContext clientContext() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trustStore());
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keyStore(), IN_MEMORY);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("keys in memory cannot be used", e);
        }
    }

    /** Returns the alias in {@link #keyStore} of the certificate at this index in the configuration. */
    public static String alias(int place) {
        return "certificate" + place;
    }

    /** Returns the password of {@link #keyStore}, which exists in memory only. */
    public static String password() {
        return String.valueOf(IN_MEMORY);
    }
}
