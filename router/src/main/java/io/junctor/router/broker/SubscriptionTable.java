package io.junctor.router.broker;

import io.junctor.router.meta.PatternTable;
import io.junctor.router.session.Session;
import io.junctor.router.spi.EventLog;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** Finds the subscriptions of a realm by topic, pattern and id, and those of a session. Confined to the realm's turn. */
final class SubscriptionTable extends PatternTable<Subscription> {
    private static final long NO_SESSION = 0;

    /** Gives a new subscription its id. */
    interface IdAllocator {
        @InTurn
        long of(Uri topic, MatchPolicy match);
    }

    private final IdAllocator ids;
    private final Timers timers;
    private final Long2ObjectHashMap<Long2ObjectHashMap<Subscriber>> bySession = new Long2ObjectHashMap<>();

    SubscriptionTable(IdAllocator ids, Timers timers) {
        super(WampError.NO_SUCH_SUBSCRIPTION, "subscription");
        this.ids = ids;
        this.timers = timers;
    }

    /** Adds a history of a topic or pattern; its subscription then exists even without subscribers. */
    @InTurn
    void addHistory(HistoryTopic topic, EventLog history) {
        Subscription known = get(topic.uri(), topic.match());
        if (known == null) {
            add(
                    new Subscription(
                            ids.of(topic.uri(), topic.match()), topic.uri(), topic.match(), timers.now(), history),
                    NO_SESSION);
        } else {
            known.history = history;
        }
    }

    /** Ends the history of a topic or pattern; the subscription stays if it has subscribers. */
    @InTurn
    void removeHistory(Subscription subscription) {
        subscription.history = null;
        if (subscription.subscribers.size() == 0) {
            remove(subscription);
        }
    }

    /** Whether there is a subscription that matches {@code topic}. */
    @InTurn
    boolean hasMatch(Uri topic) {
        boolean[] found = new boolean[1];
        forEachMatch(topic, subscription -> found[0] = true);
        return found[0];
    }

    /** The number of subscriptions that {@code session} holds. */
    @InTurn
    int subscriptionCount(Session session) {
        Long2ObjectHashMap<Subscriber> held = bySession.get(session.id());
        return held == null ? 0 : held.size();
    }

    /** The ids of the subscriptions that {@code session} holds: a view, valid until the session's subscriptions change. */
    @InTurn
    Set<Long> idsOf(Session session) {
        Long2ObjectHashMap<Subscriber> held = bySession.get(session.id());
        return held == null ? Set.of() : held.keySet();
    }

    /** The subscriber entry of a session in a subscription, or null if the session does not hold the subscription. */
    @InTurn
    @Nullable
    Subscriber subscriber(long session, long subscription) {
        Long2ObjectHashMap<Subscriber> held = bySession.get(session);
        return held == null ? null : held.get(subscription);
    }

    /** Adds {@code session}, which is not subscribed yet, to the subscription of this topic or pattern; creates the subscription if necessary. */
    @InTurn
    Subscription subscribe(Session session, Uri topic, MatchPolicy match) {
        Subscription subscription = get(topic, match);
        if (subscription == null) {
            subscription = new Subscription(ids.of(topic, match), topic, match, timers.now(), null);
            add(subscription, session.id());
        }
        Subscriber subscriber = new Subscriber(subscription, session);
        subscription.subscribers.add(subscriber);
        bySession
                .computeIfAbsent(session.id(), id -> new Long2ObjectHashMap<>())
                .put(subscription.id(), subscriber);
        return subscription;
    }

    /** Removes {@code session} from a subscription; returns the subscription, or null if the session did not hold it. */
    @InTurn
    @Nullable
    Subscription unsubscribe(Session session, long subscription) {
        Long2ObjectHashMap<Subscriber> held = bySession.get(session.id());
        Subscriber subscriber = held == null ? null : held.remove(subscription);
        if (held == null || subscriber == null) {
            return null;
        }
        if (held.isEmpty()) {
            bySession.remove(session.id());
        }
        return remove(subscriber);
    }

    /**
     * Removes the list of subscriptions of {@code session}, which is leaving, and returns its subscriber entries. Each entry stays in its
     * subscription until it is {@linkplain #remove(Subscriber) removed}.
     */
    @InTurn
    List<Subscriber> takeAll(Session session) {
        Long2ObjectHashMap<Subscriber> held = bySession.remove(session.id());
        return held == null ? List.of() : new ArrayList<>(held.values());
    }

    /** Removes a subscriber from its subscription; deletes the subscription if the subscriber was the last. Returns the subscription. */
    @InTurn
    Subscription remove(Subscriber subscriber) {
        Subscription subscription = subscriber.subscription;
        subscription.subscribers.remove(subscriber);
        if (subscription.subscribers.size() == 0 && subscription.history == null) {
            remove(subscription);
        }
        return subscription;
    }
}
