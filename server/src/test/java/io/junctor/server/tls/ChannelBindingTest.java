package io.junctor.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.junctor.wamp.auth.ChannelBinding;
import java.io.IOException;
import java.net.InetAddress;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Channel bindings at both ends of real TLS connections. */
@Timeout(60)
class ChannelBindingTest {
    private static final char[] PASSWORD = "in memory".toCharArray();

    private final SelfSignedCertificate made = SelfSignedCertificate.make(
            List.of("localhost"),
            Instant.now().minus(Duration.ofHours(1)),
            Instant.now().plus(Duration.ofDays(1)));
    private final ExecutorService server = Executors.newVirtualThreadPerTaskExecutor();
    private SSLContext context;
    private SSLServerSocket door;

    /** The channel bindings at both ends of one connection. */
    private record Ends(SSLSession client, SSLSession server) {}

    @BeforeEach
    void open() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", made.key(), PASSWORD, new Certificate[] {made.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("made", made.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        door = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        door.close();
        server.close();
    }

    @Test
    void bothSidesHaveOneBindingAndOtherConnectionsHaveAnother() throws Exception {
        assumeTrue(Runtime.version().feature() >= 25, "needs Java 25");
        Ends first = connect("TLSv1.3");
        Ends second = connect("TLSv1.3");
        byte[] one = ChannelBinding.ofClient(ChannelBinding.EXPORTER, first.client());
        byte[] other = ChannelBinding.ofClient(ChannelBinding.EXPORTER, second.client());
        assertThat(one).hasSize(32).isEqualTo(ChannelBinding.ofServer(ChannelBinding.EXPORTER, first.server()));
        assertThat(other)
                .as("a connection that resumes the session of the first")
                .hasSize(32)
                .isNotEqualTo(one)
                .isEqualTo(ChannelBinding.ofServer(ChannelBinding.EXPORTER, second.server()));
    }

    @Test
    void nothingIsExportedOfTlsThatMayShareItsKeys() throws Exception {
        Ends ends = connect("TLSv1.2");
        assertThat(ChannelBinding.ofClient(ChannelBinding.EXPORTER, ends.client()))
                .isNull();
        assertThat(ChannelBinding.ofServer(ChannelBinding.EXPORTER, ends.server()))
                .isNull();
    }

    @Test
    void theServersCertificateIsHashedAsItsSignatureIs() throws Exception {
        X509Certificate certificate = made.certificate();
        String hash = "SHA-" + certificate.getSigAlgName().replaceAll("SHA-?([0-9]+)with.*", "$1");
        byte[] expected = MessageDigest.getInstance(hash).digest(certificate.getEncoded());
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            Ends ends = connect(version);
            assertThat(ChannelBinding.ofClient(ChannelBinding.SERVER_END_POINT, ends.client()))
                    .isEqualTo(expected);
            assertThat(ChannelBinding.ofServer(ChannelBinding.SERVER_END_POINT, ends.server()))
                    .isEqualTo(expected);
        }
    }

    @Test
    void withoutTlsOrForAnotherTypeThereIsNoBinding() throws Exception {
        Ends ends = connect("TLSv1.3");
        assertThat(ChannelBinding.ofClient("tls-unique", ends.client())).isNull();
        assertThat(ChannelBinding.ofServer("tls-unique", ends.server())).isNull();
        assertThat(ChannelBinding.ofServer(ChannelBinding.EXPORTER, null)).isNull();
        assertThat(ChannelBinding.ofClient(ChannelBinding.SERVER_END_POINT, null))
                .isNull();
    }

    private Ends connect(String version) throws Exception {
        Future<SSLSession> accepted = server.submit(() -> {
            try (SSLSocket socket = (SSLSocket) door.accept()) {
                socket.getInputStream().read();
                socket.getOutputStream().write(1);
                return socket.getSession();
            }
        });
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(door.getInetAddress(), door.getLocalPort())) {
            socket.setEnabledProtocols(new String[] {version});
            socket.getOutputStream().write(1);
            socket.getInputStream().read();
            return new Ends(socket.getSession(), accepted.get());
        }
    }
}
