package io.junctor.cluster.nats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of nats-server on a free port, with its files in a directory of the test. Confined to the test's thread. */
final class NatsServer implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Listening for client connections on 127.0.0.1:(\\d+)");

    private final Path directory;
    private final String configuration;
    private int port = -1;
    private Process process;

    private NatsServer(Path directory, String configuration) {
        this.directory = directory;
        this.configuration = configuration;
    }

    /** Starts a server with JetStream. */
    static NatsServer start(Path directory) {
        return start(directory, "jetstream { store_dir: \"" + directory.resolve("store") + "\" }");
    }

    /** Starts a server with a configuration that has no port. */
    static NatsServer start(Path directory, String configuration) {
        NatsServer server = new NatsServer(directory, configuration);
        server.start();
        return server;
    }

    String url() {
        return "nats://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    /** Starts the server, at its port if it had one. */
    void start() {
        try {
            Path file = directory.resolve("nats.conf");
            Files.writeString(file, "listen: 127.0.0.1:" + port + "\n" + configuration + "\n");
            Path log = directory.resolve("nats.log");
            Files.deleteIfExists(log);
            process = new ProcessBuilder(NatsBinary.find().toString(), "-c", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            await().atMost(Duration.ofMinutes(1)).until(() -> isReady(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the server as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        await().atMost(Duration.ofMinutes(1)).until(() -> !process.isAlive());
    }

    /** Stops ({@code STOP}) or continues ({@code CONT}) the process. */
    void signal(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Override
    public void close() {
        kill();
    }

    private boolean isReady(Path log) throws IOException {
        String text = Files.readString(log, UTF_8);
        assertThat(process.isAlive()).as(text).isTrue();
        Matcher listening = LISTENING.matcher(text);
        if (!listening.find() || !text.contains("Server is ready")) {
            return false;
        }
        port = Integer.parseInt(listening.group(1));
        return true;
    }
}
