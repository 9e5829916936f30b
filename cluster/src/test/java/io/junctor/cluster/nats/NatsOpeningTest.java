package io.junctor.cluster.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.EngineException;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Store;
import io.junctor.cluster.engine.Written;
import io.junctor.router.config.cluster.NatsLogin;
import io.junctor.testkit.process.NatsBinary;
import io.junctor.testkit.process.NatsServer;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.NKey;
import io.nats.client.Nats;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a router says when it cannot use the NATS servers. */
@Tag("interop")
class NatsOpeningTest {
    private static final RouterId ROUTER = new RouterId(42);

    @TempDir
    private Path directory;

    @BeforeAll
    static void needsServer() {
        NatsBinary.missing().ifPresent(Assumptions::abort);
    }

    @Test
    void aServerThatDoesNotAnswerIsNamed() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        EngineException refused = refusal(NatsSettings.of("plant", "nats://127.0.0.1:" + port));
        assertThat(refused).hasMessageContaining("no NATS server answers").hasMessageContaining("" + port);
        assertThat(refused.isPassing()).isTrue();
    }

    @Test
    void aServerWithoutJetStreamIsRefused() {
        try (NatsServer server = NatsServer.start(directory, "")) {
            EngineException refused = refusal(NatsSettings.of("plant", server.url()));
            assertThat(refused).hasMessageContaining(server.url()).hasMessageContaining("JetStream");
            assertThat(refused.isPassing()).isFalse();
        }
    }

    @Test
    void aWrongPasswordIsRefusedWithoutShowingIt() {
        try (NatsServer server =
                NatsServer.start(directory, jetStream() + "authorization { user: router, password: right }")) {
            EngineException refused = refusal(settings(server, new NatsLogin.UserPassword("router", "secret wrong")));
            assertThat(refused).hasMessageContaining("refused the login").hasMessageContaining("user router");
            assertThat(refused.getMessage()).doesNotContain("secret wrong");
            open(settings(server, new NatsLogin.UserPassword("router", "right")));
        }
    }

    @Test
    void aTokenLogsIn() {
        try (NatsServer server = NatsServer.start(directory, jetStream() + "authorization { token: right }")) {
            open(settings(server, new NatsLogin.Token("right")));
            assertThat(refusal(settings(server, new NatsLogin.Token("wrong")))).hasMessageContaining("token");
        }
    }

    @Test
    void anNkeyLogsIn() throws Exception {
        NKey key = NKey.createUser(null);
        String configuration = "authorization { users: [ { nkey: " + new String(key.getPublicKey()) + " } ] }";
        try (NatsServer server = NatsServer.start(directory, jetStream() + configuration)) {
            open(settings(server, new NatsLogin.Seed(new String(key.getSeed()))));
            NKey other = NKey.createUser(null);
            assertThat(refusal(settings(server, new NatsLogin.Seed(new String(other.getSeed())))))
                    .hasMessageContaining("refused the login")
                    .hasMessageContaining("nkey");
        }
    }

    @Test
    void aMissingPermissionIsNamed() {
        String configuration = "authorization { users: [ { user: router, password: right, permissions: {"
                + " publish: [\"$JS.API.>\", \"junctor.plant.1.q.>\"], subscribe: \"junctor.plant.>\" } } ] }";
        try (NatsServer server = NatsServer.start(directory, jetStream() + configuration)) {
            EngineException refused = refusal(settings(server, new NatsLogin.UserPassword("router", "right")));
            assertThat(refused)
                    .hasMessageContaining("Permissions Violation")
                    .hasMessageContaining("junctor.plant.1.p.registry");
        }
    }

    @Test
    void theLeastPermissionsOfThePageAreEnough() throws Exception {
        String configuration = "authorization { users: [ { user: router, password: right, permissions: {"
                + " publish: [\"$JS.API.>\", \"$JS.FC.>\", \"junctor.plant.>\"], subscribe: \"junctor.plant.>\" } } ] }";
        try (NatsServer server = NatsServer.start(directory, jetStream() + configuration);
                Engine engine =
                        new NatsEngines(settings(server, new NatsLogin.UserPassword("router", "right"))).open(ROUTER)) {
            Written written = engine.records(Store.REGISTRY)
                    .create("a", new byte[1])
                    .toCompletableFuture()
                    .join();
            assertThat(written).isInstanceOf(Written.Accepted.class);
        }
    }

    @Test
    void aStreamWithOtherSettingsIsRefused() throws Exception {
        try (NatsServer server = NatsServer.start(directory)) {
            open(NatsSettings.of("plant", server.url()));
            try (Connection connection = Nats.connect(server.url())) {
                JetStreamManagement management = connection.jetStreamManagement();
                StreamConfiguration found =
                        management.getStreamInfo("junctor_plant_registry").getConfiguration();
                management.updateStream(
                        StreamConfiguration.builder(found).allowDirect(true).build());
            }
            EngineException refused = refusal(NatsSettings.of("plant", server.url()));
            assertThat(refused)
                    .hasMessageContaining("junctor_plant_registry")
                    .hasMessageContaining("allow_direct is true, must be false");
            assertThat(refused.isPassing()).isFalse();
        }
    }

    @Test
    void moreReplicasThanServersAreRefused() {
        try (NatsServer server = NatsServer.start(directory)) {
            NatsSettings settings =
                    new NatsSettings("plant", List.of(server.url()), new NatsLogin.None(), Optional.empty(), 3);
            assertThat(refusal(settings)).hasMessageContaining("replicas").hasMessageContaining("junctor_plant");
        }
    }

    private String jetStream() {
        return "jetstream { store_dir: \"" + directory.resolve("store") + "\" }\n";
    }

    private static NatsSettings settings(NatsServer server, NatsLogin login) {
        return new NatsSettings("plant", List.of(server.url()), login, Optional.empty(), 0);
    }

    private static void open(NatsSettings settings) {
        new NatsEngines(settings).open(ROUTER).close();
    }

    private static EngineException refusal(NatsSettings settings) {
        return catchThrowableOfType(
                EngineException.class,
                () -> new NatsEngines(settings).open(ROUTER).close());
    }
}
