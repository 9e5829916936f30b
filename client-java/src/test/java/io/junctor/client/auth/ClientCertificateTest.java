package io.junctor.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.server.tls.SelfSignedCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCertificateTest {
    @TempDir
    private Path directory;

    private Path certificate;
    private Path key;

    private static SelfSignedCertificate made() {
        Instant now = Instant.now();
        return SelfSignedCertificate.make(List.of("door-1"), now, now.plus(Duration.ofDays(1)));
    }

    @BeforeEach
    void writeFiles() throws IOException {
        certificate = directory.resolve("cert.pem");
        key = directory.resolve("key.pem");
        SelfSignedCertificate made = made();
        Files.writeString(certificate, made.certificatePem());
        Files.writeString(key, made.keyPem());
    }

    @Test
    void certificateAndKeyOfPemFilesAreShown() {
        X509ExtendedKeyManager keys = (X509ExtendedKeyManager) ClientCertificate.pem(certificate, key)[0];
        String alias = keys.chooseEngineClientAlias(new String[] {"EC"}, null, null);
        assertThat(List.<Certificate>of(keys.getCertificateChain(alias)))
                .isEqualTo(ClientCertificate.certificates(certificate));
        assertThat(keys.getPrivateKey(alias).getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void keyOfAnotherCertificateIsRefused() throws IOException {
        Files.writeString(key, made().keyPem());
        assertRefused("the key in " + key + " belongs to another certificate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "Ed25519"})
    void keyOfAnotherKindIsRefused(String kind) throws IOException, GeneralSecurityException {
        byte[] other = KeyPairGenerator.getInstance(kind)
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        Files.writeString(
                key,
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(other)
                        + "\n-----END PRIVATE KEY-----\n");
        assertRefused("the key in " + key + " belongs to another certificate");
    }

    @Test
    void filesOfAnotherFormAreRefused() throws IOException {
        Files.writeString(key, "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
        assertRefused("openssl pkcs8 -topk8 -nocrypt");
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertRefused("is not an EC, RSA or Ed25519 key");
        Files.delete(key);
        assertRefused("key.pem cannot be read");
        Files.writeString(certificate, "");
        assertRefused("cert.pem");
    }

    private void assertRefused(String why) {
        assertThatThrownBy(() -> ClientCertificate.pem(certificate, key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
