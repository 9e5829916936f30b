package io.junctor.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The listening socket comes from another program, as from systemd. */
@Timeout(60)
class InheritedSocketTest {
    private static final String OPENER = """
            import os, socket, sys
            opened = socket.socket()
            opened.bind(("127.0.0.1", 0))
            opened.listen()
            os.dup2(opened.fileno(), 0)
            os.execvp(sys.argv[1], sys.argv[1:])
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void configuration() throws IOException {
        Files.writeString(directory.resolve("realms.yaml"), """
                listen: [{ inherited_socket: true }]
                realms: { realm1: { auth: { anonymous: { role: guest } }, roles: { guest: } } }
                limits: { sessions: 100 }
                """);
    }

    @Test
    void aSocketThatAnotherProgramOpenedIsUsed() throws Exception {
        assumeThat(hasPython()).as("python3, which can pass a socket on").isTrue();

        try (JunctorProcess junctor =
                JunctorProcess.runBy(List.of("python3", "-c", OPENER), directory, Map.of(), "start")) {
            Matcher ready = JunctorProcess.READY.matcher(String.valueOf(junctor.line()));
            assertThat(ready.matches()).isTrue();
            URI health =
                    URI.create("http://127.0.0.1:" + URI.create(ready.group(1)).getPort() + "/health");
            try (InputStream body = health.toURL().openStream()) {
                assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("ok\n");
            }
            assertThat(junctor.line()).startsWith("Console at ");
            assertThat(junctor.line()).isEqualTo("Ctrl-C stops it.");
            junctor.terminate();
            // The JVM closes standard output with the inherited socket, so "Stopped." is not seen.
            assertThat(junctor.exitCode()).isZero();
        }
    }

    /** The unit that opened the socket keeps its file. */
    @Test
    void aUnixDomainSocketThatAnotherProgramOpenedIsUsed() throws Exception {
        assumeThat(hasPython()).as("python3, which can pass a socket on").isTrue();
        Path path = directory.resolve("inherited.sock");
        String opener = OPENER.replace("socket.socket()", "socket.socket(socket.AF_UNIX)")
                .replace("(\"127.0.0.1\", 0)", "\"" + path + "\"");

        try (JunctorProcess junctor =
                JunctorProcess.runBy(List.of("python3", "-c", opener), directory, Map.of(), "start")) {
            assertThat(junctor.line()).isEqualTo("Listening on ws+unix:" + path + ":/ws, realms: realm1");
            try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
                client.write(ByteBuffer.wrap("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII)));
                ByteBuffer answer = ByteBuffer.allocate(12);
                client.read(answer);
                assertThat(new String(answer.array(), US_ASCII)).isEqualTo("HTTP/1.1 200");
            }
            junctor.terminate();
            assertThat(junctor.exitCode()).isZero();
            assertThat(path).exists();
        }
    }

    @Test
    void withoutASocketTheStartSaysWhatIsMissing() throws Exception {
        try (JunctorProcess junctor = JunctorProcess.run(directory, "start")) {
            assertThat(junctor.rest()).isEmpty();
            assertThat(junctor.exitCode()).isEqualTo(1);
            assertThat(junctor.errors())
                    .contains("junctor: Cannot listen on the inherited socket: the standard input of the process is not"
                            + " a listening socket (inherited_socket).");
        }
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
