package io.junctor.cli.bench;

import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A line a second on how it goes, or nothing. */
final class Progress {
    private static final long PERIOD_NANOS = 1_000_000_000;

    private final @Nullable PrintStream out;
    private long nextNanos = System.nanoTime() + PERIOD_NANOS;
    private long lastDone;

    Progress(@Nullable PrintStream out) {
        this.out = out;
    }

    /** Called often; prints seldom. */
    void tick(String phase, long done, long errors) {
        long now = System.nanoTime();
        if (out == null || now < nextNanos) {
            return;
        }
        nextNanos = now + PERIOD_NANOS;
        out.printf(Locale.ROOT, "%s: %,d/s, %,d in total, %,d errors%n", phase, done - lastDone, done, errors);
        lastDone = done;
    }
}
