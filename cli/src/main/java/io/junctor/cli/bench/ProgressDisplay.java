package io.junctor.cli.bench;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Shows the progress of a run once per second: as a moving bar on a terminal, or as one line each time. Confined to one thread. */
final class ProgressDisplay {
    /** The value for a phase of unknown duration. */
    static final double UNKNOWN = -1;

    private static final long PERIOD_NANOS = 1_000_000_000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int WIDTH = 20;
    private static final String CLEAR_LINE = "\r\u001b[K";

    /** The format of the output. */
    enum Format {
        NOTHING,
        LINES,
        BAR
    }

    private final PrintStream out;
    private final Format format;
    private final LongSupplier nanoTime;
    private long lastNanos;
    private long lastDone;
    private boolean isDrawn;

    ProgressDisplay(PrintStream out, Format format) {
        this(out, format, System::nanoTime);
    }

    /** Creates a progress with another clock. */
    ProgressDisplay(PrintStream out, Format format, LongSupplier nanoTime) {
        this.out = out;
        this.format = format;
        this.nanoTime = nanoTime;
        this.lastNanos = nanoTime.getAsLong();
    }

    /**
     * Prints the progress if the last output is old enough; may be called often.
     *
     * @param share the finished part of the phase, from 0 to 1, or {@link #UNKNOWN}
     */
    void tick(String phase, double share, long done, long errors) {
        long now = nanoTime.getAsLong();
        if (format == Format.NOTHING || now - lastNanos < PERIOD_NANOS) {
            return;
        }
        double perSecond = (done - lastDone) * NANOS_PER_SECOND / (now - lastNanos);
        lastNanos = now;
        lastDone = done;
        String text =
                String.format(Locale.ROOT, "%s: %,.0f/s, %,d in total, %,d errors", phase, perSecond, done, errors);
        if (format == Format.BAR) {
            out.print(CLEAR_LINE + bar(share) + text);
            out.flush();
            isDrawn = true;
        } else {
            out.println(text);
        }
    }

    /** Returns a bar with the percentage; empty if the finished part is unknown. */
    static String bar(double share) {
        if (share < 0) {
            return "";
        }
        double shown = Math.min(1, share);
        int full = (int) (shown * WIDTH);
        return String.format(
                Locale.ROOT, "[%s%s] %3.0f %%  ", "#".repeat(full), " ".repeat(WIDTH - full), Math.floor(100 * shown));
    }

    /** Removes the bar; printed lines stay. */
    void end() {
        if (isDrawn) {
            out.print(CLEAR_LINE);
            out.flush();
            isDrawn = false;
        }
    }
}
