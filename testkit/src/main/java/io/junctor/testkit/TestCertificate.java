package io.junctor.testkit;

import io.junctor.router.config.KeyFiles;
import io.junctor.router.config.TlsConfig;
import io.junctor.server.tls.SelfSigned;
import java.io.IOException;
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
import org.jspecify.annotations.Nullable;

/** Immutable, but for its files. A certificate for tests, as PEM files, and what a client needs who trusts it. */
public final class TestCertificate {
    private static final char[] PASSWORD = "in memory".toCharArray();
    private static final String OWN = "own";

    /** Of {@code localhost} and {@code 127.0.0.1}. */
    public static final TestCertificate LOCALHOST = of("localhost", "127.0.0.1");

    private final SelfSigned made;
    private final KeyFiles.Pem files;

    private TestCertificate(SelfSigned made, Path directory) {
        this.made = made;
        this.files = new KeyFiles.Pem(directory.resolve("cert.pem"), directory.resolve("key.pem"), null);
    }

    /** One that is valid now. */
    public static TestCertificate of(String... hosts) {
        Instant now = Instant.now();
        return from(now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(2)), hosts);
    }

    /** One with a time of validity of the test's choice. */
    public static TestCertificate from(Instant from, Instant until, String... hosts) {
        return of(SelfSigned.make(List.of(hosts), from, until));
    }

    /** One that was made elsewhere. */
    static TestCertificate of(SelfSigned made) {
        try {
            Path directory = Files.createTempDirectory("junctor-test");
            TestCertificate certificate = new TestCertificate(made, directory);
            certificate.copyTo(certificate.files);
            directory.toFile().deleteOnExit();
            certificate.files.paths().forEach(path -> path.toFile().deleteOnExit());
            return certificate;
        } catch (IOException e) {
            throw new AssertionError("cannot write a certificate", e);
        }
    }

    /** Its files. */
    public KeyFiles.Pem files() {
        return files;
    }

    /** The certificate itself. */
    public X509Certificate certificate() {
        return made.certificate();
    }

    /** A listener that shows it. */
    public TlsConfig config() {
        return TlsConfig.of(files);
    }

    /** Overwrites the files of another one, as if it were renewed. */
    public void copyTo(KeyFiles.Pem others) {
        try {
            Files.writeString(others.certificate(), made.certificatePem());
            Files.writeString(others.key(), made.keyPem());
        } catch (IOException e) {
            throw new AssertionError("cannot write a certificate", e);
        }
    }

    /** A client that trusts these certificates and nobody else. */
    public static SSLContext trusting(TestCertificate... trusted) {
        return context(null, trusted);
    }

    /** A client that shows this certificate where the router asks for one of its authority, and trusts these. */
    public SSLContext showing(TestCertificate... trusted) {
        return context(new KeyManager[] {keys()}, trusted);
    }

    /** A client that shows this certificate whatever the router asks for, and trusts these. */
    public SSLContext insisting(TestCertificate... trusted) {
        return context(new KeyManager[] {new Insisting(keys())}, trusted);
    }

    private X509ExtendedKeyManager keys() {
        try {
            KeyStore store = empty();
            store.setKeyEntry(OWN, made.key(), PASSWORD, new Certificate[] {made.certificate()});
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

    /** Has one certificate and asks nobody who wants it. */
    private static final class Insisting extends X509ExtendedKeyManager {
        private final X509ExtendedKeyManager keys;

        Insisting(X509ExtendedKeyManager keys) {
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
