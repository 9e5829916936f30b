package io.junctor.router.authentication;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Safe for use by many threads. Slows down who guesses: counts failures by name, such as an address or an authid, and forgives them in the
 * course of time.
 */
public final class FailureThrottle {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    /** So many names are remembered; further ones are not, until some are forgiven. */
    private static final int MAX_NAMES = 100_000;
    /** However many fail at once, nobody waits longer than so many minutes. */
    private static final int MAX_MINUTES = 10;

    private final int perMinute;
    private final LongSupplier nanos;
    /** When the failures of a name will all be forgiven. */
    private final Map<String, Long> forgivenAtNanos = new ConcurrentHashMap<>();

    /**
     * Forgives {@code perMinute} failures of a name in a minute, and takes as many at once.
     *
     * @param nanos a time that never goes back
     */
    public FailureThrottle(int perMinute, LongSupplier nanos) {
        this.perMinute = perMinute;
        this.nanos = nanos;
    }

    /** Whether {@code name} has failed so often lately that it has to wait. */
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

    /** Takes back one failure of {@code name} that was none. */
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
