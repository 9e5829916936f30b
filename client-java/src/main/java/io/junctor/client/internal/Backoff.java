package io.junctor.client.internal;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * The growing pauses between attempts. Each pause is at most twice as long as the one before. A random half of it keeps
 * many clients from coming back at the same moment. Thread-safe.
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

    /** With a source of random numbers from 0 to 1. */
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

    /** The limit of the pauses. */
    public long longestNanos() {
        return longestNanos;
    }

    /** Starts again with the first pause. */
    public synchronized void reset() {
        nextNanos = firstNanos;
    }
}
