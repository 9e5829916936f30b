package io.junctor.router.authentication;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Counts failures by name, such as an address or an authid, and forgives them as time passes. Thread-safe.
 */
public final class FailureThrottle {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    /** The maximum number of names that are counted; failures of further names are not counted until those of other names are forgiven. */
    private static final int MAX_NAMES = 100_000;
    /** The maximum time for which a name has to wait, whatever the number of its failures. */
    private static final int MAX_MINUTES = 10;

    private volatile int perMinute;
    private final LongSupplier nanos;
    /** The time at which all failures of each name will be forgiven. */
    private final Map<String, Long> forgivenAtNanos = new ConcurrentHashMap<>();

    /**
     * Creates a throttle that forgives {@code perMinute} failures of a name per minute and allows the same number at once.
     *
     * @param nanos a monotonic clock
     */
    public FailureThrottle(int perMinute, LongSupplier nanos) {
        this.perMinute = perMinute;
        this.nanos = nanos;
    }

    /** From now on forgives {@code failuresPerMinute} failures per minute and allows the same number at once. */
    void use(int failuresPerMinute) {
        perMinute = failuresPerMinute;
    }

    /** True if {@code name} has failed so often that it has to wait. */
    public boolean isClosed(String name) {
        Long until = forgivenAtNanos.get(name);
        return until != null && until - nanos.getAsLong() > MINUTE_NANOS - costNanos();
    }

    /** Counts a failure of {@code name}. */
    public void failed(String name) {
        long now = nanos.getAsLong();
        if (forgivenAtNanos.size() >= MAX_NAMES) {
            forgivenAtNanos.values().removeIf(until -> until - now <= 0);
        }
        if (forgivenAtNanos.size() < MAX_NAMES || forgivenAtNanos.containsKey(name)) {
            forgivenAtNanos.merge(name, now + costNanos(), (until, first) -> later(now, until));
        }
    }

    /** Takes back one failure of {@code name}. */
    public void forgive(String name) {
        long now = nanos.getAsLong();
        forgivenAtNanos.computeIfPresent(
                name, (same, until) -> until - costNanos() - now <= 0 ? null : until - costNanos());
    }

    private long later(long now, long until) {
        long debtNanos = Math.max(0, until - now) + costNanos();
        return now + Math.min(debtNanos, MAX_MINUTES * MINUTE_NANOS);
    }

    private long costNanos() {
        return MINUTE_NANOS / perMinute;
    }
}
