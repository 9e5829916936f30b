package io.junctor.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes the page docs/protocol-coverage.md: joins the list of protocol rows with the annotations of the tests of this
 * module. For one thread.
 */
final class Coverage {
    private static final String LATER = "later:";
    private static final String HEAD = """
            # Protocol coverage

            After reading this page you know which rules of the WAMP specification this version follows, and which test shows
            it. Side: R router, C client, B both. Scenarios run in memory with each serialization, over the router's own
            sockets, and in a Jakarta container unless the row says why not. Those that do not run on the routers of a cluster
            are in `cluster-exceptions.txt`, with the reasons. Classes of other modules have the module's name.

            The page is generated from the tests, and the build fails if it is out of date. To write it:
            `mvn test -pl conformance -am -Dtest=CoverageTest -Dcoverage.write=true -Dsurefire.failIfNoSpecifiedTests=false`
            """;

    /** One line of the list. */
    private record Entry(String section, String id, String side, String title, String elsewhere) {
        boolean isLater() {
            return elsewhere.startsWith(LATER);
        }
    }

    private final List<Entry> entries;
    private final Map<String, List<String>> scenariosByRow = new TreeMap<>();
    private final Path root;

    private Coverage(Path root, List<Entry> entries) {
        this.root = root;
        this.entries = entries;
    }

    /** Reads the list and the annotations; {@code root} is the directory of all modules. */
    static Coverage read(Path root) {
        try {
            Coverage coverage = new Coverage(root, list());
            for (Class<?> type : testClasses()) {
                coverage.add(type);
            }
            return coverage;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the problems: rows without a test, rows that are not listed, classes that do not exist. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        List<String> known = entries.stream().map(Entry::id).toList();
        scenariosByRow.keySet().stream()
                .filter(row -> !known.contains(row))
                .forEach(row -> problems.add(row + " is named by " + scenariosByRow.get(row) + " but not listed"));
        for (Entry entry : entries) {
            if (entry.elsewhere.isEmpty() && !scenariosByRow.containsKey(entry.id)) {
                problems.add(entry.id + " is proven by nothing");
            }
            if (!entry.isLater()) {
                classes(entry).stream()
                        .filter(name -> !exists(name))
                        .forEach(name -> problems.add(entry.id + " names " + name + ", which does not exist"));
            }
        }
        return problems;
    }

    /** The page. */
    String page() {
        long later = entries.stream().filter(Entry::isLater).count();
        StringBuilder page = new StringBuilder(HEAD);
        page.append("\n%d of %d rows are met, %d are not in this version.\n"
                .formatted(entries.size() - later, entries.size(), later));
        String section = "";
        for (Entry entry : entries) {
            if (!entry.section.equals(section)) {
                section = entry.section;
                page.append("\n## ").append(section).append("\n\n| row | side | what it asks for | proven by |\n");
                page.append("|---|---|---|---|\n");
            }
            page.append("| %s | %s | %s | %s |\n".formatted(entry.id, entry.side, entry.title, proof(entry)));
        }
        return page.toString();
    }

    private String proof(Entry entry) {
        List<String> parts = new ArrayList<>();
        if (entry.isLater()) {
            parts.add("*not in this version: "
                    + entry.elsewhere.substring(LATER.length()).strip() + "*");
        } else {
            classes(entry).forEach(name -> parts.add("`" + name.replace('/', ' ') + "`"));
        }
        scenariosByRow.getOrDefault(entry.id, List.of()).forEach(name -> parts.add("`" + name + "`"));
        return String.join("<br>", parts);
    }

    private static List<String> classes(Entry entry) {
        return Arrays.stream(entry.elsewhere.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private boolean exists(String name) {
        String[] parts = name.split("/", 2);
        try (Stream<Path> files = Files.walk(root.resolve(parts[0]).resolve("src/test/java"))) {
            return files.anyMatch(file -> file.endsWith(parts[1] + ".java"));
        } catch (IOException e) {
            return false;
        }
    }

    private void add(Class<?> type) {
        for (Method method : type.getDeclaredMethods()) {
            Scenario scenario = method.getAnnotation(Scenario.class);
            Row row = method.getAnnotation(Row.class);
            String[] rows = scenario != null ? scenario.value() : row != null ? row.value() : new String[0];
            for (String id : rows) {
                scenariosByRow.computeIfAbsent(id, unused -> new ArrayList<>()).add(name(type, method));
            }
        }
        scenariosByRow.values().forEach(names -> names.sort(null));
    }

    private static String name(Class<?> type, Method method) {
        ExpectedToFail expected = method.getAnnotation(ExpectedToFail.class);
        String suffix = expected == null ? "" : " (not met yet: " + expected.value() + ")";
        return type.getSimpleName() + "." + method.getName() + suffix + exception(method);
    }

    private static String exception(Method method) {
        Scenario scenario = method.getAnnotation(Scenario.class);
        return scenario == null || scenario.notOverJakarta().isEmpty()
                ? ""
                : " (not in a Jakarta container: " + scenario.notOverJakarta() + ")";
    }

    private static List<Entry> list() throws IOException {
        List<Entry> entries = new ArrayList<>();
        String section = "";
        try (InputStream in = Objects.requireNonNull(Coverage.class.getResourceAsStream("rows.txt"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (line.startsWith("= ")) {
                    section = line.substring(2);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    entries.add(entry(section, line));
                }
            }
        }
        return List.copyOf(entries);
    }

    private static Entry entry(String section, String line) {
        String[] cells = line.split("\\|", -1);
        if (cells.length != 4) {
            throw new IllegalArgumentException("rows.txt: not four cells: " + line);
        }
        return new Entry(section, cells[0].strip(), cells[1].strip(), cells[2].strip(), cells[3].strip());
    }

    private static List<Class<?>> testClasses() throws IOException {
        Path here = directoryOfThisClass();
        try (Stream<Path> files = Files.list(here)) {
            List<Class<?>> classes = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith("Scenario.class") || name.endsWith("Test.class")) {
                    classes.add(load(name.substring(0, name.length() - ".class".length())));
                }
            }
            return classes;
        }
    }

    private static Path directoryOfThisClass() {
        try {
            return Path.of(Objects.requireNonNull(Coverage.class.getResource("Coverage.class"))
                            .toURI())
                    .resolveSibling("");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String simpleName) {
        try {
            return Class.forName(Coverage.class.getPackageName() + "." + simpleName);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
