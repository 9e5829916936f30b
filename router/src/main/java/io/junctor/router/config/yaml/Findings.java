package io.junctor.router.config.yaml;

import io.junctor.router.config.RouterConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** What one reading may look up and what it has found wrong so far. */
final class Findings {
    private static final Comparator<Mistake> IN_ORDER_OF_FILE =
            Comparator.comparingInt(Mistake::line).thenComparingInt(Mistake::column);

    private final String file;
    private final Map<String, String> environment;
    private final List<Mistake> mistakes = new ArrayList<>();
    private final List<Consumer<RouterConfig>> judges = new ArrayList<>();

    Findings(String file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /** Where paths in the file begin. */
    Path directory() {
        Path parent = Path.of(file).toAbsolutePath().getParent();
        return parent == null ? Path.of("") : parent;
    }

    Map<String, String> environment() {
        return environment;
    }

    void add(Optional<Mark> place, String text) {
        mistakes.add(place.map(mark -> new Mistake(file, mark.getLine() + 1, mark.getColumn() + 1, text))
                .orElseGet(() -> new Mistake(file, 0, 0, text)));
    }

    void addAtLine(int line, String text) {
        mistakes.add(new Mistake(file, line, 1, text));
    }

    void add(String text) {
        add(Optional.empty(), text);
    }

    /** Keeps what can be judged only when the whole file is read. */
    void later(Consumer<RouterConfig> judge) {
        judges.add(judge);
    }

    /** Judges what was left for the end. */
    void judge(RouterConfig config) {
        judges.forEach(judge -> judge.accept(config));
    }

    boolean isEmpty() {
        return mistakes.isEmpty();
    }

    List<Mistake> inOrderOfFile() {
        return mistakes.stream().sorted(IN_ORDER_OF_FILE).toList();
    }
}
