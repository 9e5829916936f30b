package io.junctor.router.broker;

import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.RealmCounters;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Timers;
import io.junctor.router.turn.Turnstile;
import java.time.Duration;

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

    ClientPublications(Turnstile turnstile, Timers timers, RealmCounters counters) {
        this.turnstile = turnstile;
        this.timers = timers;
        this.counters = counters;
    }

    /** Delivers a publication of {@code origin}; its later requests wait meanwhile. */
    @InTurn
    void publish(Session origin, FanOut fanOut) {
        if (fanOut.fitsOneTurn()) {
            fanOut.deliver(Integer.MAX_VALUE);
            if (fanOut.isPublisherTooFast()) {
                origin.beginLongWork();
                pause(origin);
            }
        } else {
            origin.beginLongWork();
            fanOut.begin();
            deliverSlice(origin, fanOut);
        }
    }

    /**
     * Pauses a publisher that is faster than most of its receivers. Otherwise their outboxes fill, garbage collection
     * moves the waiting messages while all threads stand still, and in the end messages are dropped.
     */
    @InTurn
    private void pause(Session publisher) {
        counters.increment(Counter.PUBLISHERS_SLOWED);
        timers.after(PUBLISHER_PAUSE, () -> {
            try (Pass pass = Pass.open()) {
                turnstile.run(publisher::endLongWork);
            }
        });
    }

    @InTurn
    private void deliverSlice(Session origin, FanOut fanOut) {
        if (fanOut.deliver(FanOut.SLICE)) {
            fanOut.end();
            if (fanOut.isPublisherTooFast()) {
                pause(origin);
            } else {
                origin.endLongWork();
            }
        } else {
            turnstile.runLater(() -> deliverSlice(origin, fanOut));
        }
    }
}
