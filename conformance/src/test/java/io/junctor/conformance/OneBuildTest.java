package io.junctor.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.junctor.testkit.process.CompletedProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/junctor} in a tree that is not built, with scripts in place of Maven and Java. */
@Timeout(60)
class OneBuildTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> TOOLS = List.of(
            "bash", "cp", "find", "grep", "ln", "mkdir", "mv", "ps", "readlink", "rm", "rmdir", "sleep", "touch");
    private static final String BUILDS = "junctor: building with JDK 21, once; this takes a minute or two.";
    private static final String RUNS = "the command runs";

    @TempDir
    private Path directory;

    private Path root;
    private Path tools;
    private Path builds;
    private Path pipe;
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void makeTree() throws Exception {
        root = Files.createDirectory(directory.resolve("junctor")).toRealPath();
        tools = Files.createDirectory(directory.resolve("tools"));
        builds = directory.resolve("builds");
        pipe = directory.resolve("pipe");
        for (String file : List.of("bin/junctor", "build/jdk.sh")) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.copy(ROOT.resolve(file), root.resolve(file));
        }
        Files.createFile(root.resolve("pom.xml"));
        for (String module :
                List.of("wamp-core", "client-java", "cli", "websocket", "router", "console", "server", "cluster")) {
            Files.createDirectories(root.resolve(module).resolve("src/main"));
            Files.createFile(root.resolve(module).resolve("pom.xml"));
        }
        Path jdk = Files.createDirectories(directory.resolve("jdk/bin"));
        Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"21.0.1\"\n");
        script(jdk.resolve("javac"), "");
        script(jdk.resolve("java"), "echo " + RUNS);
        // A build goes on until the test writes to the pipe.
        script(tools.resolve("mvn"), "echo build >>" + builds + "; read -r word <" + pipe);
        for (String tool : TOOLS) {
            addTool(tool);
        }
        CompletedProcess made = CompletedProcess.run(new ProcessBuilder("mkfifo", pipe.toString()));
        assertThat(made.status()).as(made.output()).isZero();
    }

    @AfterEach
    void end() {
        processes.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSecondWaitsAndRunsWhatTheFirstHasBuilt(boolean withFlock) throws Exception {
        if (withFlock) {
            addTool("flock");
        }
        BufferedReader first = start();
        assertThat(first.readLine()).isEqualTo(BUILDS);
        BufferedReader second = start();
        assertThat(second.readLine())
                .isEqualTo("junctor: waiting for another process, which builds in " + root + "/cli/target.");
        Files.writeString(pipe, "go\n");
        assertThat(first.readLine()).isEqualTo(RUNS);
        assertThat(second.readLine()).isEqualTo(RUNS);
        assertThat(builds).hasContent("build");
    }

    @Test
    void aKilledProcessDoesNotBlockTheBuild() throws Exception {
        Files.createDirectories(root.resolve("cli/target"));
        Files.createSymbolicLink(root.resolve("cli/target/build.link"), Path.of("99999999"));
        BufferedReader only = start();
        assertThat(only.readLine()).isEqualTo(BUILDS);
        Files.writeString(pipe, "go\n");
        assertThat(only.readLine()).isEqualTo(RUNS);
    }

    private BufferedReader start() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(root.resolve("bin/junctor").toString(), "start").redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
        builder.environment().put("PATH", tools.toString());
        Process process = builder.start();
        processes.add(process);
        return process.inputReader(UTF_8);
    }

    private void addTool(String name) throws IOException {
        Path program = Path.of("/usr/bin", name);
        assumeTrue(Files.exists(program), name + " is missing");
        script(tools.resolve(name), "exec " + program + " \"$@\"");
    }

    private static void script(Path file, String commands) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + commands + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
