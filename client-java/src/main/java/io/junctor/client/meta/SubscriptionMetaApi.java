package io.junctor.client.meta;

import io.junctor.client.Args;
import io.junctor.client.Result;
import io.junctor.client.Session;
import io.junctor.client.Subscription;
import io.junctor.client.WampException;
import io.junctor.wamp.value.MatchPolicy;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * Lists, observes and ends the subscriptions of the realm (section "Subscription Meta API"). Thread-safe.
 *
 * <p>Methods wait for the router. They throw {@link WampException} with {@code wamp.error.not_authorized} if the role
 * of this session does not allow the procedure, and with {@code wamp.error.no_such_subscription} for an unknown
 * subscription id.
 */
public final class SubscriptionMetaApi {
    private final Session session;

    /** Creates the meta API of the realm that {@code session} has joined. */
    public SubscriptionMetaApi(Session session) {
        this.session = session;
    }

    /** Returns the ids of all subscriptions. */
    public IdsByMatchPolicy list() {
        return IdsByMatchPolicy.of(session.call("wamp.subscription.list"));
    }

    /** Returns the id of the subscription to exactly this topic or pattern, if there is one. */
    public OptionalLong lookup(String topic, MatchPolicy match) {
        Result result = session.call("wamp.subscription.lookup", topic, Map.of("match", match.wire()));
        return MetaCalls.id(result);
    }

    /** Returns the ids of all subscriptions that match this topic. */
    public List<Long> match(String topic) {
        return session.call("wamp.subscription.match", topic)
                .optionalArgument(0, MetaCalls.IDS)
                .orElse(List.of());
    }

    /** Returns the topic and the properties of a subscription. */
    public SubscriptionDetails get(long id) {
        return SubscriptionDetails.of(session.call("wamp.subscription.get", id), 0);
    }

    /** Returns the ids of the sessions that are subscribed. */
    public List<Long> subscribers(long id) {
        return session.call("wamp.subscription.list_subscribers", id).as(MetaCalls.IDS);
    }

    /** Returns the number of sessions that are subscribed. */
    public long countSubscribers(long id) {
        return session.call("wamp.subscription.count_subscribers", id).as(Long.class);
    }

    /** Removes a session from a subscription. The router sends the session the reason, a URI. */
    public void removeSubscriber(long id, long subscriber, String reason) {
        session.call(
                "wamp.subscription.remove_subscriber", Args.of(id, subscriber).with("reason", reason));
    }

    /** Calls {@code listener} with the first subscriber and the subscription whenever a subscription is created. */
    public Subscription onCreate(BiConsumer<Long, SubscriptionDetails> listener) {
        return session.subscribe(
                "wamp.subscription.on_create",
                event -> listener.accept(event.argument(0, Long.class), SubscriptionDetails.of(event, 1)));
    }

    /** Calls {@code listener} with the session id and the subscription id whenever a session subscribes. */
    public Subscription onSubscribe(BiConsumer<Long, Long> listener) {
        return MetaCalls.pairs(session, "wamp.subscription.on_subscribe", listener);
    }

    /**
     * Calls {@code listener} with the session id and the subscription id whenever a session is no longer subscribed.
     */
    public Subscription onUnsubscribe(BiConsumer<Long, Long> listener) {
        return MetaCalls.pairs(session, "wamp.subscription.on_unsubscribe", listener);
    }

    /**
     * Calls {@code listener} with the last subscriber's session id and the subscription id whenever a subscription is
     * deleted.
     */
    public Subscription onDelete(BiConsumer<Long, Long> listener) {
        return MetaCalls.pairs(session, "wamp.subscription.on_delete", listener);
    }
}
