package io.junctor.router.broker;

import io.junctor.router.config.RealmLimits.Names;
import io.junctor.router.match.PatternMap;
import io.junctor.router.session.IdTable;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.Session;
import io.junctor.router.spi.EventLog;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** Belongs to the turn. Who is subscribed to what: by topic and pattern for publishing, by session and id for leaving. */
final class SubscriptionTable {
    private static final long NO_SESSION = 0;

    private final RandomIds ids;
    private final Timers timers;
    private final PatternMap<Subscription> byTopic = new PatternMap<>();
    private final IdTable<Subscription> byId = new IdTable<>();
    private final Long2ObjectHashMap<Long2ObjectHashMap<Subscriber>> bySession = new Long2ObjectHashMap<>();

    SubscriptionTable(RandomIds ids, Timers timers) {
        this.ids = ids;
        this.timers = timers;
    }

    /** Adds a subscription that is there without subscribers; to be called before the first session joins. */
    @InTurn
    void addPermanent(HistoryTopic topic, EventLog history) {
        add(new Subscription(ids.next(), topic.uri(), topic.match(), timers.now(), history), NO_SESSION);
    }

    /** Hands each subscription that a publication to {@code topic} concerns to {@code action}. */
    @InTurn
    void forEachMatch(Uri topic, Consumer<Subscription> action) {
        byTopic.forEachMatch(topic, action);
    }

    /** All subscriptions as they are now, in no order. */
    @InTurn
    List<Subscription> all() {
        return byId.copy();
    }

    /** The subscription with this id, or null. */
    @InTurn
    @Nullable
    Subscription get(long id) {
        return byId.get(id);
    }

    /** The subscription to this very topic or pattern, or null. */
    @InTurn
    @Nullable
    Subscription get(Uri topic, MatchPolicy match) {
        return byTopic.get(topic, match);
    }

    /** How many subscriptions {@code session} holds. */
    @InTurn
    int heldBy(Session session) {
        Long2ObjectHashMap<Subscriber> held = bySession.get(session.id());
        return held == null ? 0 : held.size();
    }

    /** The ids of the subscriptions that {@code session} holds, as they are now. */
    @InTurn
    Set<Long> idsOf(Session session) {
        Long2ObjectHashMap<Subscriber> held = bySession.get(session.id());
        return held == null ? Set.of() : Set.copyOf(held.keySet());
    }

    /** The part of a session in a subscription, or null if it has none. */
    @InTurn
    @Nullable
    Subscriber attachment(long session, long subscription) {
        Long2ObjectHashMap<Subscriber> held = bySession.get(session);
        return held == null ? null : held.get(subscription);
    }

    /** Whether {@code session} may subscribe to a topic or pattern that nobody else is subscribed to. */
    @InTurn
    boolean hasRoom(Session session, Uri topic, MatchPolicy match) {
        Names limits = session.limits().names();
        return byTopic.hasRoom(topic, match, session.id(), limits.wildcardShapes(), limits.wildcardShapesPerSession());
    }

    /** Attaches {@code session}, which is not yet, to the one subscription of topic and match. */
    @InTurn
    Subscription attach(Session session, Uri topic, MatchPolicy match) {
        Subscription subscription = byTopic.get(topic, match);
        if (subscription == null) {
            subscription = new Subscription(ids.next(), topic, match, timers.now(), null);
            add(subscription, session.id());
        }
        Subscriber attachment = new Subscriber(subscription, session);
        subscription.audience.add(attachment);
        bySession
                .computeIfAbsent(session.id(), id -> new Long2ObjectHashMap<>())
                .put(subscription.id, attachment);
        return subscription;
    }

    /** Ends the session's part in a subscription; returns that, or null if it had none. */
    @InTurn
    @Nullable
    Subscription detach(Session session, long subscription) {
        Long2ObjectHashMap<Subscriber> held = bySession.get(session.id());
        Subscriber attachment = held == null ? null : held.remove(subscription);
        if (held == null || attachment == null) {
            return null;
        }
        if (held.isEmpty()) {
            bySession.remove(session.id());
        }
        return remove(attachment);
    }

    /** Forgets what {@code session}, which leaves, holds; each part of it stays in its subscription until it is {@linkplain #remove removed}. */
    @InTurn
    List<Subscriber> takeAll(Session session) {
        Long2ObjectHashMap<Subscriber> held = bySession.remove(session.id());
        return held == null ? List.of() : new ArrayList<>(held.values());
    }

    /** How many subscriptions exist. */
    @InTurn
    int size() {
        return byTopic.size();
    }

    @InTurn
    private void add(Subscription subscription, long session) {
        byTopic.put(subscription.topic, subscription.match, subscription, session);
        byId.put(subscription.id, subscription);
    }

    /** Takes a part out of its subscription, which ends with the last one; returns the subscription. */
    @InTurn
    Subscription remove(Subscriber attachment) {
        Subscription subscription = attachment.subscription;
        subscription.audience.remove(attachment);
        if (subscription.audience.size() == 0 && subscription.history == null) {
            byTopic.remove(subscription.topic, subscription.match);
            byId.remove(subscription.id);
        }
        return subscription;
    }
}
