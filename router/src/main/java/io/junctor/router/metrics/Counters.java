package io.junctor.router.metrics;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** Counts what one router did since it started. Thread-safe. */
public final class Counters {
    private final LongAdder[] values = new LongAdder[Counter.values().length];
    private final TransportCounters[] transports = new TransportCounters[Transport.values().length];

    /** All counts at zero. */
    public Counters() {
        for (int i = 0; i < values.length; i++) {
            values[i] = new LongAdder();
        }
        for (int i = 0; i < transports.length; i++) {
            transports[i] = new TransportCounters();
        }
    }

    /** The counters of one transport. */
    public TransportCounters of(Transport transport) {
        return transports[transport.ordinal()];
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

    /** The count of all transports together now. */
    public long value(TransportCounter counter) {
        return Arrays.stream(transports).mapToLong(each -> each.value(counter)).sum();
    }
}
