package io.junctor.router.broker;

import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Uri;

/**
 * Belongs to the turn. The events of the subscription meta API (section "Subscription Meta API"); none about subscriptions to
 * {@code wamp.*} topics, nor about beginning and end of those that are always there.
 */
final class SubscriptionEvents {
    private static final Uri ON_CREATE = new Uri("wamp.subscription.on_create");
    private static final Uri ON_SUBSCRIBE = new Uri("wamp.subscription.on_subscribe");
    private static final Uri ON_UNSUBSCRIBE = new Uri("wamp.subscription.on_unsubscribe");
    private static final Uri ON_DELETE = new Uri("wamp.subscription.on_delete");

    private final Broker broker;

    SubscriptionEvents(Broker broker) {
        this.broker = broker;
    }

    /** {@code session} has subscribed, as the first one if it is alone. */
    @InTurn
    void onSubscribed(Session session, Subscription subscription) {
        if (subscription.topic.isReserved()) {
            return;
        }
        if (subscription.audience.size() == 1 && subscription.history == null) {
            broker.announce(
                    ON_CREATE, subscription.subscribing(), () -> Arguments.of(session.id(), subscription.describe()));
        }
        announce(ON_SUBSCRIBE, session, subscription);
    }

    /** {@code session} is no longer subscribed, and nobody is if nobody is left. */
    @InTurn
    void onUnsubscribed(Session session, Subscription subscription) {
        if (subscription.topic.isReserved()) {
            return;
        }
        announce(ON_UNSUBSCRIBE, session, subscription);
        if (subscription.audience.size() == 0 && subscription.history == null) {
            announce(ON_DELETE, session, subscription);
        }
    }

    @InTurn
    private void announce(Uri topic, Session session, Subscription subscription) {
        broker.announce(topic, () -> Arguments.of(session.id(), subscription.id));
    }
}
