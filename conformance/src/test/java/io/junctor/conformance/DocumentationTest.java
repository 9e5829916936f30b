package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.wamp.value.WampError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the pages in {@code docs} with the code. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern LAYERS = Pattern.compile("```text\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("^```.*?^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern PACKAGE = Pattern.compile("^package ([a-z0-9.]+);", Pattern.MULTILINE);
    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?([a-z0-9.]+)\\.[A-Z]", Pattern.MULTILINE);
    private static final Pattern URI_ROW = Pattern.compile("^\\| `((?:wamp|junctor)\\.[^`]+)`", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`([A-Za-z][A-Za-z0-9]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(?:#[^)]*)?\\)");
    private static final Map<String, String> ROOTS = Map.of(
            "wamp-core", "io.junctor.wamp",
            "websocket", "io.junctor.websocket",
            "router", "io.junctor.router",
            "server", "io.junctor.server",
            "jakarta", "io.junctor.jakarta",
            "cluster", "io.junctor.cluster",
            "client-java", "io.junctor.client",
            "cli", "io.junctor.cli");

    @Test
    void theArchitecturePageAllowsEachImportBetweenPackages() throws IOException {
        Map<String, Set<String>> allowed = layers();
        Set<String> packages = new TreeSet<>();
        List<String> violations = new ArrayList<>();
        for (Map.Entry<String, String> module : ROOTS.entrySet()) {
            for (Path source : sources(module.getKey())) {
                String text = Files.readString(source);
                String own = module.getKey() + " " + packageOf(source, text, module.getValue());
                packages.add(own);
                matches(IMPORT, text)
                        .map(used -> relative(used, module.getValue()))
                        .filter(used -> !used.isEmpty() && !own.endsWith(" " + used))
                        .filter(used -> !allowed.getOrDefault(own, Set.of()).contains(used))
                        .forEach(used -> violations.add(source + " uses " + used));
            }
        }
        assertThat(violations).isEmpty();
        assertThat(allowed.keySet()).containsExactlyInAnyOrderElementsOf(packages);
    }

    @Test
    void eachErrorUriHasARow() throws IOException {
        List<String> rows = matches(URI_ROW, page("errors.md"))
                .filter(uri -> !uri.startsWith("junctor.revoked."))
                .distinct()
                .toList();
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(WampError.values())
                        .map(error -> error.uri().text())
                        .toList());
    }

    @Test
    void eachCounterIsExplained() throws IOException {
        String page = page("operating.md");
        assertThat(Stream.concat(
                        Arrays.stream(Counter.values()).map(Counter::metricName),
                        Arrays.stream(TransportCounter.values()).map(TransportCounter::metricName)))
                .allSatisfy(name -> assertThat(page).contains("`junctor_" + name.replace('.', '_') + "_total`"));
    }

    @Test
    void eachLinkLeadsToAFile() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            matches(LINK, Files.readString(page))
                    .filter(link -> !Files.exists(page.resolveSibling(link)))
                    .forEach(link -> broken.add(page + ": " + link));
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void theIndexListsEachPage() throws IOException {
        String index = page("README.md");
        assertThat(files(ROOT.resolve("docs"), ".md"))
                .map(page -> ROOT.resolve("docs").relativize(page).toString())
                .filteredOn(name -> !name.equals("README.md") && !name.startsWith("adr/"))
                .allSatisfy(name -> assertThat(index).contains("](" + name + ")"));
    }

    /** Tables and code may have longer lines. */
    @Test
    void noParagraphHasALineOfMoreThan140Characters() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path page : pages()) {
            String prose = CODE.matcher(Files.readString(page)).replaceAll("");
            prose.lines()
                    .filter(line -> line.length() > 140 && !line.startsWith("|") && !line.startsWith("<!--"))
                    .forEach(line -> tooLong.add(page + ": " + line));
        }
        assertThat(tooLong).isEmpty();
    }

    /** A page begins with what its reader can do after reading it. */
    @Test
    void eachPageBeginsWithItsPurpose() throws IOException {
        assertThat(files(ROOT.resolve("docs"), ".md"))
                .filteredOn(page -> page.getParent().endsWith("docs") && !page.endsWith("README.md"))
                .allSatisfy(page -> assertThat(
                                Files.readString(page).lines().limit(4).toList())
                        .anyMatch(line -> line.startsWith("After reading this page you ")
                                || line.startsWith("With this page you ")));
    }

    @Test
    void eachTestNamedOnThePageOfSecurityTestsExists() throws IOException {
        StringBuilder tests = new StringBuilder();
        for (Path file : files(ROOT, ".java")) {
            if (file.toString().contains("src/test/java")) {
                tests.append(Files.readString(file));
            }
        }
        Set<String> words = new TreeSet<>(Arrays.asList(tests.toString().split("\\W+")));
        List<String> rows = page("security-tests.md")
                .lines()
                .filter(line -> line.startsWith("|") && !line.contains("-Dhostile"))
                .toList();
        List<String> names = rows.stream()
                .flatMap(row -> matches(NAME, row.substring(row.lastIndexOf('|', row.length() - 2))))
                .toList();
        assertThat(names).hasSizeGreaterThan(100);
        assertThat(words).containsAll(names);
    }

    private static Map<String, Set<String>> layers() throws IOException {
        Map<String, Set<String>> layers = new LinkedHashMap<>();
        matches(LAYERS, page("architecture.md")).flatMap(String::lines).forEach(line -> {
            String[] parts = line.split(":", 2);
            layers.put(parts[0], Set.of(parts[1].strip().split(" ")));
        });
        return layers;
    }

    private static List<Path> sources(String module) throws IOException {
        return files(ROOT.resolve(module).resolve("src/main/java"), ".java");
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(files(ROOT.resolve("docs"), ".md"));
        pages.add(ROOT.resolve("README.md"));
        pages.add(ROOT.resolve("CONTRIBUTING.md"));
        pages.add(ROOT.resolve("SECURITY.md"));
        pages.add(ROOT.resolve("examples/README.md"));
        return pages;
    }

    private static List<Path> files(Path directory, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(ending)).toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }

    private static String packageOf(Path source, String text, String root) {
        List<String> names = matches(PACKAGE, text).toList();
        assertThat(names).as(source.toString()).hasSize(1);
        return relative(names.getFirst(), root);
    }

    /** The name of a package without its root, {@code root} for the root itself, empty for a package of another module. */
    private static String relative(String name, String root) {
        if (name.equals(root)) {
            return "root";
        }
        return name.startsWith(root + ".") ? name.substring(root.length() + 1) : "";
    }

    private static Stream<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult result) -> result.group(1));
    }

    private static String page(String name) throws IOException {
        return Files.readString(ROOT.resolve("docs").resolve(name));
    }
}
