package io.junctor.testkit;

import io.junctor.router.tls.KeyFiles;
import io.junctor.router.tls.SelfSigned;
import io.junctor.router.tls.TlsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Immutable, but for its files. A certificate for tests, as PEM files, and what a client needs who trusts it. */
public final class TestCertificate {
    private static final char[] PASSWORD = "in memory".toCharArray();

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
        try {
            Path directory = Files.createTempDirectory("junctor-test");
            TestCertificate certificate = new TestCertificate(SelfSigned.make(List.of(hosts), from, until), directory);
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
    public Certificate certificate() {
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

    /** A client that shows this certificate, and trusts these. */
    public SSLContext showing(TestCertificate... trusted) {
        try {
            KeyStore store = empty();
            store.setKeyEntry("own", made.key(), PASSWORD, new Certificate[] {made.certificate()});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            return context(keys.getKeyManagers(), trusted);
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
}
