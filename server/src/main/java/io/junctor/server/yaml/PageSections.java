package io.junctor.server.yaml;

import io.junctor.router.config.ConsoleConfig;
import io.junctor.router.config.ConsoleConfig.Serving;
import io.junctor.router.config.FilesConfig;
import io.junctor.router.config.GatewayConfig;
import io.junctor.router.config.WebSocketPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a listener serves below a path: the HTTP gateway, files, and the console. */
final class PageSections {
    private static final Pattern PATH = Pattern.compile("/|(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?");
    private static final ScalarType<String> CONSOLE_PATH = ScalarType.matching(
            "a path such as /console, other than /health, /ready and /metrics",
            path -> ConsoleConfig.PATH.matcher(path).matches() && WebSocketPath.isPath(path));

    private static final ValueType<Path> DIRECTORY = ScalarType.text(
                    "the path of a directory, relative to this file", TextFile::path)
            .map(PageSections::directory);

    static final Section<GatewayConfig> GATEWAY = Section.of(
            GatewayConfig.DEFAULT,
            "a map such as { path: /api, realm: realm1 }",
            Map.of(
                    "path", ScalarType.matching("a path such as / or /api", PATH.asMatchPredicate()),
                    "realm", Names.PERMANENT_REALM,
                    "login_time", ScalarType.duration(Duration.ZERO, Duration.ofHours(24)),
                    "idempotency_keys", ScalarType.integer(1, 10_000_000)));

    static final Section<FilesConfig> FILES = Section.of(FilesConfig.class, "a map such as { path: /, directory: web }")
            .key("path", ScalarType.matching("a path such as / or /app", PATH.asMatchPredicate()), "/")
            .required("directory", DIRECTORY)
            .key("max_age", ScalarType.duration(Duration.ZERO, Duration.ofDays(365)), Duration.ZERO);

    static final Section<ConsoleConfig> CONSOLE = Section.of(
                    ConsoleConfig.class, "a map such as { path: /console, role: operator }")
            .flag("enabled", true)
            .key("path", CONSOLE_PATH, ConsoleConfig.DEFAULT.path())
            .optional("role", Names.ROLE_OF_ANY)
            .derive("serving", values -> values.isTrue("enabled") ? Serving.ALWAYS : Serving.NEVER);

    private PageSections() {}

    private static Path directory(YamlNode node, Path path) {
        Path directory = YamlDocument.real(node.document().resolve(path));
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("there is no such directory");
        }
        if (node.document().isIn(directory)) {
            throw new IllegalArgumentException(
                    "this directory has this configuration file in it, which every browser could read then");
        }
        node.document()
                .addConfigCheck(config -> config.listeners().stream()
                        .flatMap(listener -> Stream.ofNullable(listener.tls()))
                        .flatMap(tls -> tls.paths().stream())
                        .filter(file -> YamlDocument.real(file).startsWith(directory))
                        .findFirst()
                        .ifPresent(file -> node.error("this directory has the TLS file " + file
                                + " in it, which every browser could read then")));
        return directory;
    }
}
