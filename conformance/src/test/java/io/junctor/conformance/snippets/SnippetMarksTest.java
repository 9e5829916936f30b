package io.junctor.conformance.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each code block is of a language that a test runs, or says why it is not run. */
class SnippetMarksTest {
    /** JavaSnippetTest, WampSnippetTest, YamlSnippetTest; with {@code -Pinterop} the others. Diagrams are no code. */
    private static final Set<String> LANGUAGES =
            Set.of("java", "wamp", "yaml", "sh", "js", "html", "python", "nginx", "haproxy", "caddy", "mermaid");

    private static final Pattern VERSION = Pattern.compile("\\b\\d+\\.\\d+\\.\\d+-SNAPSHOT\\b");

    @Test
    void theVersionOnThePagesIsThatOfTheProject() throws IOException {
        String pom = Files.readString(Page.ROOT.resolve("pom.xml"));
        List<String> versions = new ArrayList<>();
        for (Page page : Page.all()) {
            VERSION.matcher(Files.readString(Page.ROOT.resolve(page.name())))
                    .results()
                    .forEach(version -> versions.add(version.group()));
        }
        assertThat(versions)
                .hasSizeGreaterThan(2)
                .allSatisfy(version -> assertThat(pom).contains("<version>" + version + "</version>"));
    }

    @Test
    void eachCodeBlockIsRunOrSaysWhyItIsNot() {
        List<Snippet> all =
                Page.all().stream().flatMap(page -> page.snippets().stream()).toList();
        assertThat(all).hasSizeGreaterThan(80);
        assertThat(all)
                .filteredOn(snippet -> !LANGUAGES.contains(snippet.language()))
                .allSatisfy(snippet -> assertThat(snippet.mark(Mark.Kind.NOT_RUN))
                        .as(snippet.place() + ": no test runs the language '" + snippet.language()
                                + "', and no mark says why")
                        .isPresent());
        assertThat(all)
                .flatExtracting(Snippet::marks)
                .filteredOn(mark ->
                        Set.of(Mark.Kind.NOT_RUN, Mark.Kind.COMPILED_ONLY).contains(mark.kind()))
                .allSatisfy(mark -> assertThat(mark.value()).as("the reason").isNotBlank());
    }
}
