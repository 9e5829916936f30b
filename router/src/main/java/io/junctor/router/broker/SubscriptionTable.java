package io.junctor.router.broker;

import io.junctor.router.session.RandomIds;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.value.Uri;
import java.util.HashMap;
import java.util.Map;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** Belongs to the turn. Who is subscribed to what: by topic for publishing, by session and id for leaving. */
final class SubscriptionTable {
    private final RandomIds ids;
    private final Map<Uri, Subscription> byTopic = new HashMap<>();
    private final Long2ObjectHashMap<Long2ObjectHashMap<Attachment>> bySession = new Long2ObjectHashMap<>();

    SubscriptionTable(RandomIds ids) {
        this.ids = ids;
    }

    @InTurn
    @Nullable
    Subscription matching(Uri topic) {
        return byTopic.get(topic);
    }

    /** How many subscriptions {@code session} holds. */
    @InTurn
    int heldBy(Session session) {
        Long2ObjectHashMap<Attachment> held = bySession.get(session.id());
        return held == null ? 0 : held.size();
    }

    /** Whether {@code session} is subscribed to {@code topic}. */
    @InTurn
    boolean holds(Session session, Uri topic) {
        Subscription subscription = byTopic.get(topic);
        Long2ObjectHashMap<Attachment> held = bySession.get(session.id());
        return subscription != null && held != null && held.containsKey(subscription.id);
    }

    /** Attaches {@code session} to the topic's one subscription; attaching twice changes nothing. */
    @InTurn
    Subscription attach(Session session, Uri topic) {
        Subscription subscription = byTopic.computeIfAbsent(topic, uri -> new Subscription(ids.next(), uri));
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
            byTopic.remove(subscription.topic);
        }
    }
}
