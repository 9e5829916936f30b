package io.junctor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The router beside a socket like that of systemd. The JDK has no such sockets, so a Python program receives. */
@Timeout(400)
class SystemdNotificationTest {
    private static final String RECEIVER = """
            import socket, sys
            receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            receiver.bind(sys.argv[1])
            print("bound", flush=True)
            while True:
                for line in receiver.recv(4096).decode().splitlines():
                    print(line, flush=True)
            """;

    private static final String CONFIG = """
            listen: [ { port: 0, host: 127.0.0.1 } ]
            realms:
              realm1:
                auth: { anonymous: { role: guest } }
                roles: { guest: {} }
            """;

    @TempDir
    private Path directory;

    @Test
    void systemdLearnsWhenClientsCanConnectAndWhenTheRouterStops() throws Exception {
        assumeTrue(
                isInstalled("python3") && isInstalled("systemd-notify"), "python3 or systemd-notify is not installed");
        Path socket = directory.resolve("notify");
        Path config = Files.writeString(directory.resolve("realms.yaml"), CONFIG);
        Process receiver = new ProcessBuilder("python3", "-c", RECEIVER, socket.toString()).start();
        try (BufferedReader received = receiver.inputReader(StandardCharsets.UTF_8)) {
            assertThat(received.readLine()).isEqualTo("bound");
            Map<String, String> environment = Map.of("NOTIFY_SOCKET", socket.toString());
            try (JunctorProcess junctor =
                    JunctorProcess.run(directory, environment, "start", "-c", config.toString())) {
                assertThat(next(received)).isEqualTo("READY=1");
                assertThat(next(received)).matches("STATUS=Listening on ws://127\\.0\\.0\\.1:[0-9]+/ws");
                junctor.terminate();
                assertThat(next(received)).isEqualTo("STOPPING=1");
                assertThat(next(received)).isEqualTo("STATUS=Stopping");
                assertThat(junctor.exitCode()).isZero();
                assertThat(junctor.errors()).noneMatch(line -> line.contains("systemd"));
            }
        } finally {
            receiver.destroyForcibly();
        }
    }

    @Test
    void withoutTheProgramTheRouterServesAndTheLogSaysWhatIsMissing() throws Exception {
        Path config = Files.writeString(directory.resolve("realms.yaml"), CONFIG);
        Map<String, String> environment = Map.of("NOTIFY_SOCKET", "/run/none", "PATH", directory.toString());
        try (JunctorProcess junctor = JunctorProcess.run(directory, environment, "start", "-c", config.toString())) {
            Matcher ready = JunctorProcess.READY.matcher(junctor.line());
            assertThat(ready.matches()).isTrue();
            junctor.terminate();
            assertThat(junctor.exitCode()).isZero();
            assertThat(junctor.errors())
                    .anyMatch(line -> line.endsWith(
                            "systemd waits for STOPPING=1 of the router, but systemd-notify cannot be run"));
        }
    }

    /** systemd-notify waits until the receiver has closed what comes with this line. */
    private static String next(BufferedReader received) throws IOException {
        String line = received.readLine();
        while ("BARRIER=1".equals(line)) {
            line = received.readLine();
        }
        return line;
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, program)));
    }
}
