package io.junctor.router.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until a test advances it. Timers that expire run on the thread that advances the clock, in the
 * order of their times, and for equal times in the order in which they were set. Thread-safe.
 */
public final class ManualTimers implements Timers {
    private final PriorityQueue<DueTimer> queue = new PriorityQueue<>(
            Comparator.comparingLong((DueTimer due) -> due.atNanos).thenComparingLong(due -> due.order));
    private final Runnable beforeAdvance;
    private long nowNanos = 1_000_000_000;
    private long order;

    /** Creates a clock that advances without delay. */
    public ManualTimers() {
        this(() -> {});
    }

    /** Creates a clock that runs {@code beforeAdvance} each time before it advances, for example to wait for the work of other threads. */
    public ManualTimers(Runnable beforeAdvance) {
        this.beforeAdvance = beforeAdvance;
    }

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
        return add(delay, 0, action);
    }

    @Override
    public Timer every(Duration period, Runnable action) {
        return add(period, period.toNanos(), action);
    }

    /** Advances the clock and runs all timers that expire meanwhile, including timers that these timers set. */
    public void advance(Duration duration) {
        beforeAdvance.run();
        long untilNanos = nanos() + duration.toNanos();
        for (DueTimer due = nextUntil(untilNanos); due != null; due = nextUntil(untilNanos)) {
            due.action.run();
        }
    }

    /** The number of waiting timers that run once; periodic timers are not counted. */
    public synchronized int pending() {
        return (int) queue.stream().filter(due -> due.periodNanos == 0).count();
    }

    /** The number of all waiting timers, including periodic timers. */
    public synchronized int waiting() {
        return queue.size();
    }

    private synchronized Timer add(Duration delay, long periodNanos, Runnable action) {
        DueTimer due = new DueTimer(nowNanos + delay.toNanos(), periodNanos, order++, action);
        queue.add(due);
        return () -> cancel(due);
    }

    private synchronized @Nullable DueTimer nextUntil(long untilNanos) {
        DueTimer due = queue.peek();
        if (due == null || due.atNanos > untilNanos) {
            nowNanos = Math.max(nowNanos, untilNanos);
            return null;
        }
        queue.remove(due);
        nowNanos = Math.max(nowNanos, due.atNanos);
        if (due.periodNanos > 0) {
            due.atNanos += due.periodNanos;
            queue.add(due);
        }
        return due;
    }

    private synchronized void cancel(DueTimer due) {
        queue.remove(due);
    }

    private static final class DueTimer {
        private long atNanos;
        private final long periodNanos;
        private final long order;
        private final Runnable action;

        private DueTimer(long atNanos, long periodNanos, long order, Runnable action) {
            this.atNanos = atNanos;
            this.periodNanos = periodNanos;
            this.order = order;
            this.action = action;
        }
    }
}
