package io.junctor.client.internal;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Safe for use by many threads. Growing pauses between attempts: each is up to twice as long as the one before, and between
 * half and all of that at random, so that many clients do not come back at the same moment.
 */
public final class Backoff {
    private final long firstNanos;
    private final long longestNanos;
    private final DoubleSupplier chance;
    private long nextNanos;

    /** Pauses from {@code firstNanos} to {@code longestNanos}. */
    public Backoff(long firstNanos, long longestNanos) {
        this(firstNanos, longestNanos, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** The same with chance, from 0 to 1, that belongs to the caller. */
    Backoff(long firstNanos, long longestNanos, DoubleSupplier chance) {
        this.firstNanos = firstNanos;
        this.longestNanos = longestNanos;
        this.chance = chance;
        this.nextNanos = firstNanos;
    }

    /** The next pause. */
    public synchronized long pauseNanos() {
        long fullNanos = nextNanos;
        nextNanos = Math.min(2 * fullNanos, longestNanos);
        return (long) (fullNanos * (0.5 + chance.getAsDouble() / 2));
    }

    /** The longest pause there can be. */
    public long longestNanos() {
        return longestNanos;
    }

    /** The next pause is the first again. */
    public synchronized void reset() {
        nextNanos = firstNanos;
    }
}
