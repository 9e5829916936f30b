package io.junctor.conformance.hostile;

import java.util.concurrent.TimeUnit;

/**
 * Safe for use by many threads. How many bytes a second all attacks together send: each sender waits until its bytes are due, so that
 * the attacks leave the processor to the router and its callers.
 */
final class ByteRateLimit {
    /** What a small message costs the two processes beside its bytes. */
    private static final int BYTES_PER_MESSAGE = 5_000;

    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long bytesPerSecond;
    private long freeAtNanos = System.nanoTime();
    private long sentBytes;

    ByteRateLimit(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Returns when a message of {@code bytes} is due. */
    void await(long bytes) throws InterruptedException {
        long waitNanos = reserve(bytes + BYTES_PER_MESSAGE);
        // Shorter waits add up: the next one pays for them.
        if (waitNanos > TimeUnit.MILLISECONDS.toNanos(1)) {
            TimeUnit.NANOSECONDS.sleep(waitNanos);
        }
    }

    synchronized long sentBytes() {
        return sentBytes;
    }

    private synchronized long reserve(long bytes) {
        long now = System.nanoTime();
        long dueNanos = Math.max(freeAtNanos, now);
        freeAtNanos = dueNanos + bytes * NANOS_PER_SECOND / bytesPerSecond;
        sentBytes += bytes;
        return dueNanos - now;
    }
}
