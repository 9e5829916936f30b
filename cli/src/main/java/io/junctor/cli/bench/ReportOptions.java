package io.junctor.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select what is printed. */
final class ReportOptions {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Option(
            names = "--progress",
            description = "A line a second on standard error. Default: a bar on a terminal, nothing otherwise.")
    private boolean progressLines;

    @Option(
            names = "--slow",
            paramLabel = "MILLIS",
            description = "A line on standard error for each measured operation that takes so long or longer, up to"
                    + " 10,000 lines: when it was due, and how long it took.")
    private @Nullable Long slowMillis;

    private @Nullable ProgressDisplay progress;

    /** Creates the statistics of one run. */
    OperationStatistics statistics() {
        return slowMillis == null
                ? new OperationStatistics()
                : new OperationStatistics(TimeUnit.MILLISECONDS.toMicros(slowMillis), System.err);
    }

    /** Returns the progress of the run; each call returns the same object. */
    ProgressDisplay progress() {
        ProgressDisplay known = progress;
        if (known == null) {
            known = new ProgressDisplay(System.err, form());
            progress = known;
        }
        return known;
    }

    private ProgressDisplay.Format form() {
        if (progressLines) {
            return ProgressDisplay.Format.LINES;
        }
        return isTerminal() && !"dumb".equals(System.getenv("TERM"))
                ? ProgressDisplay.Format.BAR
                : ProgressDisplay.Format.NOTHING;
    }

    void print(BenchResult outcome) {
        System.out.println(json ? ResultFormatter.json(outcome) : ResultFormatter.text(outcome));
    }

    /** Returns whether standard error is a terminal, as Linux reports it; on other systems an option decides. */
    private static boolean isTerminal() {
        try {
            Path target = Files.readSymbolicLink(STANDARD_ERROR);
            return target.startsWith("/dev/pts") || target.toString().startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }
}
