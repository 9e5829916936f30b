package io.junctor.cluster.simulation;

import java.util.PriorityQueue;
import java.util.Random;

/**
 * Runs the tasks of all processes of a simulation on one thread, in the order of their times. Time passes only from task to task. For one
 * thread.
 */
final class VirtualTime {
    /** Something that a process does at a time. */
    static final class Task implements Comparable<Task> {
        final VirtualProcess owner;
        final Runnable action;
        /** 0 for a task that runs once. */
        final long periodNanos;

        long atNanos;
        long order;
        boolean isCanceled;

        Task(VirtualProcess owner, long periodNanos, Runnable action) {
            this.owner = owner;
            this.periodNanos = periodNanos;
            this.action = action;
        }

        @Override
        public int compareTo(Task other) {
            return atNanos == other.atNanos ? Long.compare(order, other.order) : Long.compare(atNanos, other.atNanos);
        }
    }

    /** Far more than a simulation needs. */
    private static final long MOST_TASKS = 100_000;

    private final PriorityQueue<Task> queue = new PriorityQueue<>();
    private final Random random;
    private long nowNanos = 1_000_000_000_000L;
    private long lastOrder;
    private long ran;

    /** {@code random} decides where the order is open. */
    VirtualTime(Random random) {
        this.random = random;
    }

    long nanos() {
        return nowNanos;
    }

    /** How many tasks have run. */
    long ran() {
        return ran;
    }

    Random random() {
        return random;
    }

    void add(Task task, long delayNanos) {
        task.atNanos = nowNanos + delayNanos;
        task.order = ++lastOrder;
        queue.add(task);
    }

    /** Goes to the next task and runs it. Returns false if no task is due until then. */
    boolean runNext(long untilNanos) {
        while (!queue.isEmpty() && queue.peek().atNanos <= untilNanos) {
            Task task = queue.remove();
            if (!task.isCanceled) {
                nowNanos = Math.max(nowNanos, task.atNanos);
                World.check(++ran < MOST_TASKS, () -> "something goes on without an end, now in " + task.owner);
                task.owner.run(task);
                return true;
            }
        }
        nowNanos = Math.max(nowNanos, untilNanos);
        return false;
    }
}
