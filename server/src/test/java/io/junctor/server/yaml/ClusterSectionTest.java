package io.junctor.server.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmSharing;
import io.junctor.router.config.cluster.ClusterConfig;
import io.junctor.router.config.cluster.ClusterTls;
import io.junctor.router.config.cluster.NatsLogin;
import io.junctor.server.tls.SelfSignedCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The section {@code cluster} of the file and of realms. */
class ClusterSectionTest {
    private static final String REALM = """
            realms:
              realm1: { auth: { anonymous: { role: guest } }, roles: { guest: } }
            """;

    @TempDir
    private Path directory;

    private ConfigResult.Valid read(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("realms.yaml"), text);
        ConfigResult result = ConfigFile.read(file, Map.of("HOSTNAME", "r1", "SECRET", "a secret"));
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        return (ConfigResult.Valid) result;
    }

    private ClusterConfig cluster(String nats) throws IOException {
        return Objects.requireNonNull(
                read("cluster: { name: plant, nats: { servers: [\"tls://a:4222\"], %s } }\n%s".formatted(nats, REALM))
                        .cluster());
    }

    @Test
    void aFileWithoutTheSectionHasNoCluster() throws IOException {
        assertThat(read(REALM).cluster()).isNull();
    }

    @Test
    void theLeastSectionHasAllDefaults() throws IOException {
        assertThat(read("cluster: { name: plant, nats: { servers: [\"nats://localhost\"] } }\n" + REALM)
                        .cluster())
                .isEqualTo(ClusterConfig.builder("plant")
                        .server("nats://localhost")
                        .build());
    }

    @Test
    void allKeysAreRead() throws IOException {
        assertThat(read("""
                cluster:
                  name: plant-1
                  node: "${HOSTNAME:}"
                  required: true
                  nats:
                    servers: ["nats://nats1:4222", "nats://[::1]:4223"]
                    user: router
                    password: "${SECRET}"
                    replicas: 3
                """ + REALM).cluster())
                .isEqualTo(ClusterConfig.builder("plant-1")
                        .node("r1")
                        .required(true)
                        .server("nats://nats1:4222")
                        .server("nats://[::1]:4223")
                        .login(new NatsLogin.UserPassword("router", "a secret"))
                        .replicas(3)
                        .build());
    }

    @Test
    void otherLoginsAreRead() throws IOException {
        String seed = "SU" + "A".repeat(56);
        String credentials = "-----BEGIN NATS USER JWT-----\nabc";
        Files.writeString(directory.resolve("junctor.creds"), credentials + "\n");

        assertThat(cluster("token: \"${SECRET}\"").login()).isEqualTo(new NatsLogin.Token("a secret"));
        assertThat(cluster("nkey: " + seed).login()).isEqualTo(new NatsLogin.Seed(seed));
        assertThat(cluster("credentials: file:junctor.creds").login())
                .isEqualTo(new NatsLogin.Credentials(credentials))
                .asString()
                .isEqualTo("credentials");
    }

    @Test
    void theFilesOfTlsAreRead() throws IOException {
        Instant now = Instant.now();
        SelfSignedCertificate made = SelfSignedCertificate.make(
                List.of("localhost"), now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
        Files.writeString(directory.resolve("cert.pem"), made.certificatePem());
        Files.writeString(directory.resolve("key.pem"), made.keyPem());

        ClusterTls tls = cluster("tls: { trust: cert.pem, certificate: cert.pem, key: key.pem }")
                .tls();
        assertThat(tls.files())
                .containsExactly(
                        directory.resolve("cert.pem"), directory.resolve("cert.pem"), directory.resolve("key.pem"));
        assertThat(tls.context().getSocketFactory()).isNotNull();
        assertThat(cluster("tls: { trust: cert.pem, certificate: cert.pem, key: key.pem }")
                        .tls())
                .isEqualTo(tls);
        assertThat(cluster("tls: { trust: cert.pem }").tls()).isNotEqualTo(tls);
    }

    @Test
    void aFileOfTlsThatIsMissingIsAnErrorAtItsPlace() throws IOException {
        Path file = Files.writeString(directory.resolve("realms.yaml"), """
                cluster: { name: plant, nats: { servers: ["tls://a"], tls: { trust: none.pem } } }
                """ + REALM);
        assertThat(ConfigFile.read(file, Map.of()))
                .isInstanceOfSatisfying(
                        ConfigResult.Invalid.class,
                        invalid -> assertThat(invalid.errors())
                                .hasToString("[%s:1:69: there is no file %s]"
                                        .formatted(file, directory.resolve("none.pem"))));
    }

    @Test
    void aRealmSaysHowItIsShared() throws IOException {
        String realm = "realms: { realm1: { auth: { anonymous: { role: guest } }, roles: { guest: }, cluster: %s } }\n";
        String cluster = "cluster: { name: plant, nats: { servers: [\"nats://localhost\"] } }\n";

        assertThat(read(cluster + REALM).config().realms())
                .extracting(RealmConfig::sharing)
                .containsExactly(RealmSharing.DEFAULT);
        assertThat(read(cluster + realm.formatted("{ share: false, subscribe_ack: local, engine_lost: serve }"))
                        .config()
                        .realms())
                .extracting(RealmConfig::sharing)
                .containsExactly(
                        new RealmSharing(false, RealmSharing.SubscribeAck.LOCAL, RealmSharing.EngineLost.SERVE));
        assertThat(read(realm.formatted("{ share: false }")).warnings())
                .hasToString(
                        "[%s:1:78: 'cluster' of a realm has no effect, because the file has no 'cluster' with 'name'"
                                        .formatted(directory.resolve("realms.yaml"))
                                + " and 'nats']");
    }
}
