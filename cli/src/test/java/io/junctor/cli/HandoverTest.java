package io.junctor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A new process takes the listening socket over before the old one drains. */
@Timeout(300)
class HandoverTest {
    /** Opens a socket and starts a router on it for each line {@code start}; {@code stop} ends the oldest. */
    private static final String OPENER = """
            import socket, subprocess, sys
            opened = socket.socket()
            opened.bind(("127.0.0.1", 0))
            opened.listen(128)
            routers = []
            for line in sys.stdin:
                if line.strip() == "start":
                    routers.append(subprocess.Popen(sys.argv[1:], stdin=opened.fileno()))
                else:
                    routers[0].terminate()
                    print("exit", routers.pop(0).wait(), flush=True)
            """;

    @TempDir
    private Path directory;

    @Test
    void noClientIsRefusedWhileANewProcessTakesOver() throws Exception {
        assumeThat(hasPython()).as("python3, which can pass a socket on").isTrue();
        Files.writeString(directory.resolve("realms.yaml"), """
                listen: [{ inherited_socket: true, limits: { hello_timeout: 60s } }]
                realms: { realm1: { auth: { anonymous: { role: guest } }, roles: { guest: } } }
                limits: { sessions: 100 }
                """);
        try (JunctorProcess routers =
                JunctorProcess.runBy(List.of("python3", "-c", OPENER), directory, Map.of(), "start")) {
            URI uri = start(routers);
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger joined = new AtomicInteger();
            CompletableFuture<Void> clients = CompletableFuture.runAsync(() -> {
                while (!over.get()) {
                    WireClient client = WireClient.connect(uri);
                    client.abort();
                    joined.incrementAndGet();
                }
            });

            assertThat(start(routers)).isEqualTo(uri);
            routers.tell("stop");
            assertThat(routers.line()).isEqualTo("exit 0");
            int before = joined.get();
            await().atMost(Duration.ofMinutes(2)).until(() -> joined.get() > before + 20 || clients.isDone());
            over.set(true);
            clients.join();

            routers.tell("stop");
            assertThat(routers.line()).isEqualTo("exit 0");
            assertThat(joined).hasValueGreaterThan(20);
        }
    }

    /** Starts one more router; returns where it listens. */
    private static URI start(JunctorProcess routers) throws IOException {
        routers.tell("start");
        Matcher ready = JunctorProcess.READY.matcher(String.valueOf(routers.line()));
        assertThat(ready.matches()).isTrue();
        assertThat(routers.line()).startsWith("Console at ");
        assertThat(routers.line()).isEqualTo("Ctrl-C stops it.");
        return URI.create(ready.group(1));
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
