package io.junctor.router.connection.transport;

import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.turn.Pass;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a silent client is pinged and when it counts as dead. The threads of a connection only set flags; one sweep for all
 * connections checks the times.
 */
public final class Heartbeat {
    private static final int SWEEPS_PER_WAIT = 5;

    /** The action that the sweep has to take. */
    public enum SweepAction {
        NOTHING,
        PING,
        DEAD
    }

    /**
     * Whether the client showed a sign of life: set by readers and writers, cleared by the sweep. If a concurrent clear overwrites the flag, the
     * only effect is one superfluous ping.
     */
    private volatile boolean heard = true;

    /** Whether a ping was sent since the last sweep: set by the writer, cleared by the sweep. */
    private volatile boolean pingSent;

    /** The action that runs when the next bytes of the client arrive; taken once. */
    private final AtomicReference<@Nullable Runnable> asking = new AtomicReference<>();

    // Used by the sweep.
    private boolean pinged;
    private boolean waiting;
    private long sinceNanos;

    /** Records that the client is alive. */
    public void onHeard() {
        if (!heard) {
            heard = true;
        }
        if (asking.get() != null) {
            answer(null);
        }
    }

    /** Runs {@code answered} when the next bytes of the client arrive. */
    public void ask(Runnable answered) {
        answer(answered);
    }

    private void answer(@Nullable Runnable next) {
        Runnable waiting = asking.getAndSet(next);
        if (waiting != null) {
            try (Pass pass = Pass.open()) {
                waiting.run();
            }
        }
    }

    /** Records that a ping was sent; the time limit of the pong begins. */
    public void onPingSent() {
        pingSent = true;
    }

    /**
     * Decides which action is due at {@code nowNanos}.
     *
     * @param resting whether reading from the connection is paused, so that a pong could not be received
     */
    public SweepAction check(long nowNanos, boolean resting, ListenerLimits limits) {
        if (heard || resting) {
            heard = false;
            pingSent = false;
            pinged = false;
            waiting = false;
            sinceNanos = nowNanos;
            return SweepAction.NOTHING;
        }
        if (pinged && !waiting && pingSent) {
            waiting = true;
            sinceNanos = nowNanos;
        }
        long silentNanos = nowNanos - sinceNanos;
        if (waiting && silentNanos >= limits.pongWait().toNanos()) {
            waiting = false;
            pingSent = false;
            return SweepAction.DEAD;
        }
        if (!pinged && silentNanos >= limits.pingInterval().toNanos()) {
            pinged = true;
            return SweepAction.PING;
        }
        return SweepAction.NOTHING;
    }

    /** The interval at which the sweep checks for silent clients. */
    public static Duration sweepPeriod(ListenerLimits limits) {
        Duration shorter =
                limits.pingInterval().compareTo(limits.pongWait()) < 0 ? limits.pingInterval() : limits.pongWait();
        return shorter.dividedBy(SWEEPS_PER_WAIT);
    }
}
