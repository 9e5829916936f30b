package io.junctor.router.audit;

import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;

/**
 * Limits the number of log lines about one address in a minute. When the minute is over, a summary line states how many lines were omitted.
 * Thread-safe.
 */
public final class LogRateLimit {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    /** The maximum number of addresses that are counted separately; further addresses share one count. */
    private static final int MAX_ADDRESSES = 10_000;

    private static final String OTHERS = "other addresses";

    private record Minute(long startNanos, AtomicLong lines) {}

    private final int perMinute;
    private final LongSupplier nanos;
    private final Counters counters;
    private final ObjLongConsumer<String> summary;
    private final Map<String, Minute> minutes = new ConcurrentHashMap<>();

    /**
     * Creates a limit of {@code perMinute} lines about an address in a minute.
     *
     * @param nanos a time that never goes back
     * @param counters counts the omitted lines
     * @param summary writes how many lines about an address were omitted
     */
    public LogRateLimit(int perMinute, LongSupplier nanos, Counters counters, ObjLongConsumer<String> summary) {
        this.perMinute = perMinute;
        this.nanos = nanos;
        this.counters = counters;
        this.summary = summary;
    }

    /** Whether one more line about {@code address} may be written. */
    public boolean admits(String address) {
        String name = minutes.size() < MAX_ADDRESSES || minutes.containsKey(address) ? address : OTHERS;
        long nowNanos = nanos.getAsLong();
        Minute minute = minutes.computeIfAbsent(name, any -> new Minute(nowNanos, new AtomicLong()));
        boolean admitted = minute.lines.incrementAndGet() <= perMinute;
        if (!admitted) {
            counters.increment(Counter.LOG_LINES_LEFT_OUT);
        }
        return admitted;
    }

    /** Writes the summary lines of the minutes that are over; call this about every second. */
    public void sweep() {
        long nowNanos = nanos.getAsLong();
        minutes.forEach((address, minute) -> {
            if (nowNanos - minute.startNanos >= MINUTE_NANOS && minutes.remove(address, minute)) {
                long leftOut = minute.lines.get() - perMinute;
                if (leftOut > 0) {
                    summary.accept(address, leftOut);
                }
            }
        });
    }
}
