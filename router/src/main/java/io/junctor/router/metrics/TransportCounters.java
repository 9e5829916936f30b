package io.junctor.router.metrics;

import java.util.concurrent.atomic.LongAdder;

/** The values of the counters of one transport since the start of the router. Thread-safe. */
public final class TransportCounters {
    private final LongAdder[] values = new LongAdder[TransportCounter.values().length];

    TransportCounters() {
        for (int i = 0; i < values.length; i++) {
            values[i] = new LongAdder();
        }
    }

    /** Adds one to a counter. */
    public void increment(TransportCounter counter) {
        values[counter.ordinal()].increment();
    }

    /** Adds {@code amount} to a counter. */
    public void add(TransportCounter counter, long amount) {
        values[counter.ordinal()].add(amount);
    }

    /** The present value of a counter. */
    public long value(TransportCounter counter) {
        return values[counter.ordinal()].sum();
    }
}
