package io.junctor.cluster.simulation;

import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * A process of a simulation: its clock and its threads. It may stop for some time, as by SIGSTOP, or for good. Threads begin at any time
 * within some microseconds. For one thread.
 */
final class VirtualProcess implements Timers, Executor {
    private static final int MOST_START_NANOS = 50_000;
    /** Finer periods only cost time: periodic work is written for clocks that are late. */
    private static final long LEAST_PERIOD_NANOS = 20_000_000;

    private final String name;
    private final VirtualTime time;
    private final List<VirtualTime.Task> held = new ArrayList<>();
    private boolean isStopped;
    private boolean isDead;
    private int pending;
    private Runnable afterEach = () -> {};

    VirtualProcess(String name, VirtualTime time) {
        this.name = name;
        this.time = time;
    }

    @Override
    public long nanos() {
        return time.nanos();
    }

    @Override
    public Instant now() {
        return Instant.ofEpochSecond(0, time.nanos());
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        return add(new VirtualTime.Task(this, 0, action), delay.toNanos());
    }

    @Override
    public Timer every(Duration period, Runnable action) {
        long nanos = Math.max(period.toNanos(), LEAST_PERIOD_NANOS);
        return add(new VirtualTime.Task(this, nanos, action), nanos);
    }

    @Override
    public void execute(Runnable action) {
        add(new VirtualTime.Task(this, 0, action), time.random().nextInt(MOST_START_NANOS));
    }

    private Timer add(VirtualTime.Task task, long delayNanos) {
        time.add(task, delayNanos);
        boolean isOnce = task.periodNanos == 0;
        if (isOnce) {
            pending++;
        }
        return () -> {
            if (!task.isCanceled) {
                task.isCanceled = true;
                pending -= isOnce ? 1 : 0;
            }
        };
    }

    /** Runs {@code action} after each task. */
    void afterEach(Runnable action) {
        afterEach = action;
    }

    /** How many tasks wait that run once. */
    int pending() {
        return pending;
    }

    boolean isStopped() {
        return isStopped;
    }

    boolean isDead() {
        return isDead;
    }

    /** From now on it does nothing, but time passes. */
    void stop() {
        isStopped = true;
    }

    /** Goes on with what was due meanwhile. */
    void goOn() {
        if (isStopped) {
            isStopped = false;
            held.forEach(task -> time.add(task, 0));
            held.clear();
        }
    }

    /** Does nothing any more. */
    void kill() {
        isDead = true;
        held.clear();
    }

    void run(VirtualTime.Task task) {
        if (isDead) {
            return;
        }
        if (isStopped) {
            held.add(task);
            return;
        }
        if (task.periodNanos > 0) {
            time.add(task, task.periodNanos);
        } else {
            // Canceling it has no effect any more.
            task.isCanceled = true;
            pending--;
        }
        task.action.run();
        afterEach.run();
    }

    @Override
    public String toString() {
        return name;
    }
}
