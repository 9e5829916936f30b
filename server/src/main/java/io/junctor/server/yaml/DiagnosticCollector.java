package io.junctor.server.yaml;

import io.junctor.router.config.RouterConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Collects the errors and warnings of one file, and the checks that need the whole configuration. */
final class DiagnosticCollector {
    private static final Comparator<Diagnostic> BY_POSITION =
            Comparator.comparingInt(Diagnostic::line).thenComparingInt(Diagnostic::column);

    private final String file;
    private final Map<String, String> environment;
    private final List<Diagnostic> errors = new ArrayList<>();
    private final List<Diagnostic> warnings = new ArrayList<>();
    private final Map<List<?>, YamlNode> firstNodes = new HashMap<>();
    private final List<Consumer<RouterConfig>> configChecks = new ArrayList<>();

    DiagnosticCollector(String file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /** Resolves a path in the file, which is relative to the directory of the file. */
    Path resolve(Path path) {
        return Path.of(file).toAbsolutePath().resolveSibling(path);
    }

    /** Returns whether the configuration file is in {@code directory} or below it. */
    boolean isIn(Path directory) {
        return real(Path.of(file)).startsWith(real(directory));
    }

    /** Returns a path without symbolic links, so that paths can be compared; if the file does not exist, returns the path unchanged. */
    static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    Map<String, String> environment() {
        return environment;
    }

    void error(Optional<Mark> mark, String text) {
        errors.add(diagnostic(mark, text));
    }

    /** Reports an error in the line in which the part {@code before} of the file ends; if it is empty, an error about the whole file. */
    void errorAfter(String before, String text) {
        int line = before.isEmpty() ? 0 : before.split("\n", -1).length;
        errors.add(new Diagnostic(file, line, Math.min(line, 1), text));
    }

    void warn(Optional<Mark> mark, String text) {
        warnings.add(diagnostic(mark, text));
    }

    private Diagnostic diagnostic(Optional<Mark> mark, String text) {
        return mark.map(at -> new Diagnostic(file, at.getLine() + 1, at.getColumn() + 1, text))
                .orElseGet(() -> new Diagnostic(file, 0, 0, text));
    }

    /** Returns the first node that has {@code value}, which must be unique: {@code node} if the value is new. */
    YamlNode firstOf(List<?> value, YamlNode node) {
        return firstNodes.computeIfAbsent(value, key -> node);
    }

    /** Adds a check that runs after the whole file has been read without errors. */
    void addConfigCheck(Consumer<RouterConfig> check) {
        configChecks.add(check);
    }

    /** Runs the added checks; returns whether there is no error. */
    boolean passes(RouterConfig config) {
        configChecks.forEach(check -> check.accept(config));
        return errors.isEmpty();
    }

    int errorCount() {
        return errors.size();
    }

    List<Diagnostic> errors() {
        return errors.stream().distinct().sorted(BY_POSITION).toList();
    }

    List<Diagnostic> warnings() {
        return warnings.stream().distinct().sorted(BY_POSITION).toList();
    }
}
