package io.junctor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.testkit.process.NatsBinary;
import io.junctor.testkit.process.NatsServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says of a cluster on a NATS server. */
@Tag("interop")
@Timeout(180)
class ClusterOnNatsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    @BeforeAll
    static void needsServer() {
        NatsBinary.missing().ifPresent(Assumptions::abort);
    }

    @Test
    void aLookTellsServerStreamsAndRouters() throws Exception {
        try (NatsServer nats = NatsServer.start(directory.resolve("nats"));
                JunctorProcess first = start(nats, "first");
                JunctorProcess second = start(nats, "second")) {
            awaitReady(first);
            awaitReady(second);
            try (JunctorProcess look = JunctorProcess.run(directory.resolve("first"), "cluster", "-c", "realms.yaml")) {
                List<String> lines = look.rest();
                assertThat(look.exitCode()).as(String.join("\n", look.errors())).isZero();
                assertThat(lines)
                        .contains("permissions: all that a router needs")
                        .anySatisfy(line -> assertThat(line)
                                .matches(
                                        "server " + nats.url() + ": nats-server \\d+\\.\\d+\\.\\d+ with JetStream, .*"))
                        .anySatisfy(line -> assertThat(line).startsWith("stream junctor_plant_registry: replicas 1, "))
                        .anySatisfy(line -> assertThat(line).matches("router [0-9a-f]{16}: first, seen .*"))
                        .anySatisfy(line -> assertThat(line).matches("router [0-9a-f]{16}: second, seen .*"));
            }
        }
    }

    @Test
    void aServerWithoutJetStreamIsAProblem() throws Exception {
        try (NatsServer nats = NatsServer.start(directory.resolve("nats"), "")) {
            write(nats, "alone");
            try (JunctorProcess look = JunctorProcess.run(directory.resolve("alone"), "cluster")) {
                assertThat(look.exitCode()).isEqualTo(1);
                assertThat(look.errors()).singleElement().asString().contains(nats.url(), "JetStream");
            }
        }
    }

    private JunctorProcess start(NatsServer nats, String node) throws IOException {
        write(nats, node);
        return JunctorProcess.run(directory.resolve(node), "start");
    }

    private void write(NatsServer nats, String node) throws IOException {
        Files.createDirectories(directory.resolve(node));
        Files.writeString(directory.resolve(node).resolve("realms.yaml"), """
                listen: [{ port: 0 }]
                cluster: { name: plant, node: %s, nats: { servers: ["%s"] } }
                realms:
                  realm1: { auth: { anonymous: { role: user } }, roles: { user: } }
                """.formatted(node, nats.url()));
    }

    private static void awaitReady(JunctorProcess router) throws IOException {
        String line = String.valueOf(router.line());
        Matcher ready = JunctorProcess.READY.matcher(line);
        assertThat(ready.matches()).as(line).isTrue();
        URI page = URI.create("http://" + URI.create(ready.group(1)).getAuthority() + "/ready");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(page).build();
            await().atMost(PATIENCE)
                    .until(() -> client.send(request, BodyHandlers.ofString()).statusCode() == 200);
        }
    }
}
