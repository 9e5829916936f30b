package io.junctor.testkit.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A process of nats-server on a free port of this machine, with its files in a directory of the test. Confined to the
 * thread of the test.
 */
public final class NatsServer implements AutoCloseable {
    private static final Pattern LISTENING =
            Pattern.compile("Listening for client connections on 127\\.0\\.0\\.1:(\\d+)");
    private static final String READY = "Server is ready";

    private final Path directory;
    private final String configuration;
    private int port = -1;
    private @Nullable Process process;

    private NatsServer(Path directory, String configuration) {
        this.directory = directory;
        this.configuration = configuration;
    }

    /** Starts a server with JetStream. */
    public static NatsServer start(Path directory) {
        return start(directory, "jetstream { store_dir: \"" + directory.resolve("store") + "\" }");
    }

    /** Starts a server with a configuration that contains no port. */
    public static NatsServer start(Path directory, String configuration) {
        NatsServer server = new NatsServer(directory, configuration);
        server.start();
        return server;
    }

    /** Returns the address of the server. */
    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    /** Returns the port of the server, which stays the same after a restart. */
    public int port() {
        return port;
    }

    /** Starts the server, on the same port as before if it ran before, and waits until it is ready. */
    public void start() {
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve("nats.conf");
            Files.writeString(file, "listen: 127.0.0.1:" + port + "\n" + configuration + "\n");
            process = new ProcessBuilder(NatsBinary.find().toString(), "-c", file.toString())
                    .redirectErrorStream(true)
                    .start();
            BufferedReader output = process.inputReader(UTF_8);
            Writer log = Files.newBufferedWriter(directory.resolve("nats.log"));
            awaitReady(output, log);
            // A platform thread: reading from a pipe blocks the carrier of a virtual thread, and there may be only two
            // carriers.
            Thread.ofPlatform().daemon().name("log of " + url()).start(() -> copy(output, log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the server like {@code kill -9}, and waits for its end. */
    public void kill() {
        Process running = Objects.requireNonNull(process);
        running.destroyForcibly();
        running.onExit().join();
    }

    /** Sends a signal, such as {@code STOP} or {@code CONT}, to the process. */
    public void signal(String name) {
        ProcessSignals.send(name, Objects.requireNonNull(process).pid());
    }

    @Override
    public void close() {
        kill();
    }

    private void awaitReady(BufferedReader output, Writer log) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            log.append(line).append('\n').flush();
            said.append(line).append('\n');
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                port = Integer.parseInt(listening.group(1));
            }
            if (line.contains(READY)) {
                return;
            }
        }
        throw new AssertionError("nats-server ended:\n" + said);
    }

    private static void copy(BufferedReader output, Writer log) {
        try (output;
                log) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                log.append(line).append('\n').flush();
            }
        } catch (IOException ended) {
            // The process was killed.
        }
    }
}
