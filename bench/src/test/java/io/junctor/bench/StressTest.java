package io.junctor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.bench.stress.OnceEncodedEventSharesOneArray;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Runs the stress cases in separate processes. Fails if a case is skipped or has a forbidden outcome. */
class StressTest {
    private static final Pattern TOTAL =
            Pattern.compile("(\\d+) planned; (\\d+) passed, (\\d+) failed, (\\d+) soft errs, (\\d+) hard errs");

    @Test
    void everyCaseRunsWithoutForbiddenOutcomes() throws IOException, InterruptedException {
        Path results = Path.of(System.getProperty("stress.results"));
        Files.createDirectories(results);
        List<String> output = new ArrayList<>();
        Process harness = new ProcessBuilder(command(results))
                .directory(results.toFile())
                .redirectErrorStream(true)
                .start();
        harness.getOutputStream().close();
        try (BufferedReader reader = harness.inputReader()) {
            reader.lines().forEach(output::add);
        }
        int exit = harness.waitFor();
        String text = String.join("\n", output);

        assertThat(exit).as(text).isZero();
        assertThat(passed(output)).as(text).isEqualTo(cases());
        assertNothingFailed(text);
    }

    private static void assertNothingFailed(String text) {
        Matcher total = TOTAL.matcher(text);
        String last = "";
        while (total.find()) {
            last = total.group();
        }
        Matcher counts = TOTAL.matcher(last);
        assertThat(counts.matches()).as(text).isTrue();
        assertThat(counts.group(2)).as("passed of the planned cases").isEqualTo(counts.group(1));
    }

    private static List<String> command(Path results) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.openjdk.jcstress.Main",
                "-v",
                "-r",
                results.toString(),
                "-time",
                System.getProperty("stress.time"),
                "-iters",
                System.getProperty("stress.iterations")));
        if (!Boolean.getBoolean("stress.variants")) {
            command.addAll(List.of("-f", "1", "-sc", "false", "-af", "NONE", "-jvmArgs", "-XX:+UseSerialGC"));
        }
        return command;
    }

    /** The names of the cases that the harness reports as passed. */
    private static Set<String> passed(List<String> output) {
        Pattern good = Pattern.compile(".*\\[OK\\] io\\.junctor\\.bench\\.stress\\.(\\w+).*");
        Set<String> names = new TreeSet<>();
        for (String line : output) {
            Matcher match = good.matcher(line);
            if (match.matches()) {
                names.add(match.group(1));
            }
        }
        return names;
    }

    /** The names of all cases for which the annotation processor generated a runner. */
    private static Set<String> cases() {
        Set<String> names = new TreeSet<>();
        String suffix = "_jcstress.class";
        File[] files = directory().listFiles((directory, name) -> name.endsWith(suffix));
        assertThat(files).isNotEmpty();
        for (File file : files) {
            names.add(file.getName().replace(suffix, ""));
        }
        return names;
    }

    private static File directory() {
        try {
            Path root = Path.of(OnceEncodedEventSharesOneArray.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath());
            return root.resolve("io/junctor/bench/stress").toRealPath().toFile();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
