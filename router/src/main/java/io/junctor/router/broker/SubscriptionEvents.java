package io.junctor.router.broker;

import io.junctor.router.meta.MetaEvents;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Uri;
import org.jspecify.annotations.Nullable;

/**
 * Announces the events of the subscription meta API (section "Subscription Meta API"). It announces no subscriptions to {@code wamp.*} topics, and
 * neither creation nor deletion of a subscription with a history. Confined to the realm's turn.
 */
final class SubscriptionEvents {
    private static final Uri ON_CREATE = new Uri("wamp.subscription.on_create");
    private static final Uri ON_SUBSCRIBE = new Uri("wamp.subscription.on_subscribe");
    private static final Uri ON_UNSUBSCRIBE = new Uri("wamp.subscription.on_unsubscribe");
    private static final Uri ON_DELETE = new Uri("wamp.subscription.on_delete");

    private final MetaEvents events;
    /** Decides which router announces that a subscription was created or deleted; null if the realm is on this router only. */
    private final @Nullable SubscriptionTransitions transitions;

    SubscriptionEvents(MetaEvents events, @Nullable SubscriptionTransitions transitions) {
        this.events = events;
        this.transitions = transitions;
    }

    /** Announces that {@code session} has subscribed, and before it the subscription if the session created it. */
    @InTurn
    void onSubscribed(Session session, Subscription subscription) {
        if (subscription.uri().isReserved()) {
            return;
        }
        boolean isFirst = subscription.subscribers.size() == 1 && subscription.history == null;
        Runnable create = () -> events.announce(
                ON_CREATE, subscription.permissionQuery(), () -> Arguments.of(session.id(), subscription.describe()));
        Runnable subscribe = () -> announce(ON_SUBSCRIBE, session, subscription);
        if (transitions != null) {
            transitions.onSubscribed(session, subscription.id(), isFirst, create, subscribe);
            return;
        }
        if (isFirst) {
            create.run();
        }
        subscribe.run();
    }

    /** Announces that {@code session} is no longer subscribed, and the end of the subscription if it has no subscribers left. */
    @InTurn
    void onUnsubscribed(Session session, Subscription subscription) {
        if (subscription.uri().isReserved()) {
            return;
        }
        boolean isLast = subscription.subscribers.size() == 0 && subscription.history == null;
        Runnable unsubscribe = () -> announce(ON_UNSUBSCRIBE, session, subscription);
        Runnable delete = () -> announce(ON_DELETE, session, subscription);
        if (transitions != null) {
            transitions.onUnsubscribed(session, subscription.id(), isLast, unsubscribe, delete);
            return;
        }
        unsubscribe.run();
        if (isLast) {
            delete.run();
        }
    }

    @InTurn
    private void announce(Uri topic, Session session, Subscription subscription) {
        events.announce(topic, () -> Arguments.of(session.id(), subscription.id()));
    }
}
