package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Runs scripts that use pages in Chromium. Skips the test where Chromium or Node is missing. */
final class Chromium {
    private static final List<String> PROGRAMS =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    /** What is done with a page (the script has the kinds), and what the page shows then. */
    record Case(String name, String kind, String url, String shows) {}

    private final String program;

    private Chromium(String program) {
        this.program = program;
    }

    static Chromium installed() throws Exception {
        String program = PROGRAMS.stream()
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElse("");
        assumeTrue(!program.isEmpty(), "Chromium is not installed");
        assumeTrue(!ForeignPackages.install().containsKey(ForeignClient.Language.NODE), "Node is not installed");
        return new Chromium(program);
    }

    /** Runs all cases in one browser; the tests compare what the script printed. */
    Stream<DynamicTest> tests(String script, List<String> arguments, List<Case> cases, int patienceSeconds)
            throws Exception {
        List<String> lines = run(script, arguments, cases, patienceSeconds);
        List<DynamicTest> tests = new ArrayList<>();
        cases.forEach(one -> tests.add(dynamicTest(
                one.name(),
                () -> assertThat(lines.stream().filter(line -> line.startsWith(one.name() + ": ")))
                        .containsExactly(one.name() + ": " + one.shows()))));
        tests.add(dynamicTest(
                "no page has an error",
                () -> assertThat(lines)
                        .as("lines besides the results")
                        .allMatch(line -> cases.stream().anyMatch(one -> line.startsWith(one.name() + ": ")))));
        return tests.stream();
    }

    private List<String> run(String script, List<String> arguments, List<Case> cases, int patienceSeconds)
            throws Exception {
        List<String> command = new ArrayList<>(List.of("node", script, program));
        command.addAll(arguments);
        cases.forEach(one -> command.addAll(List.of(one.name(), one.kind(), one.url())));
        Process process = new ProcessBuilder(command)
                .directory(ForeignPackages.directory().toFile())
                .redirectErrorStream(true)
                .start();
        CompletableFuture<Process> end = process.onExit()
                .orTimeout(patienceSeconds, TimeUnit.SECONDS)
                .whenComplete((ended, late) -> endAll(process));
        try {
            assertThat(end).isNotNull();
            return process.inputReader(StandardCharsets.UTF_8).lines().toList();
        } finally {
            endAll(process);
        }
    }

    private static void endAll(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
