package io.junctor.server.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.listener.CertificateRevocation;
import io.junctor.router.config.listener.KeyFiles;
import io.junctor.router.config.listener.OcspPolicy;
import io.junctor.router.config.listener.TlsConfig;
import io.junctor.server.tls.SelfSignedCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Errors about the files of a listener's {@code tls}. */
class TlsFilesTest {
    private final Instant now = Instant.now();

    @TempDir
    Path directory;

    @BeforeEach
    void makeFiles() throws IOException {
        SelfSignedCertificate made = make(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
        write("cert.pem", made.certificatePem());
        write("key.pem", made.keyPem());
    }

    private static SelfSignedCertificate make(Instant from, Instant until) {
        return SelfSignedCertificate.make(List.of("localhost", "127.0.0.1"), from, until);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private ConfigResult read(String tls) throws IOException {
        write("realms.yaml", """
                listen: [{ port: 0, tls: %s }]
                realms: { realm1: { auth: { anonymous: { role: a } }, roles: { a: {} } } }
                """.formatted(tls));
        return ConfigFile.read(directory.resolve("realms.yaml"), Map.of("SECRET", "hush-hush"));
    }

    private String mistake(String tls) throws IOException {
        assertThat(read(tls)).isInstanceOf(ConfigResult.Invalid.class);
        List<Diagnostic> mistakes = ((ConfigResult.Invalid) read(tls)).errors();
        assertThat(mistakes).hasSize(1);
        assertThat(mistakes.getFirst().line()).isEqualTo(1);
        assertThat(mistakes.getFirst().toString()).doesNotContain("hush");
        return mistakes.getFirst().text().replace(directory.toString(), "");
    }

    @Test
    void pathsBeginWhereTheFileIs() throws IOException {
        TlsConfig tls = read("{ certificate: cert.pem, key: key.pem }")
                .orThrow()
                .listeners()
                .getFirst()
                .tls();
        assertThat(tls)
                .isEqualTo(TlsConfig.of(
                        new KeyFiles.Pem(directory.resolve("cert.pem"), directory.resolve("key.pem"), null)));
    }

    @Test
    void pkcs12IsTaken() throws Exception {
        SelfSignedCertificate made = make(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("any", made.key(), "hush-hush".toCharArray(), new Certificate[] {made.certificate()});
        try (OutputStream out = Files.newOutputStream(directory.resolve("keys.p12"))) {
            store.store(out, "hush-hush".toCharArray());
        }

        assertThat(read("{ keystore: keys.p12, password: \"${SECRET}\" }")).isInstanceOf(ConfigResult.Valid.class);
        assertThat(read("{ keystore: keys.p12, password: \"${SECRET}\" }").toString())
                .doesNotContain("hush");
        assertThat(mistake("{ keystore: keys.p12, password: hush }"))
                .isEqualTo("/keys.p12 cannot be opened: the password is wrong");
        assertThat(mistake("{ keystore: cert.pem, password: hush }"))
                .isEqualTo("/cert.pem is not a PKCS#12 file, or is damaged");
    }

    @Test
    void missingFilesAreNamed() throws IOException {
        assertThat(mistake("{ certificate: none.pem, key: key.pem }")).isEqualTo("there is no file /none.pem");
        assertThat(mistake("{ certificate: cert.pem, key: none.pem }")).isEqualTo("there is no file /none.pem");
        assertThat(mistake("{ certificate: ., key: key.pem }")).endsWith(" is a directory, not a file");
    }

    @Test
    void filesWithSomethingElseInThemAreNamed() throws IOException {
        write("bad.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        write("badkey.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");

        assertThat(mistake("{ certificate: key.pem, key: key.pem }"))
                .isEqualTo("/key.pem has no certificate in PEM form (-----BEGIN CERTIFICATE-----)");
        assertThat(mistake("{ certificate: cert.pem, key: cert.pem }"))
                .isEqualTo("/cert.pem has no private key in PEM form (-----BEGIN PRIVATE KEY-----)");
        assertThat(mistake("{ certificate: bad.pem, key: key.pem }"))
                .isEqualTo("/bad.pem has a certificate that cannot be read");
        assertThat(mistake("{ certificate: cert.pem, key: badkey.pem }"))
                .isEqualTo("the key in /badkey.pem cannot be read or decrypted");
        assertThat(mistake("{ certificate: cert.pem, key: key.pem, client_certificates: optional, trust: key.pem }"))
                .isEqualTo("/key.pem has no certificate in PEM form (-----BEGIN CERTIFICATE-----)");
    }

    @Test
    void keyOfAnotherCertificateIsNamed() throws IOException {
        write("other.pem", make(now, now.plus(Duration.ofDays(1))).keyPem());
        assertThat(mistake("{ certificate: cert.pem, key: other.pem }"))
                .isEqualTo("the key in /other.pem is not that of the certificate in /cert.pem");
    }

    @Test
    void certificateThatIsNotValidNowIsNamed() throws IOException {
        SelfSignedCertificate old = make(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2021-01-01T00:00:00Z"));
        write("old.pem", old.certificatePem() + old.keyPem());
        SelfSignedCertificate early =
                make(Instant.parse("2999-01-01T00:00:00Z"), Instant.parse("2999-02-01T00:00:00Z"));
        write("early.pem", early.certificatePem() + early.keyPem());

        assertThat(mistake("{ certificate: old.pem, key: old.pem }"))
                .isEqualTo("the certificate in /old.pem has expired: it was valid until 2021-01-01T00:00:00Z");
        assertThat(mistake("{ certificate: early.pem, key: early.pem }"))
                .isEqualTo("the certificate in /early.pem is not valid yet: it is from 2999-01-01T00:00:00Z");
    }

    @Test
    void aServedDirectoryMayNotHaveATlsFileInItNotEvenByALink() throws IOException {
        Path real = Files.createDirectories(directory.resolve("real"));
        Files.createSymbolicLink(directory.resolve("web"), real);
        Files.createSymbolicLink(directory.resolve("linked.pem"), real.resolve("key.pem"));
        Files.move(directory.resolve("key.pem"), real.resolve("key.pem"));
        for (String key : List.of("real/key.pem", "web/key.pem", "linked.pem")) {
            for (String files : List.of("real", "web")) {
                assertThat(mistake(
                                "{ certificate: cert.pem, key: %s }, files: { directory: %s }".formatted(key, files)))
                        .startsWith("this directory has the TLS file /" + key + " in it");
            }
        }
    }

    @Test
    void clientCertificatesAndTheirAuthoritiesGoTogether() throws IOException {
        assertThat(mistake("{ certificate: cert.pem, key: key.pem, client_certificates: required }"))
                .isEqualTo("'client_certificates' needs 'trust', a PEM file of the authorities that issue them");
        assertThat(mistake("{ certificate: cert.pem, key: key.pem, trust: cert.pem }"))
                .isEqualTo("'trust' needs client_certificates: optional or required");
    }

    @Test
    void revocationListsAreReadWithTheCertificates() throws Exception {
        String tls = "{ certificate: cert.pem, key: key.pem, %s revocation: { crl: [devices.crl] } }";
        String clients = "client_certificates: optional, trust: cert.pem,";
        write("devices.crl", revocationList(now.plus(Duration.ofDays(1))));

        CertificateRevocation revocation = Objects.requireNonNull(read(tls.formatted(clients))
                        .orThrow()
                        .listeners()
                        .getFirst()
                        .tls())
                .revocation();
        assertThat(revocation)
                .isEqualTo(new CertificateRevocation(List.of(directory.resolve("devices.crl")), OcspPolicy.NONE));
        assertThat(mistake(tls.formatted(""))).isEqualTo("'revocation' needs 'client_certificates' and 'trust'");
        write("devices.crl", revocationList(Instant.parse("2021-01-01T00:00:00Z")));
        assertThat(mistake(tls.formatted(clients)))
                .isEqualTo("the revocation list in /devices.crl has expired: it was valid until 2021-01-01T00:00:00Z");
        write("devices.crl", "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n");
        assertThat(mistake(tls.formatted(clients)))
                .isEqualTo("/devices.crl has no certificate revocation list in PEM or DER form");
        write("devices.crl", "");
        assertThat(mistake(tls.formatted(clients)))
                .isEqualTo("/devices.crl has no certificate revocation list in PEM or DER form");
        Files.delete(directory.resolve("devices.crl"));
        assertThat(mistake(tls.formatted(clients))).isEqualTo("there is no file /devices.crl");
    }

    @Test
    void encryptedKeyNeedsItsPassword() throws Exception {
        SelfSignedCertificate made = make(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
        BouncyCastleProvider provider = new BouncyCastleProvider();
        Object pkcs8 = new JcaPKCS8Generator(
                made.key(),
                new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                        .setProvider(provider)
                        .setPassword("hush-hush".toCharArray())
                        .build());
        write("own.pem", made.certificatePem() + pem(pkcs8));

        assertThat(read("{ certificate: own.pem, key: own.pem, password: \"${SECRET}\" }"))
                .isInstanceOf(ConfigResult.Valid.class);
        assertThat(mistake("{ certificate: own.pem, key: own.pem }"))
                .isEqualTo("the key in /own.pem is encrypted and needs a 'password'");
        assertThat(mistake("{ certificate: own.pem, key: own.pem, password: hush-mush }"))
                .isEqualTo("the key in /own.pem cannot be decrypted: the password is wrong");
    }

    private static String revocationList(Instant until) throws IOException, OperatorCreationException {
        SelfSignedCertificate authority = make(Instant.EPOCH, until);
        X509v2CRLBuilder builder =
                new JcaX509v2CRLBuilder(authority.certificate().getSubjectX500Principal(), Date.from(Instant.EPOCH));
        builder.setNextUpdate(Date.from(until));
        return pem(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(authority.key())));
    }

    private static String pem(Object part) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(part);
        }
        return text.toString();
    }
}
