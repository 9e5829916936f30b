package io.junctor.cli.bench;

import org.HdrHistogram.Histogram;

/** Counts what happens, and keeps the latencies of what was due while measuring. */
final class Tally {
    private static final long NANOS_PER_MICRO = 1_000;
    private static final int DIGITS = 3;

    private final Histogram micros = new Histogram(DIGITS);
    private long measuredFromNanos = Long.MAX_VALUE;
    private long measuredUntilNanos = Long.MAX_VALUE;
    private long done;
    private long errors;
    private String firstError = "";

    void measureFrom(long nanos) {
        measuredFromNanos = nanos;
    }

    void measureUntil(long nanos) {
        measuredUntilNanos = nanos;
    }

    /** Something that was due at {@code dueNanos} has just happened. */
    void onDone(long dueNanos) {
        done++;
        if (dueNanos >= measuredFromNanos && dueNanos < measuredUntilNanos) {
            micros.recordValue(Math.max(0, (System.nanoTime() - dueNanos) / NANOS_PER_MICRO));
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

    /** What the first error was, or nothing. */
    String firstError() {
        return firstError;
    }

    Latency latency() {
        return Latency.of(micros);
    }
}
