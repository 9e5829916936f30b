package io.junctor.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads from docs/architecture.md which packages each package of a module uses. Thread-safe. */
final class ArchitecturePage {
    private static final Path PAGE = Path.of("..", "docs", "architecture.md");
    /** For example {@code router audit: metrics turn}. */
    private static final Pattern LINE = Pattern.compile("(?m)^([a-z][a-z-]*) ([a-z0-9.]+):([a-z0-9. ]*)$");

    private ArchitecturePage() {}

    /**
     * The lines about {@code module}; the working directory is that of a module.
     *
     * @throws AssertionError if the page has no line about it
     */
    static Map<String, Set<String>> layers(String module) {
        Map<String, Set<String>> layers = LINE.matcher(text())
                .results()
                .filter(line -> line.group(1).equals(module))
                .collect(Collectors.toMap(line -> line.group(2), line -> words(line.group(3))));
        if (layers.isEmpty()) {
            throw new AssertionError("docs/architecture.md has no line about the packages of " + module);
        }
        return layers;
    }

    private static Set<String> words(String text) {
        return Pattern.compile("[a-z0-9.]+")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    private static String text() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
