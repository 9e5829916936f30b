package io.junctor.testkit.tls;

import io.junctor.router.config.listener.KeyFiles;
import io.junctor.router.config.listener.TlsConfig;
import java.io.IOException;
import java.io.StringWriter;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.jspecify.annotations.Nullable;

/**
 * A certificate for tests with its key and PEM files, and TLS contexts of clients that trust or present it.
 * Thread-safe.
 */
public final class TestCertificate {
    private static final char[] PASSWORD = "in memory".toCharArray();
    private static final String OWN = "own";

    /** A self-signed certificate for {@code localhost} and {@code 127.0.0.1}. */
    public static final TestCertificate LOCALHOST = of("localhost", "127.0.0.1");

    private final X509Certificate certificate;
    private final PrivateKey key;
    private final KeyFiles.Pem files;

    private TestCertificate(X509Certificate certificate, PrivateKey key, Path directory) {
        this.certificate = certificate;
        this.key = key;
        this.files = new KeyFiles.Pem(directory.resolve("cert.pem"), directory.resolve("key.pem"), null);
    }

    /** Creates a self-signed certificate that is valid now. */
    public static TestCertificate of(String... hosts) {
        Instant now = Instant.now();
        return from(now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(2)), hosts);
    }

    /** Creates a self-signed certificate that is valid from {@code from} until {@code until}. */
    public static TestCertificate from(Instant from, Instant until, String... hosts) {
        return TestAuthority.selfSigned(List.of(hosts), from, until);
    }

    /** Writes a certificate and its key to new files. */
    static TestCertificate of(X509Certificate certificate, PrivateKey key) {
        try {
            Path directory = Files.createTempDirectory("junctor-test");
            TestCertificate written = new TestCertificate(certificate, key, directory);
            written.copyTo(written.files);
            directory.toFile().deleteOnExit();
            written.files.paths().forEach(path -> path.toFile().deleteOnExit());
            return written;
        } catch (IOException e) {
            throw new AssertionError("cannot write a certificate", e);
        }
    }

    /** Returns the PEM files of the certificate and its key. */
    public KeyFiles.Pem files() {
        return files;
    }

    /** Returns the certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** Returns the TLS configuration of a listener that uses this certificate. */
    public TlsConfig config() {
        return TlsConfig.of(files);
    }

    /** Overwrites the files {@code others}, as a renewal of a certificate does. */
    public void copyTo(KeyFiles.Pem others) {
        try {
            Files.writeString(others.certificate(), pem(certificate));
            Files.writeString(others.key(), pem(new JcaPKCS8Generator(key, null)));
        } catch (IOException e) {
            throw new AssertionError("cannot write a certificate", e);
        }
    }

    /** Returns a part of a PEM file. */
    static String pem(Object part) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(part);
        }
        return text.toString();
    }

    /** Returns the context of a client that trusts these certificates and no others. */
    public static SSLContext trusting(TestCertificate... trusted) {
        return context(null, trusted);
    }

    /**
     * Returns the context of a client that trusts these certificates, and presents this certificate if the router asks for one of its
     * authority.
     */
    public SSLContext showing(TestCertificate... trusted) {
        return context(new KeyManager[] {keys()}, trusted);
    }

    /** Returns the context of a client that presents this certificate whichever authorities the router names, and trusts {@code trusted}. */
    public SSLContext insisting(TestCertificate... trusted) {
        return context(new KeyManager[] {new SingleKeySelector(keys())}, trusted);
    }

    private X509ExtendedKeyManager keys() {
        try {
            KeyStore store = empty();
            store.setKeyEntry(OWN, key, PASSWORD, new Certificate[] {certificate});
            KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
            keys.init(store, PASSWORD);
            return (X509ExtendedKeyManager) keys.getKeyManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError("no TLS", e);
        }
    }

    private static SSLContext context(KeyManager @Nullable [] keys, TestCertificate... trusted) {
        try {
            KeyStore store = empty();
            for (int i = 0; i < trusted.length; i++) {
                store.setCertificateEntry("trusted" + i, trusted[i].certificate());
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError("no TLS", e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** Always chooses its only certificate, whichever authorities the server names. */
    private static final class SingleKeySelector extends X509ExtendedKeyManager {
        private final X509ExtendedKeyManager keys;

        SingleKeySelector(X509ExtendedKeyManager keys) {
            this.keys = keys;
        }

        @Override
        public String chooseEngineClientAlias(String[] kinds, Principal[] issuers, SSLEngine engine) {
            return OWN;
        }

        @Override
        public String chooseClientAlias(String[] kinds, Principal[] issuers, Socket socket) {
            return OWN;
        }

        @Override
        public String[] getClientAliases(String kind, Principal[] issuers) {
            return new String[] {OWN};
        }

        @Override
        public String[] getServerAliases(String kind, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(String kind, Principal[] issuers, Socket socket) {
            throw new AssertionError("this is a client");
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return keys.getPrivateKey(alias);
        }
    }
}
