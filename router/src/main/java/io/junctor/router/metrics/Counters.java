package io.junctor.router.metrics;

import java.util.concurrent.atomic.LongAdder;

/** Counts what one router did since it started. Thread-safe. */
public final class Counters {
    private final LongAdder[] values = new LongAdder[Counter.values().length];

    /** All counts at zero. */
    public Counters() {
        for (int i = 0; i < values.length; i++) {
            values[i] = new LongAdder();
        }
    }

    /** Counts one. */
    public void increment(Counter counter) {
        values[counter.ordinal()].increment();
    }

    /** Counts {@code amount}. */
    public void add(Counter counter, long amount) {
        values[counter.ordinal()].add(amount);
    }

    /** The count now. */
    public long value(Counter counter) {
        return values[counter.ordinal()].sum();
    }
}
