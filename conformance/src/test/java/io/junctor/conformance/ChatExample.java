package io.junctor.conformance;

import io.junctor.server.RouterServer;
import io.junctor.server.yaml.ConfigFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts a router with the configuration of the chat example, which also serves its page. Thread-safe. */
public final class ChatExample {
    private static final Path EXAMPLE = Path.of("..", "examples", "chat").toAbsolutePath();

    private ChatExample() {}

    /** Starts it on any free port. {@code more} are more keys of the listener, such as {@code tls: {...}}, or nothing. */
    public static RouterServer start(String more) throws Exception {
        String text = Files.readString(EXAMPLE.resolve("realms.yaml"))
                .replace("port: 8080", more.isEmpty() ? "port: 0" : "port: 0\n    " + more)
                .replace("directory: web", "directory: " + EXAMPLE.resolve("web"));
        return RouterServer.start(
                ConfigFile.parse("realms.yaml", text, System.getenv()).orThrow());
    }
}
