package io.junctor.router.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The timers of a realm. They run in the turn, never early, and in slices if many expire at once. Setting and canceling a
 * timer touches no other thread. While a timer is set, the clock ticks every millisecond. Confined to the realm's turn.
 */
public final class Deadlines {
    private static final Duration TICK = Duration.ofMillis(1);
    /** Ten years: longer delays are cut, so that sums of nanoseconds stay in range. */
    private static final long MAX_DELAY_MILLIS = TimeUnit.DAYS.toMillis(3_650);

    private final Timers timers;
    private final Turnstile turnstile;
    /** Whether a tick waits for the turn: set by a tick, cleared in the turn, so that only one tick waits at a time. */
    private final AtomicBoolean ticked = new AtomicBoolean();

    // Confined to the turn.
    private final DeadlineHeap actions = new DeadlineHeap();
    private Timers.@Nullable Timer ticking;

    /** Starts without deadlines. */
    public Deadlines(Timers timers, Turnstile turnstile) {
        this.timers = timers;
        this.turnstile = turnstile;
    }

    /** The time of day. */
    public Instant now() {
        return timers.now();
    }

    /** The monotonic time from which delays are counted, in nanoseconds; only differences are meaningful. */
    public long nanos() {
        return timers.nanos();
    }

    /** Runs {@code action} once in the turn, when {@code delayMillis} have passed; returns the id for {@link #cancel}, which is never negative. */
    @InTurn
    public long after(long delayMillis, Runnable action) {
        if (ticking == null) {
            ticking = timers.every(TICK, this::tick);
        }
        long delayNanos = TimeUnit.MILLISECONDS.toNanos(Math.min(delayMillis, MAX_DELAY_MILLIS));
        return actions.add(timers.nanos() + delayNanos, action);
    }

    /** Cancels an action that {@link #after} has scheduled and that has not run yet. */
    @InTurn
    public void cancel(long id) {
        actions.remove(id);
    }

    /**
     * Runs {@code operation} soon, in a separate turn: for callers outside of the turn, and for operations that must
     * not nest in this turn.
     */
    public void soon(Runnable operation) {
        turnstile.run(operation);
    }

    /** The slices for work of many steps in the turn. */
    public SlicedWork slices() {
        return turnstile.slices();
    }

    /** The number of actions that wait. */
    @InTurn
    public int size() {
        return actions.size();
    }

    /** Stops the clock; the waiting actions will not run. */
    @InTurn
    public void stop() {
        if (ticking != null) {
            ticking.cancel();
            ticking = null;
        }
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
        long nowNanos = timers.nanos();
        turnstile.slices().repeat(() -> runDue(nowNanos), this::stopIfEmpty);
    }

    /** Runs the earliest action that has expired. Returns false if no action has expired. */
    @InTurn
    private boolean runDue(long nowNanos) {
        Runnable action = actions.poll(nowNanos);
        if (action != null) {
            action.run();
        }
        return action != null;
    }

    @InTurn
    private void stopIfEmpty() {
        if (actions.size() == 0) {
            stop();
        }
    }
}
