package io.junctor.router.broker;

import io.junctor.router.config.SlowSubscriber;
import io.junctor.router.connection.OnceEncodedEvent;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.RealmCounters;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.options.EventDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Delivers one publication to the subscribers of all matching subscriptions, if necessary in several turns. Sessions
 * that leave meanwhile are skipped. Sessions that subscribe later do not receive it: their slots follow the end of the
 * target. Confined to the realm's turn.
 */
final class FanOut {
    /** The maximum number of receivers of a publication that is delivered in one turn. */
    static final int MAX_IN_ONE_TURN = 5_000;
    /** The number of receivers in each turn of a delivery that takes several turns. */
    static final int SLICE = 1_000;

    /** The minimum number of receivers for which a publisher may be paused; with fewer receivers, the limits of their outboxes suffice. */
    private static final int MIN_RECEIVERS = 8;
    /**
     * The number of messages that may wait in all outboxes together before the publisher is paused: each garbage collection has to copy
     * them.
     */
    private static final int MAX_WAITING_TOGETHER = 1 << 15;

    private static final int MIN_SLOW_MESSAGES = 64;

    /** The slots of one subscription below {@code end}, and the event for them. */
    private record Target(SubscriberList subscribers, int end, OnceEncodedEvent event) {}

    private final ReceiverFilter receivers;
    private final RealmCounters counters;
    private final List<Target> targets = new ArrayList<>(1);
    /** Completes when other routers and histories have taken the event; null if they have taken it already. */
    private @Nullable CompletionStage<Void> taken;

    private int total;
    private int targetIndex;
    private int slot;
    /** The number of waiting messages above which a receiver counts as slow. */
    private int slowMessages;

    /** The number of sessions that received the event, or would have received it if all outboxes together had not held too much. */
    private int receiving;

    private int slowReceivers;

    FanOut(ReceiverFilter receivers, RealmCounters counters) {
        this.receivers = receivers;
        this.counters = counters;
    }

    /** Adds the present subscribers of a subscription as receivers of {@code event}. */
    @InTurn
    void add(SubscriberList subscribers, OnceEncodedEvent event) {
        targets.add(new Target(subscribers, subscribers.end(), event));
        total += subscribers.size();
        slowMessages = Math.max(MIN_SLOW_MESSAGES, MAX_WAITING_TOGETHER / Math.max(1, total));
    }

    /** Waits for a history, which completes {@code stage} when it has stored the event. */
    @InTurn
    void storedBy(CompletionStage<Void> stage) {
        if (!isComplete(stage)) {
            takenBy(stage.whenComplete((done, failure) -> {
                if (failure != null) {
                    counters.increment(Counter.EVENTS_NOT_IN_HISTORY);
                }
            }));
        }
    }

    /** Waits for {@code stage}, too, before the event counts as taken. */
    @InTurn
    void takenBy(CompletionStage<Void> stage) {
        if (!isComplete(stage)) {
            taken = taken == null ? stage : taken.thenCombine(stage, (one, other) -> null);
        }
    }

    private static boolean isComplete(CompletionStage<Void> stage) {
        CompletableFuture<Void> future = stage.toCompletableFuture();
        return future.isDone() && !future.isCompletedExceptionally();
    }

    /** Completes when other routers and histories have taken the event; null if they have taken it already. */
    @InTurn
    @Nullable
    CompletionStage<Void> taken() {
        return taken;
    }

    /** Whether the publication can be delivered in one turn. */
    @InTurn
    boolean fitsOneTurn() {
        return total <= MAX_IN_ONE_TURN;
    }

    /** The number of receivers that were added. */
    @InTurn
    int size() {
        return total;
    }

    /** Keeps the slots of all subscriptions in place until {@link #end}. */
    @InTurn
    void begin() {
        targets.forEach(each -> each.subscribers.pinSlots());
    }

    @InTurn
    void end() {
        targets.forEach(each -> each.subscribers.unpinSlots());
    }

    /** Delivers to at most {@code slots} more slots; returns true if these were the last. */
    @InTurn
    boolean deliver(int slots) {
        int left = slots;
        int sent = 0;
        int targetsBefore = targetIndex;
        while (targetIndex < targets.size() && left > 0) {
            Target current = targets.get(targetIndex);
            int until = Math.min(current.end, slot + left);
            left -= until - slot;
            sent += deliver(current, until);
            if (slot == current.end) {
                targetIndex++;
                slot = 0;
            }
        }
        counters.add(Counter.EVENTS_SENT, sent);
        // Skipped receivers also take time, and so does each subscription.
        Pass.current().spend(slots - left + targetIndex - targetsBefore);
        return targetIndex == targets.size();
    }

    /** Returns the number of sessions that received the event. */
    @InTurn
    private int deliver(Target current, int until) {
        int sent = 0;
        for (; slot < until; slot++) {
            Subscriber subscriber = current.subscribers.at(slot);
            // A session that has left may stay in subscriptions for a few turns.
            if (subscriber != null
                    && subscriber.session.isOpen()
                    && receivers.admits(subscriber.session)
                    && deliverTo(subscriber, current.event)) {
                sent++;
            }
        }
        return sent;
    }

    /** The event for a subscriber for which {@code dropped} earlier events were dropped. */
    private static OnceEncodedEvent withDropped(Event event, long dropped) {
        EventDetails details = event.details().withDropped(dropped);
        return new OnceEncodedEvent(new Event(event.subscription(), event.publication(), details, event.payload()));
    }

    /**
     * Whether there are more than a few receivers and most of them are slow: then the publisher is faster than its
     * receivers.
     */
    @InTurn
    boolean isPublisherTooFast() {
        return receiving >= MIN_RECEIVERS && 2 * slowReceivers > receiving;
    }

    @InTurn
    private boolean deliverTo(Subscriber subscriber, OnceEncodedEvent event) {
        Session session = subscriber.session;
        if (session.offer(subscriber.dropped == 0 ? event : withDropped(event.event(), subscriber.dropped))) {
            subscriber.dropped = 0;
            receiving++;
            if (session.waitingMessages() > slowMessages) {
                slowReceivers++;
            }
            return true;
        }
        subscriber.dropped++;
        if (session.hasOwnRoom(event)) {
            // All outboxes together hold too much, so more publications would only be dropped.
            receiving++;
            slowReceivers++;
        }
        counters.increment(Counter.EVENTS_DROPPED);
        if (session.limits().slowSubscriber() == SlowSubscriber.DISCONNECT) {
            session.overflow();
        }
        return false;
    }
}
