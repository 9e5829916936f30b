package io.junctor.router.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Timers of the system clock. One thread, {@code clock}, passes expired timers to workers. Thread-safe. */
public final class SystemTimers implements Timers, AutoCloseable {
    private final Executor workers;
    private final ScheduledThreadPoolExecutor clock;

    /** Starts the clock; timers run on {@code workers}. */
    public SystemTimers(Executor workers) {
        this.workers = workers;
        this.clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("clock").daemon().factory());
        clock.setRemoveOnCancelPolicy(true);
        clock.prestartAllCoreThreads();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        return timer(clock.schedule(() -> workers.execute(action), delay.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public Timer every(Duration period, Runnable action) {
        AtomicBoolean busy = new AtomicBoolean();
        Runnable tick = () -> {
            if (busy.compareAndSet(false, true)) {
                workers.execute(() -> run(action, busy));
            }
        };
        return timer(clock.scheduleAtFixedRate(tick, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS));
    }

    private static void run(Runnable action, AtomicBoolean busy) {
        try {
            action.run();
        } finally {
            busy.set(false);
        }
    }

    private static Timer timer(Future<?> due) {
        return () -> due.cancel(false);
    }

    /** Stops all timers. */
    @Override
    public void close() {
        clock.shutdownNow();
    }
}
