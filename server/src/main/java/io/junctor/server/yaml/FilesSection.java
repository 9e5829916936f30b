package io.junctor.server.yaml;

import io.junctor.router.config.FilesConfig;
import io.junctor.router.config.RouterConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files that a listener serves. */
final class FilesSection {
    private static final Pattern PATH = Pattern.compile("/|(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?");

    private static final Key<String> PATH_KEY =
            Key.withDefault("path", ScalarType.matching("a path such as / or /app", PATH.asMatchPredicate()), "/");
    private static final Key<Path> DIRECTORY = Key.required(
            "directory", ScalarType.text("the path of a directory, relative to this file", TextFile::path));
    private static final Key<Duration> MAX_AGE =
            Key.withDefault("max_age", ScalarType.duration(Duration.ZERO, Duration.ofDays(365)), Duration.ZERO);

    static final Section<FilesConfig> SECTION = Section.of(
            "a map such as { path: /, directory: web }", List.of(PATH_KEY, DIRECTORY, MAX_AGE), FilesSection::build);

    private FilesSection() {}

    private static @Nullable FilesConfig build(SectionValues values) {
        YamlNode node = values.node(DIRECTORY);
        Path directory = YamlDocument.real(node.document().resolve(values.get(DIRECTORY)));
        if (!Files.isDirectory(directory)) {
            node.error("there is no such directory");
            return null;
        }
        if (node.document().isIn(directory)) {
            node.error("this directory has this configuration file in it, which every browser could read then");
            return null;
        }
        node.document().addConfigCheck(config -> checkKeys(directory, config, node));
        return new FilesConfig(values.get(PATH_KEY), directory, values.get(MAX_AGE));
    }

    private static void checkKeys(Path directory, RouterConfig config, YamlNode node) {
        config.listeners().stream()
                .flatMap(listener -> Stream.ofNullable(listener.tls()))
                .flatMap(tls -> tls.paths().stream())
                .filter(file -> YamlDocument.real(file).startsWith(directory))
                .findFirst()
                .ifPresent(file -> node.error(
                        "this directory has the TLS file " + file + " in it, which every browser could read then"));
    }
}
