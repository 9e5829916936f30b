package io.junctor.cli.bench;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Counts operations and errors, and records the latency of each operation that was due in the measured period. */
final class OperationStatistics {
    private static final long NANOS_PER_MICRO = 1_000;
    private static final int DIGITS = 3;
    private static final int MOST_SLOW_LINES = 10_000;

    private final Histogram micros = new Histogram(DIGITS);
    private final long slowMicros;
    private final @Nullable PrintStream slowLines;
    private int slowLinesWritten;
    private long measuredFromNanos = Long.MAX_VALUE;
    private long measuredUntilNanos = Long.MAX_VALUE;
    private long done;
    private long errors;
    private String firstError = "";

    OperationStatistics() {
        this(Long.MAX_VALUE, null);
    }

    /** Creates statistics that write a line to {@code slowLines} for each operation that takes at least {@code slowMicros}. */
    OperationStatistics(long slowMicros, @Nullable PrintStream slowLines) {
        this.slowMicros = slowMicros;
        this.slowLines = slowLines;
    }

    void measureFrom(long nanos) {
        measuredFromNanos = nanos;
    }

    void measureUntil(long nanos) {
        measuredUntilNanos = nanos;
    }

    /** Records that an operation that was due at {@code dueNanos} has just ended. */
    void onDone(long dueNanos) {
        done++;
        if (dueNanos >= measuredFromNanos && dueNanos < measuredUntilNanos) {
            long tookMicros = Math.max(0, (System.nanoTime() - dueNanos) / NANOS_PER_MICRO);
            micros.recordValue(tookMicros);
            if (tookMicros >= slowMicros) {
                onSlow(tookMicros);
            }
        }
    }

    private void onSlow(long tookMicros) {
        if (slowLines != null && slowLinesWritten++ < MOST_SLOW_LINES) {
            Instant due = Instant.now().minus(tookMicros, ChronoUnit.MICROS).truncatedTo(ChronoUnit.MILLIS);
            slowLines.println("slow: due at " + due + ", took " + tookMicros + " us");
        }
    }

    void onError(String what) {
        errors++;
        if (firstError.isEmpty()) {
            firstError = what;
        }
    }

    long done() {
        return done;
    }

    long errors() {
        return errors;
    }

    /** Returns the text of the first error, or an empty text. */
    String firstError() {
        return firstError;
    }

    LatencyPercentiles latency() {
        return LatencyPercentiles.of(micros);
    }
}
