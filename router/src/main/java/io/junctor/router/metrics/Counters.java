package io.junctor.router.metrics;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** The values of the counters of one router since its start. Thread-safe. */
public final class Counters {
    private final LongAdder[] values = new LongAdder[Counter.values().length];
    private final TransportCounters[] transports = new TransportCounters[Transport.values().length];

    /** Creates counters with the value 0. */
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

    /** Adds one to a counter. */
    public void increment(Counter counter) {
        values[counter.ordinal()].increment();
    }

    /** Adds {@code amount} to a counter. */
    public void add(Counter counter, long amount) {
        values[counter.ordinal()].add(amount);
    }

    /** The present value of a counter. */
    public long value(Counter counter) {
        return values[counter.ordinal()].sum();
    }

    /** The present sum of a counter over all transports. */
    public long value(TransportCounter counter) {
        return Arrays.stream(transports).mapToLong(each -> each.value(counter)).sum();
    }
}
