package io.junctor.conformance.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Ten callers and a callee: {@code bench rpc} as a process of its own, at a fixed rate. */
final class OrdinaryCallers implements AutoCloseable {
    private static final int SLOW_MILLIS = 20;
    private static final String SLOW = "slow:";

    private final Process process;
    private final Path directory;

    private OrdinaryCallers(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
    }

    /** A call that took long. */
    record SlowCall(Instant due, Duration took) {}

    /**
     * Immutable. What they measured.
     *
     * @param text what the bench printed
     * @param slow the calls that took at least 20 ms, the slowest first
     */
    record Report(String text, List<SlowCall> slow) {
        private long figure(String name) {
            Matcher matcher =
                    Pattern.compile("\"" + Pattern.quote(name) + "\":(\\d+)").matcher(text);
            if (!matcher.find()) {
                throw new AssertionError("the callers did not measure " + name + ": " + text);
            }
            return Long.parseLong(matcher.group(1));
        }

        long p50Micros() {
            return figure("p50");
        }

        long p99Micros() {
            return figure("p99");
        }

        long errors() {
            return figure("errors");
        }

        long lost() {
            return figure("lost");
        }

        boolean isComplete() {
            return text.contains("\"lost\":");
        }
    }

    /** Starts to call {@code perSecond} times a second, which goes on for {@code seconds}. */
    static OrdinaryCallers start(RouterProcess router, int perSecond, long seconds) throws IOException {
        Path directory = router.directory();
        List<String> arguments = List.of(
                "bench",
                "rpc",
                "--url",
                router.uri().toString(),
                "--realm",
                router.realm(),
                "--pid",
                Long.toString(router.pid()),
                "--connections",
                "10",
                "--rate",
                Integer.toString(perSecond),
                "--warmup",
                "1",
                "--duration",
                Long.toString(seconds),
                "--slow",
                Integer.toString(SLOW_MILLIS),
                "--json");
        Process process = RouterProcess.java(List.of("-Xmx128m", "-XX:+UseSerialGC"), arguments)
                .redirectError(directory.resolve("callers.err").toFile())
                .redirectOutput(directory.resolve("callers.out").toFile())
                .start();
        return new OrdinaryCallers(process, directory);
    }

    /** Waits until they have measured, or {@code router} has ended. */
    Report report(RouterProcess router) throws IOException, InterruptedException {
        while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
            if (!router.isAlive()) {
                process.destroyForcibly().waitFor();
            }
        }
        Path errors = directory.resolve("callers.err");
        try (Stream<String> lines = Files.lines(errors)) {
            List<SlowCall> slow = lines.map(OrdinaryCallers::slowCall)
                    .flatMap(Stream::ofNullable)
                    .sorted(Comparator.comparing(SlowCall::took).reversed())
                    .toList();
            String output = Files.readString(directory.resolve("callers.out"), StandardCharsets.UTF_8);
            return new Report(
                    output.isBlank()
                            ? Files.readAllLines(errors).stream()
                                    .filter(line -> !line.startsWith(SLOW))
                                    .toList()
                                    .toString()
                            : output.strip(),
                    slow);
        }
    }

    private static SlowCall slowCall(String line) {
        Matcher slow = Pattern.compile(SLOW + " due at (\\S+), took (\\d+) us").matcher(line);
        return slow.matches()
                ? new SlowCall(
                        Instant.parse(slow.group(1)),
                        Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(Long.parseLong(slow.group(2)))))
                : null;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
