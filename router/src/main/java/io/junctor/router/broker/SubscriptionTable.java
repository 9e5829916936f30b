package io.junctor.router.broker;

import io.junctor.router.match.PatternMap;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.function.Consumer;
import org.agrona.collections.Long2ObjectHashMap;

/** Belongs to the turn. Who is subscribed to what: by topic and pattern for publishing, by session and id for leaving. */
final class SubscriptionTable {
    private final RandomIds ids;
    private final PatternMap<Subscription> byTopic = new PatternMap<>();
    private final Long2ObjectHashMap<Long2ObjectHashMap<Attachment>> bySession = new Long2ObjectHashMap<>();

    SubscriptionTable(RandomIds ids) {
        this.ids = ids;
    }

    /** Hands each subscription that a publication to {@code topic} concerns to {@code action}. */
    @InTurn
    void forEachMatch(Uri topic, Consumer<Subscription> action) {
        byTopic.forEachMatch(topic, action);
    }

    /** How many subscriptions {@code session} holds. */
    @InTurn
    int heldBy(Session session) {
        Long2ObjectHashMap<Attachment> held = bySession.get(session.id());
        return held == null ? 0 : held.size();
    }

    /** Whether {@code session} is subscribed to this very topic or pattern. */
    @InTurn
    boolean holds(Session session, Uri topic, MatchPolicy match) {
        Subscription subscription = byTopic.get(topic, match);
        Long2ObjectHashMap<Attachment> held = bySession.get(session.id());
        return subscription != null && held != null && held.containsKey(subscription.id);
    }

    /** Attaches {@code session} to the one subscription of topic and match; attaching twice changes nothing. */
    @InTurn
    Subscription attach(Session session, Uri topic, MatchPolicy match) {
        Subscription subscription = byTopic.get(topic, match);
        if (subscription == null) {
            subscription = new Subscription(ids.next(), topic, match);
            byTopic.put(topic, match, subscription);
        }
        Long2ObjectHashMap<Attachment> held = bySession.computeIfAbsent(session.id(), id -> new Long2ObjectHashMap<>());
        if (!held.containsKey(subscription.id)) {
            Attachment attachment = new Attachment(subscription, session);
            subscription.audience.add(attachment);
            held.put(subscription.id, attachment);
        }
        return subscription;
    }

    /** Ends the session's part in a subscription; false if it has none. */
    @InTurn
    boolean detach(Session session, long subscription) {
        Long2ObjectHashMap<Attachment> held = bySession.get(session.id());
        Attachment attachment = held == null ? null : held.remove(subscription);
        if (held == null || attachment == null) {
            return false;
        }
        if (held.isEmpty()) {
            bySession.remove(session.id());
        }
        remove(attachment);
        return true;
    }

    /** Ends all subscriptions of {@code session}. */
    @InTurn
    void detachAll(Session session) {
        Long2ObjectHashMap<Attachment> held = bySession.remove(session.id());
        if (held != null) {
            held.values().forEach(this::remove);
        }
    }

    /** How many subscriptions exist. */
    @InTurn
    int size() {
        return byTopic.size();
    }

    @InTurn
    private void remove(Attachment attachment) {
        Subscription subscription = attachment.subscription;
        subscription.audience.remove(attachment);
        if (subscription.audience.size() == 0) {
            byTopic.remove(subscription.topic, subscription.match);
        }
    }
}
