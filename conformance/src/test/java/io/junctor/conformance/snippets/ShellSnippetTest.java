package io.junctor.conformance.snippets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the shell commands of the pages, and compares what they print. */
@Tag("interop")
@Timeout(60)
class ShellSnippetTest {
    private static final String PROMPT = "$ ";
    private static final String READY = "Listening on";

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> eachCommandPrintsWhatThePageSays() {
        List<Snippet> blocks = Page.all().stream()
                .flatMap(page -> page.snippets().stream())
                .filter(snippet -> snippet.has(Mark.Kind.FILE)
                        || (snippet.language().equals("sh") && !snippet.has(Mark.Kind.NOT_RUN)))
                .toList();
        return Page.bySection(blocks).stream()
                .map(section -> dynamicTest(
                        section.getFirst().place() + " " + section.getFirst().section(), () -> run(section)));
    }

    private void run(List<Snippet> section) throws Exception {
        SnippetDirectory here = SnippetDirectory.create(Files.createTempDirectory(directory, "section"));
        for (Snippet snippet : section) {
            if (snippet.has(Mark.Kind.FILE)) {
                here.write(snippet.mark(Mark.Kind.FILE).orElseThrow(), snippet.text());
            } else if (snippet.has(Mark.Kind.RUNS_UNTIL_STOPPED)) {
                runUntilStopped(here, snippet);
            } else if (snippet.has(Mark.Kind.WITH_A_ROUTER)) {
                runBesideRouter(here, snippet);
            } else {
                runToItsEnd(here, snippet);
            }
        }
    }

    private static void runToItsEnd(SnippetDirectory here, Snippet snippet) throws Exception {
        Process process = here.shell(commands(snippet)).start();
        List<String> printed =
                process.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(process.waitFor()).as(here.errors()).isZero();
        List<String> expected = expected(here, snippet);
        if (!expected.isEmpty()) {
            assertThat(new Output(expected).is(printed))
                    .as("%s prints %s, the page says %s", snippet.place(), printed, expected)
                    .isTrue();
        }
    }

    private static void runUntilStopped(SnippetDirectory here, Snippet snippet) throws Exception {
        Process process = here.shell("exec " + commands(snippet)).start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> printed = readUntilReady(output);
            assertThat(printed).as(here.errors()).isNotEmpty();
            List<String> expected = expected(here, snippet);
            while (printed.size() < expected.size()) {
                printed.add(output.readLine());
            }
            assertThat(expected.isEmpty() || new Output(expected).is(printed))
                    .as("%s prints %s, the page says %s", snippet.place(), printed, expected)
                    .isTrue();
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(here.errors()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void runBesideRouter(SnippetDirectory here, Snippet snippet) throws Exception {
        Process router = here.shell("exec bin/junctor start").start();
        try (BufferedReader output = router.inputReader(StandardCharsets.UTF_8)) {
            assertThat(readUntilReady(output)).as(here.errors()).isNotEmpty();
            runToItsEnd(here, snippet);
        } finally {
            router.destroyForcibly().waitFor();
        }
    }

    private static List<String> readUntilReady(BufferedReader output) throws IOException {
        List<String> printed = new ArrayList<>();
        String line = output.readLine();
        while (line != null) {
            printed.add(line);
            if (line.startsWith(READY)) {
                return printed;
            }
            line = output.readLine();
        }
        return List.of();
    }

    /** The lines after a prompt, or all lines if the block has no prompt. */
    private static String commands(Snippet snippet) {
        if (!snippet.text().startsWith(PROMPT)) {
            return snippet.text();
        }
        return String.join(
                "\n",
                snippet.text()
                        .lines()
                        .filter(line -> line.startsWith(PROMPT))
                        .map(line -> line.substring(PROMPT.length()))
                        .toList());
    }

    private static List<String> expected(SnippetDirectory here, Snippet snippet) {
        Stream<String> inside = snippet.text().startsWith(PROMPT)
                ? snippet.text().lines().filter(line -> !line.startsWith(PROMPT))
                : Stream.empty();
        return Stream.concat(inside, snippet.prints().stream()).map(here::here).toList();
    }
}
