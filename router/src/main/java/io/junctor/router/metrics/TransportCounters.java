package io.junctor.router.metrics;

import java.util.concurrent.atomic.LongAdder;

/** Counts what one transport of a router did since the router started. Thread-safe. */
public final class TransportCounters {
    private final LongAdder[] values = new LongAdder[TransportCounter.values().length];

    TransportCounters() {
        for (int i = 0; i < values.length; i++) {
            values[i] = new LongAdder();
        }
    }

    /** Counts one. */
    public void increment(TransportCounter counter) {
        values[counter.ordinal()].increment();
    }

    /** Counts {@code amount}. */
    public void add(TransportCounter counter, long amount) {
        values[counter.ordinal()].add(amount);
    }

    /** The count now. */
    public long value(TransportCounter counter) {
        return values[counter.ordinal()].sum();
    }
}
