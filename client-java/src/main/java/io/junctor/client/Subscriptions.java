package io.junctor.client;

import io.junctor.wamp.value.MatchPolicy;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * Safe for use by many threads. The subscriptions of the realm, and what was published to them (sections "Subscription Meta API"
 * and "Event History"). Methods wait for the router and throw {@link WampException}: {@code wamp.error.not_authorized} where this
 * session may not do that, {@code wamp.error.no_such_subscription} for an unknown one.
 */
public final class Subscriptions {
    private final Session session;

    Subscriptions(Session session) {
        this.session = session;
    }

    /** The ids of all. */
    public IdsByMatch list() {
        return IdsByMatch.of(session.call("wamp.subscription.list"));
    }

    /** The subscription to exactly this topic or pattern, if somebody has one. */
    public OptionalLong lookup(String topic, MatchPolicy match) {
        Result result = session.call("wamp.subscription.lookup", topic, Map.of("match", match.wire()));
        return MetaCalls.id(result);
    }

    /** All subscriptions that get what is published to this topic. */
    public List<Long> match(String topic) {
        return session.call("wamp.subscription.match", topic)
                .optionalArgument(0, MetaCalls.IDS)
                .orElse(List.of());
    }

    /** What a subscription is. */
    public SubscriptionDetails get(long id) {
        return SubscriptionDetails.of(session.call("wamp.subscription.get", id), 0);
    }

    /** The sessions that have it. */
    public List<Long> subscribers(long id) {
        return session.call("wamp.subscription.list_subscribers", id).as(MetaCalls.IDS);
    }

    /** How many sessions have it. */
    public long countSubscribers(long id) {
        return session.call("wamp.subscription.count_subscribers", id).as(Long.class);
    }

    /** Takes a subscription from a session, which is told the reason, a URI. */
    public void removeSubscriber(long id, long subscriber, String reason) {
        session.call(
                "wamp.subscription.remove_subscriber", Args.of(id, subscriber).with("reason", reason));
    }

    /** What was published to a subscription before, as far as the router keeps it. What is sealed and cannot be opened is left out. */
    public List<PastEvent> history(Subscription subscription, HistoryOptions options) {
        return history(subscription.id(), subscription.topic(), options);
    }

    /** The same for a subscription that this session need not have; {@code topic} is the topic or pattern it is to. */
    public List<PastEvent> history(long id, String topic, HistoryOptions options) {
        Result result = session.call("wamp.subscription.get_events", options.args(id));
        return session.async().pastEvents(result, topic);
    }

    /** Tells {@code listener} of every new subscription, with the session it is for. */
    public Subscription onCreate(BiConsumer<Long, SubscriptionDetails> listener) {
        return session.subscribe(
                "wamp.subscription.on_create",
                event -> listener.accept(event.argument(0, Long.class), SubscriptionDetails.of(event, 1)));
    }

    /** Tells {@code listener} the session and the subscription, whenever a session gets one. */
    public Subscription onSubscribe(BiConsumer<Long, Long> listener) {
        return MetaCalls.pairs(session, "wamp.subscription.on_subscribe", listener);
    }

    /** Tells {@code listener} the session and the subscription, whenever a session loses one. */
    public Subscription onUnsubscribe(BiConsumer<Long, Long> listener) {
        return MetaCalls.pairs(session, "wamp.subscription.on_unsubscribe", listener);
    }

    /** Tells {@code listener} the last session and the subscription, whenever nobody has it any more. */
    public Subscription onDelete(BiConsumer<Long, Long> listener) {
        return MetaCalls.pairs(session, "wamp.subscription.on_delete", listener);
    }
}
