package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.junctor.testkit.process.CompletedProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The release archive, unpacked and run with a Java that has no compiler. {@code mvn verify} makes it before. */
@Timeout(180)
class ReleaseArchiveTest {
    private static final Path TARGET = Path.of("..", "cli", "target");

    @TempDir
    private Path directory;

    private Path root;

    @BeforeEach
    void unpack() throws Exception {
        Path archive = only(TARGET, "junctor-*.tar.gz");
        CompletedProcess tar =
                CompletedProcess.run(new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", directory.toString()));
        assertThat(tar.status()).as(tar.output()).isZero();
        root = only(directory, "junctor-*");
    }

    @Test
    void itHasTheLibrariesThatAreListedAndWhatAnOperatorNeeds() throws IOException {
        List<String> listed = Files.readAllLines(Path.of("..", "build", "dependencies.txt"));
        try (Stream<Path> files = Files.list(root.resolve("lib"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".jar") && !name.startsWith("junctor-")))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
        assertThat(Stream.of(
                        "realms.yaml",
                        "LICENSE",
                        "bom.json",
                        "docs/operating.md",
                        "systemd/junctor.service",
                        "docker/prometheus/alerts.yml"))
                .allSatisfy(file -> assertThat(root.resolve(file)).isRegularFile());
        assertThat(root.resolve("bin/junctor")).isExecutable();
    }

    @Test
    void theRouterStartsWithARuntimeOnly() throws Exception {
        Path config = Files.writeString(directory.resolve("realms.yaml"), """
                listen: [ { port: 0, host: 127.0.0.1 } ]
                realms:
                  realm1:
                    auth: { anonymous: { role: guest } }
                    roles: { guest: {} }
                """);
        Process router = junctor("start", "-c", config.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = router.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).matches("Listening on ws://127\\.0\\.0\\.1:[0-9]+/ws, realms: realm1");
            router.destroy();
            assertThat(router.waitFor()).isZero();
        } finally {
            router.destroyForcibly();
        }
    }

    @Test
    void clientCommandsGetACacheFromARuntimeOnly() throws Exception {
        CompletedProcess made = CompletedProcess.run(junctor("client-cache"));
        assertThat(made.status()).as(made.output()).isZero();
        assertThat(made.output()).startsWith("Client commands start faster now, by ");
        assertThat(root.resolve("lib/client.cache")).isNotEmptyFile();

        ProcessBuilder version = junctor("version");
        version.environment().put("JUNCTOR_JAVA_OPTS", "-Xlog:disable -Xlog:class+load:stdout");
        assertThat(CompletedProcess.run(version).output())
                .containsPattern("io\\.junctor\\.cli\\.Main source: shared objects file \\(top\\)");
    }

    private ProcessBuilder junctor(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(root.resolve("bin/junctor").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", runtime().toString());
        builder.environment().put("PATH", "/usr/bin:/bin");
        return builder;
    }

    /** A directory like that of a Java runtime: with java, without javac. */
    private Path runtime() throws IOException {
        Path home = Path.of(System.getProperty("java.home"));
        Path runtime = directory.resolve("runtime");
        if (Files.exists(runtime)) {
            return runtime;
        }
        Files.createDirectories(runtime.resolve("bin"));
        Files.createSymbolicLink(runtime.resolve("bin/java"), home.resolve("bin/java"));
        Files.copy(home.resolve("release"), runtime.resolve("release"));
        return runtime;
    }

    private static Path only(Path directory, String pattern) throws IOException {
        try (Stream<Path> found = Files.isDirectory(directory) ? Files.list(directory) : Stream.empty()) {
            List<Path> matching = found.filter(file -> directory
                            .getFileSystem()
                            .getPathMatcher("glob:" + pattern)
                            .matches(file.getFileName()))
                    .toList();
            assumeTrue(!matching.isEmpty(), "the archive is not built");
            assertThat(matching).hasSize(1);
            return matching.getFirst().toAbsolutePath();
        }
    }
}
