package io.junctor.conformance.snippets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Immutable. A page of the documentation.
 *
 * @param name its path from the root of the repository
 */
record Page(String name) {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final String FENCE = "```";
    private static final String OUTPUT = "text";

    /** All pages with code blocks that readers may want to run. */
    static List<Page> all() {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
            Stream<String> docs = files.map(file -> "docs/" + file.getFileName())
                    .filter(name -> name.endsWith(".md"))
                    .sorted();
            return Stream.concat(Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "examples/README.md"), docs)
                    .map(Page::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The blocks of all pages in these languages. */
    static List<Snippet> snippets(String... languages) {
        return all().stream()
                .flatMap(page -> page.snippets().stream())
                .filter(snippet -> List.of(languages).contains(snippet.language()))
                .toList();
    }

    /** The blocks of this page by section, in order. */
    static Collection<List<Snippet>> bySection(Collection<Snippet> snippets) {
        Map<String, List<Snippet>> sections = snippets.stream()
                .collect(Collectors.groupingBy(
                        snippet -> snippet.page().name() + " " + snippet.section(),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return sections.values();
    }

    List<Snippet> snippets() {
        return new Reading(this, lines()).snippets();
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(ROOT.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Confined to one thread. Goes through the lines of a page once. */
    private static final class Reading {
        private final Page page;
        private final List<String> lines;
        private final List<Snippet> found = new ArrayList<>();
        private List<Mark> marks = new ArrayList<>();
        private String section = "";
        private int next;

        Reading(Page page, List<String> lines) {
            this.page = page;
            this.lines = lines;
        }

        List<Snippet> snippets() {
            while (next < lines.size()) {
                read(lines.get(next++));
            }
            return found;
        }

        private void read(String line) {
            if (line.startsWith(FENCE)) {
                add(next, line.substring(FENCE.length()).strip(), until(FENCE));
                marks = new ArrayList<>();
            } else if (line.startsWith("<!--")) {
                String first = line.substring("<!--".length());
                String comment = first.endsWith("-->")
                        ? first.substring(0, first.length() - "-->".length())
                        : first + "\n" + until("-->");
                marks.add(Mark.of(comment));
            } else if (line.startsWith("#")) {
                section = line.replaceFirst("^#+ *", "");
            } else if (!line.isBlank() && !marks.isEmpty()) {
                throw new AssertionError(page.name() + ":" + next + ": a mark stands directly above its code block");
            }
        }

        private String until(String end) {
            StringBuilder text = new StringBuilder();
            while (!lines.get(next).startsWith(end)) {
                text.append(lines.get(next++)).append('\n');
            }
            next++;
            return text.toString();
        }

        /** A {@code text} block without marks is the output of the block before it in the same section. */
        private void add(int line, String language, String text) {
            if (language.equals(OUTPUT) && marks.isEmpty()) {
                Snippet program = found.isEmpty() ? null : found.removeLast();
                if (program == null || !program.section().equals(section)) {
                    throw new AssertionError(page.name() + ":" + line + ": the output of which block?");
                }
                found.add(new Snippet(
                        page,
                        program.line(),
                        section,
                        program.language(),
                        program.text(),
                        program.marks(),
                        text.lines().toList()));
            } else {
                found.add(new Snippet(page, line, section, language, text, List.copyOf(marks), List.of()));
            }
        }
    }
}
