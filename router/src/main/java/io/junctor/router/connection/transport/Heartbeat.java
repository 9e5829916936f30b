package io.junctor.router.connection.transport;

import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.turn.Pass;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a silent client is pinged and when it counts as dead. The threads of a connection only set a flag; one
 * sweep for all connections compares the clock.
 */
public final class Heartbeat {
    private static final int SWEEPS_PER_WAIT = 5;

    /** What the sweep has to do. */
    public enum Verdict {
        NOTHING,
        PING,
        DEAD
    }

    /** Set by readers and writers, cleared by the sweep; a set that is lost costs one ping. */
    private volatile boolean heard = true;

    /** Set by the writer, cleared by the sweep. */
    private volatile boolean pingSent;

    /** Runs when the client is heard next; taken once. */
    private final AtomicReference<@Nullable Runnable> asking = new AtomicReference<>();

    // Of the sweep.
    private boolean pinged;
    private boolean waiting;
    private long sinceNanos;

    /** The client is there. */
    public void onHeard() {
        if (!heard) {
            heard = true;
        }
        if (asking.get() != null) {
            answer(null);
        }
    }

    /** Runs {@code answered} when the client is heard next. */
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

    /** A ping is out; from now on the pong is awaited. */
    public void onPingSent() {
        pingSent = true;
    }

    /**
     * Looks at the clock.
     *
     * @param resting whether we do not read, so that a pong could not be seen
     */
    public Verdict check(long nowNanos, boolean resting, ListenerLimits limits) {
        if (heard || resting) {
            heard = false;
            pingSent = false;
            pinged = false;
            waiting = false;
            sinceNanos = nowNanos;
            return Verdict.NOTHING;
        }
        if (pinged && !waiting && pingSent) {
            waiting = true;
            sinceNanos = nowNanos;
        }
        long silentNanos = nowNanos - sinceNanos;
        if (waiting && silentNanos >= limits.pongWait().toNanos()) {
            waiting = false;
            pingSent = false;
            return Verdict.DEAD;
        }
        if (!pinged && silentNanos >= limits.pingInterval().toNanos()) {
            pinged = true;
            return Verdict.PING;
        }
        return Verdict.NOTHING;
    }

    /** How often silent clients are looked after. */
    public static Duration sweepPeriod(ListenerLimits limits) {
        Duration shorter =
                limits.pingInterval().compareTo(limits.pongWait()) < 0 ? limits.pingInterval() : limits.pongWait();
        return shorter.dividedBy(SWEEPS_PER_WAIT);
    }
}
