package io.junctor.client.internal;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Computes the growing pauses between attempts. Each pause is at most twice as long as the one before. Half of it is random, so that
 * many clients do not reconnect at the same moment. Thread-safe.
 */
public final class Backoff {
    private final long firstNanos;
    private final long longestNanos;
    private final DoubleSupplier chance;
    private long nextNanos;

    /** Creates pauses from {@code firstNanos} to {@code longestNanos}. */
    public Backoff(long firstNanos, long longestNanos) {
        this(firstNanos, longestNanos, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Creates pauses with a source of random numbers from 0 to 1. */
    Backoff(long firstNanos, long longestNanos, DoubleSupplier chance) {
        this.firstNanos = firstNanos;
        this.longestNanos = longestNanos;
        this.chance = chance;
        this.nextNanos = firstNanos;
    }

    /** Returns the next pause. */
    public synchronized long pauseNanos() {
        long fullNanos = nextNanos;
        nextNanos = Math.min(2 * fullNanos, longestNanos);
        return (long) (fullNanos * (0.5 + chance.getAsDouble() / 2));
    }

    /** Returns the longest pause. */
    public long longestNanos() {
        return longestNanos;
    }

    /** Starts with the first pause again. */
    public synchronized void reset() {
        nextNanos = firstNanos;
    }
}
