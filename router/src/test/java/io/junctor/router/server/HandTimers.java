package io.junctor.router.server;

import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Safe for use by many threads. Time that passes only when the test says so. */
public final class HandTimers implements Timers {
    private final List<Due> due = new ArrayList<>();
    private long nowNanos = 1_000_000_000;

    @Override
    public synchronized long nanos() {
        return nowNanos;
    }

    @Override
    public synchronized Instant now() {
        return Instant.ofEpochSecond(0, nowNanos);
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        return add(delay, null, action);
    }

    @Override
    public Timer every(Duration period, Runnable action) {
        return add(period, period, action);
    }

    private synchronized Timer add(Duration delay, Duration period, Runnable action) {
        Due timer = new Due(nowNanos + delay.toNanos(), period, action);
        due.add(timer);
        return () -> cancel(timer);
    }

    private synchronized void cancel(Due timer) {
        due.remove(timer);
    }

    /** Lets time pass and runs what becomes due on the way, in its order. */
    public void advance(Duration by) {
        long untilNanos = nanos() + by.toNanos();
        Optional<Due> next = takeNext(untilNanos);
        while (next.isPresent()) {
            next.get().action.run();
            next = takeNext(untilNanos);
        }
    }

    private synchronized Optional<Due> takeNext(long untilNanos) {
        Optional<Due> next = due.stream()
                .filter(timer -> timer.atNanos <= untilNanos)
                .min(Comparator.comparingLong(timer -> timer.atNanos));
        nowNanos = next.map(timer -> Math.max(nowNanos, timer.atNanos)).orElse(untilNanos);
        next.ifPresent(timer -> {
            due.remove(timer);
            if (timer.period != null) {
                timer.atNanos += timer.period.toNanos();
                due.add(timer);
            }
        });
        return next;
    }

    /** How many timers are set. */
    synchronized int pending() {
        return due.size();
    }

    private static final class Due {
        private final Duration period;
        private final Runnable action;
        private long atNanos;

        private Due(long atNanos, Duration period, Runnable action) {
            this.atNanos = atNanos;
            this.period = period;
            this.action = action;
        }
    }
}
