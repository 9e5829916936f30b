package io.junctor.router.broker;

import io.junctor.router.config.SlowSubscriber;
import io.junctor.router.connection.EncodeOnce;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.options.EventDetails;
import java.util.ArrayList;
import java.util.List;

/**
 * Belongs to the turn. One publication on its way to the subscriber lists of all subscriptions that match, possibly in several turns. Whoever
 * left meanwhile is skipped, whoever came after the publication too: their slots are behind its end.
 */
final class FanOut {
    /** A publication for more receivers than this takes several turns. */
    static final int WHOLE = 5_000;
    /** So many receivers per turn then. */
    static final int SLICE = 1_000;

    /** Fewer receivers than these never slow a publisher down: their outboxes bound what waits for them. */
    private static final int FEW = 8;
    /** So many messages may wait for the receivers together before it is slowed down; a collection of the heap moves them all. */
    private static final int TOGETHER = 1 << 15;

    private static final int LEAST_LAG = 64;

    /** The slots of one subscription's subscribers below {@code end}, and what they get. */
    private record Leg(SubscriberList subscribers, int end, EncodeOnce event) {}

    private final ReceiverFilter receivers;
    private final Counters counters;
    private final List<Leg> legs = new ArrayList<>(1);
    private int total;
    private int leg;
    private int slot;
    /** A receiver for which more messages wait is behind. */
    private int lag;

    private int delivered;
    private int behind;

    FanOut(ReceiverFilter receivers, Counters counters) {
        this.receivers = receivers;
        this.counters = counters;
    }

    /** Sends {@code event} to {@code subscribers} as it is now. */
    @InTurn
    void add(SubscriberList subscribers, EncodeOnce event) {
        legs.add(new Leg(subscribers, subscribers.end(), event));
        total += subscribers.size();
        lag = Math.max(LEAST_LAG, TOGETHER / Math.max(1, total));
    }

    /** Whether it is small enough for one turn. */
    @InTurn
    boolean fitsOneTurn() {
        return total <= WHOLE;
    }

    /** How many receivers there were when they were added. */
    @InTurn
    int size() {
        return total;
    }

    /** Keeps the slots of all subscriber lists where they are until {@link #end}. */
    @InTurn
    void begin() {
        legs.forEach(each -> each.subscribers.beginWalk());
    }

    @InTurn
    void end() {
        legs.forEach(each -> each.subscribers.endWalk());
    }

    /** Delivers to at most {@code slots} more slots; true if those were the last. */
    @InTurn
    boolean deliver(int slots) {
        int left = slots;
        int sent = 0;
        while (leg < legs.size() && left > 0) {
            Leg current = legs.get(leg);
            int until = Math.min(current.end, slot + left);
            left -= until - slot;
            sent += deliver(current, until);
            if (slot == current.end) {
                leg++;
                slot = 0;
            }
        }
        counters.add(Counter.EVENTS_SENT, sent);
        Pass.current().spend(sent);
        return leg == legs.size();
    }

    /** Returns how many got it. */
    @InTurn
    private int deliver(Leg current, int until) {
        int sent = 0;
        for (; slot < until; slot++) {
            Subscriber subscriber = current.subscribers.at(slot);
            // A session that has left may hold subscriptions for a few turns more.
            if (subscriber != null
                    && subscriber.session.isOpen()
                    && receivers.admits(subscriber.session)
                    && deliverTo(subscriber, current.event)) {
                sent++;
            }
        }
        return sent;
    }

    /** The event for one who lost some before it. */
    private static EncodeOnce afterLoss(Event event, long dropped) {
        EventDetails details = event.details().withDropped(dropped);
        return new EncodeOnce(new Event(event.subscription(), event.publication(), details, event.payload()));
    }

    /** Whether the subscribers is not small and most of it has much to read yet: the publisher is faster than its receivers. */
    @InTurn
    boolean isAhead() {
        return delivered >= FEW && 2 * behind > delivered;
    }

    @InTurn
    private boolean deliverTo(Subscriber subscriber, EncodeOnce event) {
        Session session = subscriber.session;
        if (session.offer(subscriber.dropped == 0 ? event : afterLoss(event.event(), subscriber.dropped))) {
            subscriber.dropped = 0;
            delivered++;
            if (session.waitingMessages() > lag) {
                behind++;
            }
            return true;
        }
        subscriber.dropped++;
        counters.increment(Counter.EVENTS_DROPPED);
        if (session.limits().slowSubscriber() == SlowSubscriber.DISCONNECT) {
            session.overflow();
        }
        return false;
    }
}
