package io.junctor.router.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.DeadlineTimerWheel;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Belongs to the turn. What is due in a realm at some time: setting and canceling touch no other thread. While anything waits, the
 * clock ticks every millisecond, and what is due runs in the turn, never early.
 */
public final class Deadlines {
    private static final Duration TICK = Duration.ofMillis(1);
    private static final long RESOLUTION_NANOS = 1 << 20;
    private static final int TICKS_PER_WHEEL = 1 << 9;
    private static final int FIRST_PER_TICK = 4;
    /** More than anybody waits; keeps sums of nanoseconds in range. */
    private static final long MAX_DELAY_MILLIS = TimeUnit.DAYS.toMillis(3_650);

    private final Timers timers;
    private final Turnstile turnstile;
    /** Set by a tick, cleared in the turn: one tick waits for the turn at a time. */
    private final AtomicBoolean ticked = new AtomicBoolean();

    // Of the turn.
    private final Long2ObjectHashMap<Runnable> actions = new Long2ObjectHashMap<>();
    private @Nullable DeadlineTimerWheel wheel;
    private Timers.@Nullable Timer ticking;

    /** Nothing is due. */
    public Deadlines(Timers timers, Turnstile turnstile) {
        this.timers = timers;
        this.turnstile = turnstile;
    }

    /** The time of day. */
    public Instant now() {
        return timers.now();
    }

    /** The time that delays are counted from, in nanoseconds; only differences mean something. */
    public long nanos() {
        return timers.nanos();
    }

    /** Runs {@code action} once in the turn, when {@code delayMillis} have passed; returns what cancels it, never negative. */
    @InTurn
    public long after(long delayMillis, Runnable action) {
        long nowNanos = timers.nanos();
        DeadlineTimerWheel wheel = startedAt(nowNanos);
        long delayNanos = TimeUnit.MILLISECONDS.toNanos(Math.min(delayMillis, MAX_DELAY_MILLIS));
        long id = wheel.scheduleTimer(nowNanos + delayNanos);
        actions.put(id, action);
        return id;
    }

    /** Forgets what {@link #after} set and did not run yet. */
    @InTurn
    public void cancel(long id) {
        if (wheel != null && actions.remove(id) != null) {
            wheel.cancelTimer(id);
        }
    }

    /** Runs {@code operation} in a turn of its own, soon; for what comes from outside of the turn, or must not nest in this one. */
    public void soon(Runnable operation) {
        turnstile.run(operation);
    }

    /** How many wait. */
    @InTurn
    public int size() {
        return actions.size();
    }

    /** Stops the clock: what waits will not run. */
    @InTurn
    public void stop() {
        if (ticking != null) {
            ticking.cancel();
            ticking = null;
        }
    }

    @InTurn
    private DeadlineTimerWheel startedAt(long nowNanos) {
        DeadlineTimerWheel started = wheel;
        if (started == null) {
            started = new DeadlineTimerWheel(
                    TimeUnit.NANOSECONDS, nowNanos, RESOLUTION_NANOS, TICKS_PER_WHEEL, FIRST_PER_TICK);
            wheel = started;
        } else if (actions.isEmpty()) {
            started.resetStartTime(nowNanos);
        }
        if (ticking == null) {
            ticking = timers.every(TICK, this::tick);
        }
        return started;
    }

    private void tick() {
        if (ticked.compareAndSet(false, true)) {
            try (Pass pass = Pass.open()) {
                turnstile.run(this::advance);
            }
        }
    }

    @InTurn
    private void advance() {
        ticked.set(false);
        DeadlineTimerWheel started = wheel;
        if (started == null) {
            return;
        }
        long nowNanos = timers.nanos();
        while (started.timerCount() > 0 && started.currentTickTime() <= nowNanos) {
            started.poll(nowNanos, this::onDue, Integer.MAX_VALUE);
        }
        started.poll(nowNanos, this::onDue, Integer.MAX_VALUE);
        if (actions.isEmpty()) {
            stop();
        }
    }

    @InTurn
    private boolean onDue(TimeUnit unit, long nowNanos, long id) {
        Runnable action = actions.remove(id);
        if (action != null) {
            action.run();
        }
        return true;
    }
}
