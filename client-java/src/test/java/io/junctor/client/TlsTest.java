package io.junctor.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.client.auth.SslContextBuilder;
import io.junctor.testkit.process.CompletedProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * SEC-01. The server answers every request with 404. A client that gets this answer has trusted the certificate, which is
 * issued for {@code localhost}.
 */
@Timeout(60)
class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path directory;

    private static KeyStore certificate;

    private ServerSocket server;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = selfSigned(directory.resolve("server.p12"));
    }

    @BeforeEach
    void startServer() throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(certificate, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        server = context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    assertThat(line).isNotEmpty();
                }
                String answer = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException refused) {
                // A client that does not trust the certificate closes the connection.
            }
        }
    }

    @Test
    void anUntrustedCertificateIsRefused() {
        assertThatThrownBy(() -> Client.builder(uri("localhost")).build().join())
                .hasMessageContaining("cannot connect to " + uri("localhost"))
                .hasMessageContaining("SSLHandshakeException");
    }

    @Test
    void aTrustedCertificateOfAnotherHostIsRefused() throws Exception {
        SSLContext trusting = trusting();
        assertThatThrownBy(() ->
                        Client.builder(uri("127.0.0.1")).tls(trusting).build().join())
                .hasMessageContaining("SSLHandshakeException");
    }

    @Test
    void aTrustedCertificateOfTheHostIsAccepted() throws Exception {
        SSLContext trusting = trusting();
        assertThatThrownBy(() ->
                        Client.builder(uri("localhost")).tls(trusting).build().join())
                .hasMessageContaining("the server answered HTTP 404");
    }

    @Test
    void certificateOfAPemFileIsTrusted() throws Exception {
        Path pem = directory.resolve("cert.pem");
        Files.writeString(
                pem,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(
                                        certificate.getCertificate("server").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");

        assertThatThrownBy(() -> Client.builder(uri("localhost"))
                        .tls(SslContextBuilder.create().authorities(pem).build())
                        .build()
                        .join())
                .hasMessageContaining("the server answered HTTP 404");
        assertThatThrownBy(() -> Client.builder(uri("127.0.0.1"))
                        .tls(SslContextBuilder.create().authorities(pem).build())
                        .build()
                        .join())
                .hasMessageContaining("SSLHandshakeException");
        assertThatThrownBy(() -> SslContextBuilder.create().authorities(directory.resolve("none.pem")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none.pem");
    }

    @Test
    void pinnedCertificateIsTrustedForItsHostAndNoOther() throws Exception {
        byte[] encoded = certificate.getCertificate("server").getEncoded();
        String pin = HexFormat.ofDelimiter(":")
                .withUpperCase()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
        SSLContext pinned =
                SslContextBuilder.create().pinned("00".repeat(32), pin).build();

        assertThatThrownBy(() ->
                        Client.builder(uri("localhost")).tls(pinned).build().join())
                .hasMessageContaining("the server answered HTTP 404");
        assertThatThrownBy(() ->
                        Client.builder(uri("127.0.0.1")).tls(pinned).build().join())
                .hasMessageContaining("SSLHandshakeException");
        SSLContext other = SslContextBuilder.create().pinned("00".repeat(32)).build();
        assertThatThrownBy(() ->
                        Client.builder(uri("localhost")).tls(other).build().join())
                .hasMessageContaining("SSLHandshakeException");
        assertThatThrownBy(() -> SslContextBuilder.create().pinned("abc"))
                .hasMessageContaining("'abc' is not a SHA-256 fingerprint");
    }

    private String uri(String host) {
        return "wss://" + host + ":" + server.getLocalPort() + "/ws";
    }

    private SSLContext trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", certificate.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore selfSigned(Path file) throws Exception {
        CompletedProcess keytool = CompletedProcess.run(new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString()));
        assertThat(keytool.status()).as(keytool.output()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }
}
