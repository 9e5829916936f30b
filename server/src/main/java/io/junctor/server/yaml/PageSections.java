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
import org.jspecify.annotations.Nullable;

/** What a listener serves below a path: the HTTP gateway, files, and the console. */
final class PageSections {
    private static final Pattern PATH = Pattern.compile("/|(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?");
    private static final ScalarType<String> CONSOLE_PATH = ScalarType.matching(
            "a path such as /console, other than /health, /ready and /metrics",
            path -> ConsoleConfig.PATH.matcher(path).matches() && WebSocketPath.isPath(path));

    private static final ValueType<Path> DIRECTORY = ScalarType.text(
                    "the path of a directory, relative to this file", TextFile::path)
            .map(PageSections::directory);

    static final Section<GatewayConfig> GATEWAY = new KeyTable("a map such as { path: /api, realm: realm1 }")
            .keysOf(
                    GatewayConfig.DEFAULT,
                    Map.of(
                            "path", ScalarType.matching("a path such as / or /api", PATH.asMatchPredicate()),
                            "realm", Names.PERMANENT_REALM,
                            "login_time", ScalarType.duration(Duration.ZERO, Duration.ofHours(24)),
                            "idempotency_keys", ScalarType.integer(1, 10_000_000)))
            .build(GatewayConfig.class);

    static final Section<FilesConfig> FILES = new KeyTable("a map such as { path: /, directory: web }")
            .key("path", ScalarType.matching("a path such as / or /app", PATH.asMatchPredicate()), "/")
            .required("directory", DIRECTORY)
            .key("max_age", ScalarType.duration(Duration.ZERO, Duration.ofDays(365)), Duration.ZERO)
            .build(FilesConfig.class);

    static final Section<ConsoleConfig> CONSOLE = new KeyTable("a map such as { path: /console, role: operator }")
            .flag("enabled", true)
            .key("path", CONSOLE_PATH, ConsoleConfig.DEFAULT.path())
            .optional("role", Names.ROLE_OF_ANY)
            .build(values -> values.with("serving", values.isTrue("enabled") ? Serving.ALWAYS : Serving.NEVER)
                    .record(ConsoleConfig.class));

    private PageSections() {}

    private static @Nullable Path directory(YamlNode node, Path path) {
        Path directory = YamlDocument.real(node.document().resolve(path));
        if (!Files.isDirectory(directory)) {
            node.error("there is no such directory");
            return null;
        }
        if (node.document().isIn(directory)) {
            node.error("this directory has this configuration file in it, which every browser could read then");
            return null;
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
