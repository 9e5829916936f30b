package io.junctor.conformance.snippets;

import io.junctor.cli.Main;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * Immutable. A directory in which the shell commands of a section run, as if it were the root of the repository: {@code
 * bin/junctor} runs the classes of this build. Paths below {@code /etc/junctor} and {@code /var/log/junctor} are here.
 */
final class SnippetDirectory {
    private static final String PORT = "8080";

    private final Path root;
    private final int port;

    private SnippetDirectory(Path root, int port) {
        this.root = root;
        this.port = port;
    }

    static SnippetDirectory create(Path root) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        SnippetDirectory directory = new SnippetDirectory(root, port);
        Path script = Files.createDirectory(root.resolve("bin")).resolve("junctor");
        Files.writeString(script, script());
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(root.resolve("examples/chat/web"));
        for (String file : new String[] {"realms.yaml", "examples/chat/realms.yaml", "examples/chat/web/index.html"}) {
            directory.write(file, Files.readString(Page.ROOT.resolve(file)));
        }
        return directory;
    }

    private static String script() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return "#!/usr/bin/env bash\nexec '" + java + "' -Djunctor.config=realms.yaml -cp '" + JavaSources.classPath()
                + "' " + Main.class.getName() + " \"$@\"\n";
    }

    /** Writes a file of the page. */
    void write(String name, String text) throws IOException {
        Files.writeString(root.resolve(name), here(text));
    }

    /** Text of a page, with the port and the paths of this directory. */
    String here(String text) {
        return text.replace(PORT, Integer.toString(port))
                .replace("/etc/junctor/", root + "/")
                .replace("/var/log/junctor/", root + "/");
    }

    /** A shell with this command. */
    ProcessBuilder shell(String command) {
        ProcessBuilder builder =
                new ProcessBuilder("bash", "-euo", "pipefail", "-c", here(command)).directory(root.toFile());
        builder.environment()
                .putAll(Map.of(
                        "JUNCTOR_PORT",
                        Integer.toString(port),
                        "JUNCTOR_URL",
                        here("ws://127.0.0.1:8080/ws"),
                        "SECRET",
                        "secret-of-twenty-characters",
                        "ANN_TICKET",
                        "secret-of-twenty-characters"));
        return builder.redirectError(root.resolve("stderr").toFile());
    }

    /** What commands have written to standard error. */
    String errors() throws IOException {
        return Files.readString(root.resolve("stderr"));
    }
}
