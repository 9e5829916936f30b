package io.junctor.conformance.cluster;

import static org.awaitility.Awaitility.await;

import io.junctor.cli.Main;
import io.junctor.testkit.process.ProcessSignals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A router of a cluster as a process, as {@code bin/junctor start} starts it. Can be killed and started again. For one thread. */
final class ClusterRouter implements AutoCloseable {
    static final String REALM = "realm1";
    /** Acknowledges subscriptions before the other routers know of them. */
    static final String HASTY_REALM = "hasty";
    /** Is served by each router alone while NATS is away. */
    static final String SERVING_REALM = "serving";
    /** Is left by all clients while NATS is away. */
    static final String LEAVING_REALM = "leaving";

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(2);
    private static final Pattern CONNECTED = Pattern.compile("router ([0-9a-f]{16}) \\(\\w+\\) is connected");

    private final String node;
    private final Path directory;
    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(REQUEST_LIMIT).build();
    private @Nullable Process process;
    private int starts;

    ClusterRouter(String node, Path directory, int port, List<String> servers) throws IOException {
        this.node = node;
        this.directory = directory.resolve(node);
        this.port = port;
        Files.createDirectories(this.directory);
        String list = servers.stream().map(url -> '"' + url + '"').collect(Collectors.joining(", "));
        Files.writeString(this.directory.resolve("realms.yaml"), config(port, node, list));
    }

    private static String config(int port, String node, String servers) {
        return """
                listen: [{ port: %d, limits: { message_bytes: 8MiB } }]
                cluster:
                  name: experiments
                  node: %s
                  nats: { servers: [%s] }
                realms:
                  realm1:
                    auth: { anonymous: { role: anonymous } }
                    roles:
                      anonymous:
                        allow:
                          - { uri: "", match: prefix, actions: [call, register, publish, subscribe, replace] }
                          - { uri: "wamp.", match: prefix, actions: [call, subscribe] }
                    limits: { uri_parts: 1000, uri_characters: 10000, outbox_bytes: 32MiB }
                    history: [{ uri: history., match: prefix, events: 10000 }]
                  hasty:
                    auth: { anonymous: { role: anonymous } }
                    roles: { anonymous: { allow: [{ uri: "", match: prefix, actions: [call, register, publish, subscribe] }] } }
                    cluster: { subscribe_ack: local }
                  serving:
                    auth: { anonymous: { role: anonymous } }
                    roles: { anonymous: { allow: [{ uri: "", match: prefix, actions: [call, register, publish, subscribe] }] } }
                    cluster: { engine_lost: serve }
                  leaving:
                    auth: { anonymous: { role: anonymous } }
                    roles: { anonymous: { allow: [{ uri: "", match: prefix, actions: [call, register, publish, subscribe] }] } }
                    cluster: { engine_lost: leave }
                """.formatted(port, node, servers);
    }

    /** Starts the process; returns when clients can connect. */
    void start() {
        try {
            starts++;
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+IgnoreUnrecognizedVMOptions",
                    "-Xmx384m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=" + System.getProperty("experiments.tier", "1"),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName(),
                    "start"));
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(directory.toFile()).redirectError(log().toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("JUNCTOR_"));
            process = builder.start();
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            String line = String.valueOf(output.readLine());
            if (!line.startsWith("Listening on ")) {
                throw new AssertionError(node + " says '" + line + "' at its start:\n" + Files.readString(log()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the router is in sync with the others. */
    void awaitReady() {
        await(node + " is ready").atMost(PATIENCE).until(() -> page("/ready").contains("\"ready\":true"));
    }

    /** Whether the router says that it is in sync with the others. */
    boolean isReady() {
        return page("/ready").contains("\"ready\":true");
    }

    /** Kills the process as {@code kill -9} does. */
    void kill() {
        Process running = Objects.requireNonNull(process);
        running.destroyForcibly();
        running.onExit().join();
    }

    void signal(String name) {
        ProcessSignals.send(name, Objects.requireNonNull(process).pid());
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    long pid() {
        return Objects.requireNonNull(process).pid();
    }

    String node() {
        return node;
    }

    String url() {
        return "ws://127.0.0.1:" + port + "/ws";
    }

    /** The id of the router in the cluster, which it last wrote into its log. */
    String id() throws IOException {
        Matcher matcher = CONNECTED.matcher(Files.readString(log()));
        String id = "";
        while (matcher.find()) {
            id = matcher.group(1);
        }
        return id;
    }

    /** The sum of all values of a metric, whatever their labels. */
    double metric(String name) {
        Matcher matcher =
                Pattern.compile("(?m)^" + name + "(?:\\{[^}]*})? (\\S+)$").matcher(page("/metrics"));
        double sum = 0;
        while (matcher.find()) {
            sum += Double.parseDouble(matcher.group(1));
        }
        return sum;
    }

    /** How many lines of the logs of all its processes contain this text. */
    long logged(String text) {
        try (Stream<Path> files = Files.list(directory)) {
            long count = 0;
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".log")).toList()) {
                count += Files.readAllLines(file).stream()
                        .filter(line -> line.contains(text))
                        .count();
            }
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return directory.resolve("router" + starts + ".log");
    }

    private String page(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(REQUEST_LIMIT)
                    .build();
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (IOException unreachable) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    @Override
    public void close() {
        if (isAlive()) {
            kill();
        }
        http.close();
    }

    @Override
    public String toString() {
        return node;
    }
}
