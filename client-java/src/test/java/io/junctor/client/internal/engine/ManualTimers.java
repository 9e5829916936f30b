package io.junctor.client.internal.engine;

import io.junctor.client.internal.Timers;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** A clock that stands still until the test advances it. Thread-safe. */
public final class ManualTimers implements Timers {
    private record Task(long atNanos, long number, Runnable action, AtomicBoolean canceled) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::atNanos).thenComparingLong(Task::number));
    private long nowNanos;
    private long count;
    private boolean closed;

    @Override
    public synchronized Timer after(long nanos, Runnable action) {
        AtomicBoolean canceled = new AtomicBoolean();
        if (!closed) {
            tasks.add(new Task(nowNanos + nanos, count++, action, canceled));
        }
        return () -> canceled.set(true);
    }

    @Override
    public synchronized void close() {
        closed = true;
        tasks.clear();
    }

    /** Advances the clock and runs the timers that expire meanwhile. */
    public void advance(Duration time) {
        long untilNanos;
        synchronized (this) {
            untilNanos = nowNanos + time.toNanos();
        }
        for (Task task = nextUntil(untilNanos); task != null; task = nextUntil(untilNanos)) {
            if (!task.canceled.get()) {
                task.action.run();
            }
        }
    }

    /** Whether no timer is left. */
    public synchronized boolean isClosed() {
        return closed;
    }

    private synchronized Task nextUntil(long untilNanos) {
        Task next = tasks.peek();
        if (next == null || next.atNanos > untilNanos) {
            nowNanos = untilNanos;
            return null;
        }
        nowNanos = next.atNanos;
        return tasks.remove();
    }
}
