package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.cli.HealthCheck;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.server.RouterServer;
import io.junctor.server.yaml.ConfigFile;
import io.junctor.server.yaml.ConfigResult;
import io.junctor.testkit.process.CompletedProcess;
import io.junctor.testkit.tls.TestCertificate;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The image and the files for compose, without Docker. */
@Timeout(600)
class ImageTest {
    private static final Path DOCKER = Path.of("..", "docker").toAbsolutePath().normalize();

    private static final List<String> PARTS =
            List.of("wamp-core", "websocket", "router", "client-java", "server", "cluster", "cli");

    @TempDir
    private Path directory;

    @Test
    void theHealthCheckAsksAListenerWithoutTls() throws Exception {
        try (RouterServer router = start(ListenerConfig.of("127.0.0.1", 0))) {
            awaitHealth(Map.of("JUNCTOR_PORT", port(router)));
            assertThat(directory.resolve("junctor-health")).hasContent("http");
        }
    }

    @Test
    void theHealthCheckAsksAListenerWithTlsAndRemembersThat() throws Exception {
        ListenerConfig listener = ListenerConfig.builder()
                .port(0)
                .tls(TestCertificate.LOCALHOST.config())
                .build();
        try (RouterServer router = start(listener)) {
            awaitHealth(Map.of("JUNCTOR_PORT", port(router)));
            assertThat(directory.resolve("junctor-health")).hasContent("https");
            awaitHealth(Map.of("JUNCTOR_PORT", port(router)));
        }
    }

    @Test
    void theHealthCheckAsksTheAddressThatItIsGiven() throws Exception {
        try (RouterServer router = start(ListenerConfig.of("127.0.0.1", 0))) {
            String url = "http://127.0.0.1:" + port(router) + "/health";
            awaitHealth(Map.of("JUNCTOR_PORT", "1", "JUNCTOR_HEALTH_URL", url));
            assertThat(health(Map.of("JUNCTOR_PORT", port(router), "JUNCTOR_HEALTH_URL", url + "/none")))
                    .isEqualTo(1);
        }
    }

    @Test
    void theHealthCheckFailsWithoutARouter() throws Exception {
        assertThat(health(Map.of("JUNCTOR_PORT", "1"))).isEqualTo(1);
        assertThat(health(Map.of("JUNCTOR_HEALTH_URL", "not a url"))).isEqualTo(1);
    }

    @Test
    void optionsOfTheEnvironmentComeAfterThoseOfTheImage() throws Exception {
        Path java = Files.writeString(
                Files.createDirectories(directory.resolve("java/bin")).resolve("java"),
                "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder builder = new ProcessBuilder(DOCKER.resolve("start").toString(), "start", "-c", "a b")
                .directory(directory.toFile());
        builder.environment().put("JUNCTOR_JAVA_OPTS", "-Xms1g -XX:MaxRAMPercentage=50");
        Process process = builder.start();
        List<String> words = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(words)
                .containsSubsequence("-Xms48m", "-XX:MaxRAMPercentage=75", "-Xms1g", "-XX:MaxRAMPercentage=50", "-cp")
                .endsWith("io.junctor.cli.Main", "start", "-c", "a b");
    }

    @Test
    void theDockerfileCopiesOnlyFilesThatExistAndThatDockerMaySee() throws IOException {
        List<String> copied = dockerfile()
                .filter(line -> line.startsWith("COPY ") && !line.contains("--from"))
                .flatMap(line -> Arrays.stream(line.split(" ")).skip(1).filter(word -> !word.startsWith(".")))
                .toList();
        assertThat(copied)
                .contains("realms.yaml", "docker/start")
                .allSatisfy(file -> assertThat(DOCKER.resolveSibling(file)).exists());
        assertThat(Files.readAllLines(DOCKER.resolveSibling(".dockerignore"))).contains("docker", "!docker/start");
        assertThat(DOCKER.resolve("start")).isExecutable();
    }

    @Test
    void theHealthCheckOfTheDockerfileIsAProgramOfTheCommandLineAndNeedsNoShell() throws IOException {
        String healthCheck = dockerfile()
                .filter(line -> line.startsWith("HEALTHCHECK "))
                .findFirst()
                .orElseThrow();
        assertThat(healthCheck).contains("CMD [\"java/bin/java\"").endsWith("\"" + HealthCheck.class.getName() + "\"]");
    }

    @Test
    void theRouterOfTheImageIsNotRoot() throws IOException {
        assertThat(dockerfile().filter(line -> line.startsWith("USER "))).containsExactly("USER 10001");
    }

    /**
     * Jackson has optional support for the annotations of java.desktop; annotations of java.compiler are in libraries; neither
     * is loaded.
     */
    @Test
    void theRuntimeOfTheImageHasTheModulesThatTheRouterUses() throws IOException {
        Matcher modules =
                Pattern.compile("--add-modules (\\S+)").matcher(Files.readString(DOCKER.resolve("Dockerfile")));
        assertThat(modules.find()).isTrue();
        Set<String> used = new TreeSet<>(List.of(usedModules().split(",", -1)));
        used.removeAll(Set.of("java.desktop", "java.compiler"));
        assertThat(used).hasSizeGreaterThan(3);
        assertThat(closure(List.of(modules.group(1).split(",", -1)))).containsAll(used);
    }

    @Test
    void theFilesThatComposeMountsExistAndTheRouterHasNoRights() throws IOException {
        Map<?, ?> services = (Map<?, ?>) map(new Load(LoadSettings.builder().build())
                        .loadFromString(Files.readString(DOCKER.resolve("compose.yaml"))))
                .get("services");
        assertThat(services.keySet().stream().map(String::valueOf)).contains("junctor", "prometheus", "grafana");
        List<String> mounted = services.values().stream()
                .flatMap(service -> ((Collection<?>) map(service).get("volumes")).stream())
                .map(String::valueOf)
                .filter(volume -> volume.startsWith("."))
                .map(volume -> volume.substring(0, volume.indexOf(':')))
                .toList();
        assertThat(mounted)
                .hasSize(4)
                .allSatisfy(file -> assertThat(DOCKER.resolve(file)).exists());
        Map<?, ?> router = map(services.get("junctor"));
        assertThat(router.get("read_only")).isEqualTo(true);
        assertThat(router.get("cap_drop")).isEqualTo(List.of("ALL"));
    }

    @Test
    void theFilesThatTheClusterOfComposeMountsExistAndCanBeRead() throws IOException {
        Map<?, ?> file = map(new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(DOCKER.resolve("cluster.yaml"))));
        List<String> mounted = Stream.concat(
                        map(file.get("services")).values().stream(), Stream.of(file.get("x-router")))
                .map(service -> map(service).get("volumes"))
                .filter(Objects::nonNull)
                .flatMap(volumes -> ((Collection<?>) volumes).stream())
                .map(String::valueOf)
                .filter(volume -> volume.startsWith("."))
                .map(volume -> volume.substring(0, volume.indexOf(':')))
                .toList();
        assertThat(mounted)
                .hasSize(4)
                .allSatisfy(mount -> assertThat(DOCKER.resolve(mount)).exists());
        assertThat(map(file.get("x-router")).get("cap_drop")).isEqualTo(List.of("ALL"));
        assertThat(ConfigFile.read(DOCKER.resolve("cluster-realms.yaml"), Map.of("NATS_PASSWORD", "secret")))
                .isInstanceOf(ConfigResult.Valid.class);
    }

    private static Stream<String> dockerfile() throws IOException {
        return Files.readAllLines(DOCKER.resolve("Dockerfile")).stream();
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    /** The modules of the JDK that the classes of the distribution refer to, by jdeps. */
    private static String usedModules() throws IOException {
        Set<String> libraries = Set.copyOf(Files.readAllLines(DOCKER.resolveSibling("build/dependencies.txt")));
        List<String> entries = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> libraries.contains(Path.of(entry).getFileName().toString())
                        || PARTS.stream().anyMatch(part -> entry.contains("/" + part + "/target/")))
                .toList();
        String path = String.join(File.pathSeparator, entries);
        List<String> arguments = new ArrayList<>(
                List.of("--ignore-missing-deps", "--multi-release", "21", "--print-module-deps", "--class-path", path));
        arguments.addAll(entries);
        StringWriter output = new StringWriter();
        int status = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(new PrintWriter(output), new PrintWriter(output), arguments.toArray(new String[0]));
        assertThat(status).as(output.toString()).isZero();
        return output.toString().lines().reduce((first, last) -> last).orElseThrow();
    }

    private static Set<String> closure(List<String> modules) {
        return Configuration.empty().resolve(ModuleFinder.ofSystem(), ModuleFinder.of(), modules).modules().stream()
                .map(ResolvedModule::name)
                .collect(Collectors.toSet());
    }

    /** Beside heavy load a router may take longer to answer than the check waits. */
    private void awaitHealth(Map<String, String> environment) {
        await().atMost(Duration.ofMinutes(5)).until(() -> health(environment) == 0);
    }

    private int health(Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                HealthCheck.class.getName());
        builder.environment().put("JUNCTOR_HEALTH_URL", "");
        builder.environment().putAll(environment);
        return CompletedProcess.run(builder).status();
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
