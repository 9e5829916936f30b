package io.junctor.conformance.cluster;

import io.junctor.client.Event;
import java.time.Duration;

/** The numbers that a {@link PublishLoop} has published, as a subscriber gets them. Thread-safe. */
final class Arrivals {
    private int count;
    private int last;
    private long wrong;
    private long lastNanos;
    private long longestNanos;

    synchronized void add(Event event) {
        int number = event.argument(0, Integer.class);
        long nowNanos = System.nanoTime();
        if (count > 0) {
            longestNanos = Math.max(longestNanos, nowNanos - lastNanos);
        }
        wrong += number > last ? 0 : 1;
        last = number;
        lastNanos = nowNanos;
        count++;
    }

    /** How many have come. */
    synchronized int count() {
        return count;
    }

    /** How many came twice or behind a later one. */
    synchronized long wrong() {
        return wrong;
    }

    /** The longest time between two of them. */
    synchronized Duration longestGap() {
        return Duration.ofNanos(longestNanos);
    }
}
