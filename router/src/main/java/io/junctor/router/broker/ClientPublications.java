package io.junctor.router.broker;

import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.RealmCounters;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Timers;
import io.junctor.router.turn.Turnstile;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Delivers publications of sessions, each to its end before the session's next request, also if it takes several turns. Confined to
 * the realm's turn.
 */
final class ClientPublications {
    /** The pause of a publisher that is faster than its receivers. */
    private static final Duration PUBLISHER_PAUSE = Duration.ofMillis(5);

    private final Turnstile turnstile;
    private final Timers timers;
    private final RealmCounters counters;
    private final @Nullable RemoteBrokers remote;

    /** {@code remote} are the brokers of the realm on other routers; null where this router is alone. */
    ClientPublications(Turnstile turnstile, Timers timers, RealmCounters counters, @Nullable RemoteBrokers remote) {
        this.turnstile = turnstile;
        this.timers = timers;
        this.counters = counters;
        this.remote = remote;
    }

    /** Delivers a publication of {@code origin}. Returns whether that takes longer than this turn: later requests wait meanwhile. */
    @InTurn
    boolean publish(Session origin, FanOut fanOut) {
        if (fanOut.fitsOneTurn()) {
            fanOut.deliver(Integer.MAX_VALUE);
            boolean pauses = fanOut.isPublisherTooFast() || isWayOutFull();
            if (pauses) {
                origin.beginLongWork();
                pause(origin, fanOut);
            }
            return pauses;
        }
        origin.beginLongWork();
        fanOut.begin();
        deliver(origin, fanOut);
        return true;
    }

    /**
     * Pauses a publisher that is faster than most of its receivers, or than the connection with other routers. Otherwise their outboxes
     * fill, garbage collection moves the waiting messages while all threads stand still, and in the end messages are dropped.
     */
    @InTurn
    private void pause(Session publisher, FanOut fanOut) {
        counters.increment(Counter.PUBLISHERS_SLOWED);
        Runnable goOn = () -> Pass.run(() -> turnstile.run(publisher::endLongWork));
        if (remote != null && !fanOut.isPublisherTooFast()) {
            remote.whenWritable(goOn);
        } else {
            timers.after(PUBLISHER_PAUSE, goOn);
        }
    }

    private boolean isWayOutFull() {
        return remote != null && !remote.isWritable();
    }

    /** Delivers a publication that has begun, as has the long work of {@code origin}; ends both. */
    @InTurn
    void deliver(Session origin, FanOut fanOut) {
        if (fanOut.deliver(FanOut.SLICE)) {
            fanOut.end();
            if (fanOut.isPublisherTooFast() || isWayOutFull()) {
                pause(origin, fanOut);
            } else {
                origin.endLongWork();
            }
        } else {
            turnstile.runLater(() -> deliver(origin, fanOut));
        }
    }
}
