package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.junctor.router.config.ListenerConfig;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.server.RouterServer;
import io.junctor.testkit.TestCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of the image, run without Docker. */
@Timeout(60)
class ImageTest {
    private static final Path DOCKER = Path.of("..", "docker").toAbsolutePath().normalize();

    @TempDir
    private Path directory;

    @Test
    void theHealthCheckAsksAListenerWithoutTls() throws Exception {
        try (RouterServer router = start(ListenerConfig.of("127.0.0.1", 0))) {
            assertThat(health(Map.of("JUNCTOR_PORT", port(router)))).isZero();
        }
    }

    @Test
    void theHealthCheckAsksAListenerWithTlsAndRemembersThat() throws Exception {
        ListenerConfig listener = ListenerConfig.builder()
                .port(0)
                .tls(TestCertificate.LOCALHOST.config())
                .build();
        try (RouterServer router = start(listener)) {
            assertThat(health(Map.of("JUNCTOR_PORT", port(router)))).isZero();
            assertThat(directory.resolve("junctor-health")).hasContent("https");
            assertThat(health(Map.of("JUNCTOR_PORT", port(router)))).isZero();
        }
    }

    @Test
    void theHealthCheckAsksTheAddressThatItIsGiven() throws Exception {
        try (RouterServer router = start(ListenerConfig.of("127.0.0.1", 0))) {
            String url = "http://127.0.0.1:" + port(router) + "/health";
            assertThat(health(Map.of("JUNCTOR_PORT", "1", "JUNCTOR_HEALTH_URL", url)))
                    .isZero();
            assertThat(health(Map.of("JUNCTOR_PORT", port(router), "JUNCTOR_HEALTH_URL", url + "/none")))
                    .isNotZero();
        }
    }

    @Test
    void theHealthCheckFailsWithoutARouter() throws Exception {
        assertThat(health(Map.of("JUNCTOR_PORT", "1"))).isNotZero();
    }

    @Test
    void optionsOfTheEnvironmentComeAfterThoseOfTheImage() throws Exception {
        Path java = Files.writeString(directory.resolve("java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder builder = new ProcessBuilder(DOCKER.resolve("start").toString(), "start", "-c", "a b");
        builder.environment().put("PATH", directory + ":" + System.getenv("PATH"));
        builder.environment().put("JUNCTOR_JAVA_OPTS", "-Xms1g -XX:MaxRAMPercentage=50");
        Process process = builder.start();
        List<String> words = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(words)
                .containsSubsequence("-Xms48m", "-XX:MaxRAMPercentage=75", "-Xms1g", "-XX:MaxRAMPercentage=50", "-cp")
                .endsWith("io.junctor.cli.Main", "start", "-c", "a b");
    }

    @Test
    void theDockerfileCopiesOnlyFilesThatExistAndRunsThem() throws IOException {
        List<String> copied = Files.readAllLines(DOCKER.resolve("Dockerfile")).stream()
                .filter(line -> line.startsWith("COPY ") && !line.contains("--from"))
                .flatMap(line -> Arrays.stream(line.split(" ")).skip(1).filter(word -> !word.startsWith(".")))
                .toList();
        assertThat(copied)
                .contains("realms.yaml", "docker/start", "docker/health")
                .allSatisfy(file -> assertThat(DOCKER.resolveSibling(file)).exists());
        assertThat(Stream.of("start", "health").map(DOCKER::resolve)).allMatch(Files::isExecutable);
    }

    private int health(Map<String, String> environment) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/wget")), "wget is not installed");
        ProcessBuilder builder = new ProcessBuilder(DOCKER.resolve("health").toString());
        builder.environment().put("TMPDIR", directory.toString());
        builder.environment().put("JUNCTOR_HEALTH_URL", "");
        builder.environment().putAll(environment);
        return builder.inheritIO().start().waitFor();
    }

    private static RouterServer start(ListenerConfig listener) throws Exception {
        return RouterServer.start(RouterConfig.builder()
                .listener(listener)
                .realm(RealmConfig.open("realm1"))
                .build());
    }

    private static String port(RouterServer router) {
        return Integer.toString(router.listeners().getFirst().port());
    }
}
