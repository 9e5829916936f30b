package io.junctor.router.broker;

import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.connection.OnceEncodedEvent;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.RealmCounters;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Turnstile;
import java.util.function.Consumer;

/**
 * Sends retained events to new subscribers, if necessary in several turns (section "Event Retention"). Confined to the realm's
 * turn.
 */
final class RetainedDelivery {
    private final RetainedEvents retained;
    private final SubscriptionTable table;
    private final Turnstile turnstile;
    private final RealmCounters counters;

    RetainedDelivery(RetainedEvents retained, SubscriptionTable table, Turnstile turnstile, RealmCounters counters) {
        this.retained = retained;
        this.table = table;
        this.turnstile = turnstile;
        this.counters = counters;
    }

    /** Sends the retained events that {@code subscription} matches; later requests of the session wait meanwhile. */
    @InTurn
    void send(Session session, Subscription subscription) {
        RetainedEvents.Cursor cursor = retained.cursor(session, subscription);
        if (!sendSlice(cursor)) {
            session.beginLongWork();
            turnstile.run(() -> sendNext(cursor));
        }
    }

    /** Passes the events that are retained for all subscribers to {@code taker}, in several turns; then runs {@code after} in the turn. */
    @InTurn
    void tell(Consumer<SharedEvent> taker, Runnable after) {
        tellFrom("", taker, after);
    }

    @InTurn
    private void tellFrom(String topic, Consumer<SharedEvent> taker, Runnable after) {
        String next = retained.tell(topic, FanOut.SLICE, taker);
        if (next == null) {
            after.run();
        } else {
            turnstile.run(() -> tellFrom(next, taker, after));
        }
    }

    /** Sends retained events until the slice is full; returns true if the last event was sent. */
    @InTurn
    private boolean sendSlice(RetainedEvents.Cursor cursor) {
        Subscriber subscriber = table.subscriber(cursor.session.id(), cursor.subscription.id());
        return subscriber == null || retained.send(cursor, FanOut.SLICE, publication -> offer(subscriber, publication));
    }

    @InTurn
    private void sendNext(RetainedEvents.Cursor cursor) {
        if (sendSlice(cursor)) {
            cursor.session.endLongWork();
        } else {
            turnstile.run(() -> sendNext(cursor));
        }
    }

    @InTurn
    private void offer(Subscriber subscriber, Publication publication) {
        boolean fits = subscriber.session.offer(new OnceEncodedEvent(publication.eventFor(subscriber.subscription)));
        counters.increment(fits ? Counter.EVENTS_SENT : Counter.EVENTS_DROPPED);
        if (!fits) {
            subscriber.dropped++;
        }
    }
}
