package io.junctor.cluster.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.junctor.cluster.engine.EngineException;
import io.junctor.cluster.engine.RouterId;
import io.junctor.router.config.cluster.NatsLogin;
import io.junctor.testkit.process.NatsBinary;
import io.junctor.testkit.process.NatsServer;
import io.junctor.testkit.tls.TestCertificate;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections with TLS to NATS. */
@Tag("interop")
@Timeout(120)
class NatsTlsTest {
    private static final RouterId ROUTER = new RouterId(42);

    @TempDir
    private Path directory;

    @BeforeAll
    static void needsServer() {
        NatsBinary.missing().ifPresent(Assumptions::abort);
    }

    @Test
    void aServerWithATrustedCertificateOfItsHostIsUsed() {
        try (NatsServer server = start(TestCertificate.LOCALHOST)) {
            open(server, Optional.of(TestCertificate.trusting(TestCertificate.LOCALHOST)));
        }
    }

    @Test
    void anUntrustedCertificateIsRefused() {
        try (NatsServer server = start(TestCertificate.LOCALHOST)) {
            EngineException refused = refusal(server, Optional.empty());
            assertThat(refused)
                    .hasMessageContaining("the TLS connection to NATS at [tls://127.0.0.1:" + server.port())
                    .hasMessageContaining("unable to find valid certification path");
            assertThat(refused.isPassing()).isFalse();
        }
    }

    @Test
    void aCertificateOfAnotherHostIsRefused() {
        TestCertificate other = TestCertificate.of("nats.example.org");
        try (NatsServer server = start(other)) {
            assertThat(refusal(server, Optional.of(TestCertificate.trusting(other))))
                    .hasMessageContaining("the TLS connection to NATS")
                    .hasMessageContaining("127.0.0.1");
        }
    }

    private NatsServer start(TestCertificate certificate) {
        return NatsServer.start(directory, """
                jetstream { store_dir: "%s" }
                tls { cert_file: "%s", key_file: "%s" }
                """.formatted(
                        directory.resolve("store"),
                        certificate.files().certificate(),
                        certificate.files().key()));
    }

    private static void open(NatsServer server, Optional<SSLContext> tls) {
        String url = server.url().replace("nats:", "tls:");
        NatsEngines engines = new NatsEngines(new NatsSettings("plant", List.of(url), new NatsLogin.None(), tls, 0));
        while (true) {
            try {
                engines.open(ROUTER).close();
                return;
            } catch (EngineException fault) {
                // Beside heavy load a handshake may take longer than the connection waits.
                if (!fault.isPassing()) {
                    throw fault;
                }
            }
        }
    }

    private static EngineException refusal(NatsServer server, Optional<SSLContext> tls) {
        return catchThrowableOfType(EngineException.class, () -> open(server, tls));
    }
}
