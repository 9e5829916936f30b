package io.junctor.conformance.hostile;

import io.junctor.cli.Main;
import io.junctor.testkit.process.CompletedProcess;
import java.io.BufferedReader;
import java.io.IOException;
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
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Safe for use by many threads. A router as a process of its own, as {@code bin/junctor} starts it, with little memory. */
final class RouterProcess implements AutoCloseable {
    /** Events of topics that begin so are kept. */
    static final String HISTORY = "history.";

    /** A realm of a template: with its last session everything ends that clients left in it. */
    private static final String CONFIG = """
            listen: [{ port: 0 }]
            realms:
              hostile-{name}:
                on_demand: { realms: 10, idle: 1s }
                auth:
                  anonymous: { role: guest }
                  ticket:
                    users:
                      user:
                        ticket: "hash:pbkdf2:600000:aRHypOspNAdXCqriFHnRQw==:YZJpCYmttMCJmy+LvAsXPAe+o6lVuA9cp96Y6Wd+vmA="
                        role: guest
                roles:
                  guest:
                    allow: [{ uri: "", match: prefix, actions: [call, register, publish, subscribe] }]
                    deny: [{ uri: "denied.", match: prefix, actions: [call, register, publish, subscribe] }]
                history: [{ uri: history, match: prefix }]
            """;

    /** What is added to the nice value of the router and the callers, which the test's own JVM attacks. */
    private static final int NICE = Integer.getInteger("hostile.nice", 0);

    private static final Pattern READY = Pattern.compile("Listening on (ws://127\\.0\\.0\\.1:[0-9]+/ws), .*");
    private static final Pattern HISTOGRAM_TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)$");

    private final Process process;
    private final Path directory;
    private final URI uri;

    private RouterProcess(Process process, Path directory, URI uri) {
        this.process = process;
        this.directory = directory;
        this.uri = uri;
    }

    /** Starts a router that may have {@code heapMegabytes}; its files go into {@code directory}. */
    static RouterProcess start(Path directory, int heapMegabytes) throws IOException {
        Files.createDirectories(directory);
        Files.deleteIfExists(directory.resolve("heap.hprof"));
        Files.writeString(directory.resolve("realms.yaml"), CONFIG);
        Process process = java(
                        List.of(
                                "-Xmx" + heapMegabytes + "m",
                                "-XX:+ExitOnOutOfMemoryError",
                                "-XX:+HeapDumpOnOutOfMemoryError",
                                "-XX:HeapDumpPath=heap.hprof",
                                "-XX:+UseCompactObjectHeaders"),
                        List.of("start", "-c", "realms.yaml", "--audit", "audit.log"))
                .directory(directory.toFile())
                .redirectError(directory.resolve("router.log").toFile())
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = String.valueOf(output.readLine());
        Matcher ready = READY.matcher(line);
        if (!ready.matches()) {
            process.destroyForcibly();
            throw new IOException("the router says '" + line + "' at its start; see " + directory);
        }
        return new RouterProcess(process, directory, URI.create(ready.group(1)));
    }

    /**
     * The command line of Junctor in a JVM like this one. With {@code -Dhostile.nice=N} its priority differs by N from that of the
     * attackers.
     */
    static ProcessBuilder java(List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (NICE != 0) {
            command.addAll(List.of("nice", "-n", Integer.toString(NICE)));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+IgnoreUnrecognizedVMOptions");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /** Where its files are. */
    Path directory() {
        return directory;
    }

    URI uri() {
        return uri;
    }

    String realm() {
        return "hostile-house";
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The gauge or counter of this name on the page of metrics. */
    double metric(String name) throws IOException, InterruptedException {
        return metric(metrics(), name);
    }

    /** The gauge or counter of this name on a page of metrics. */
    static double metric(String page, String name) throws IOException {
        Matcher value = Pattern.compile("(?m)^" + name + " (\\S+)$").matcher(page);
        if (!value.find()) {
            throw new IOException("no metric " + name);
        }
        return Double.parseDouble(value.group(1));
    }

    /** The page of metrics. */
    String metrics() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + uri.getAuthority() + "/metrics"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    /** The bytes of the objects that are reachable: the JVM collects garbage before it counts. */
    long liveHeapBytes() throws IOException, InterruptedException {
        String histogram = CompletedProcess.run(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid()),
                        "GC.class_histogram"))
                .output();
        Files.writeString(directory.resolve("histogram.txt"), histogram);
        Matcher total = HISTOGRAM_TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new IOException("jcmd says " + histogram);
        }
        return Long.parseLong(total.group(1));
    }

    /** What it wrote to standard error. */
    List<String> log() throws IOException {
        return Files.readAllLines(directory.resolve("router.log"));
    }

    /** How the process ended. */
    int exitCode() {
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
