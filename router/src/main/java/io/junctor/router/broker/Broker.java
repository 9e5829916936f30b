package io.junctor.router.broker;

import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.session.EncodeOnce;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Turnstile;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Unsubscribed;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.WampError;

/** Belongs to the turn. Publish and subscribe in one realm (section "Publish and Subscribe"). */
public final class Broker {
    private static final Refusal NO_SUBSCRIPTION =
            Refusal.of(WampError.NO_SUCH_SUBSCRIPTION, "this session holds no subscription with this id");
    private static final Refusal TOO_MANY = Refusal.of(
            WampError.LIMIT_EXCEEDED, "this session holds as many subscriptions as limit subscriptions allows");
    private static final Refusal EXACT_ONLY =
            Refusal.of(WampError.OPTION_NOT_ALLOWED, "this router offers no pattern-based subscription");

    private final RandomIds ids;
    private final Turnstile turnstile;
    private final Counters counters;
    private final SubscriptionTable table;

    /** A broker without subscriptions; {@code turnstile} is the realm's, for what takes several turns. */
    public Broker(RandomIds ids, Turnstile turnstile, Counters counters) {
        this.ids = ids;
        this.turnstile = turnstile;
        this.counters = counters;
        this.table = new SubscriptionTable(ids);
    }

    /** Delivers to everybody subscribed, and to the publisher what it asked for. */
    @InTurn
    public void onPublish(Session session, Publish publish) {
        long publication = ids.next();
        if (publish.options().acknowledge()) {
            // Section "Publish & Subscribe Ordering": the acknowledgement goes before the publisher's own event.
            session.reply(new Published(publish.request(), publication));
        }
        Subscription subscription = table.matching(publish.topic());
        if (subscription != null) {
            deliver(session, publish, publication, subscription);
        }
    }

    /** Subscribes; a repeated subscription to the same topic is answered with the same id. */
    @InTurn
    public void onSubscribe(Session session, Subscribe subscribe) {
        if (subscribe.options().match() != MatchPolicy.EXACT) {
            EXACT_ONLY.answer(session, Subscribe.CODE, subscribe.request());
        } else if (table.heldBy(session) >= session.limits().subscriptions()
                && !table.holds(session, subscribe.topic())) {
            counters.increment(Counter.REQUESTS_OVER_LIMIT);
            TOO_MANY.answer(session, Subscribe.CODE, subscribe.request());
        } else {
            Subscription subscription = table.attach(session, subscribe.topic());
            session.reply(new Subscribed(subscribe.request(), subscription.id));
        }
    }

    /** Ends a subscription of this session. */
    @InTurn
    public void onUnsubscribe(Session session, Unsubscribe unsubscribe) {
        if (table.detach(session, unsubscribe.subscription())) {
            session.reply(new Unsubscribed(unsubscribe.request(), null));
        } else {
            NO_SUBSCRIPTION.answer(session, Unsubscribe.CODE, unsubscribe.request());
        }
    }

    /** Ends all subscriptions of a session that leaves. */
    @InTurn
    public void onLeave(Session session) {
        table.detachAll(session);
    }

    /** How many subscriptions exist. */
    @InTurn
    public int subscriptions() {
        return table.size();
    }

    @InTurn
    private void deliver(Session publisher, Publish publish, long publication, Subscription subscription) {
        Event event = new Event(subscription.id, publication, EventDetails.NONE, publish.payload());
        Audience audience = subscription.audience;
        FanOut fanOut = new FanOut(
                audience,
                new EncodeOnce(event, audience.size()),
                publish.options().excludeMe() ? publisher : null,
                counters);
        if (audience.size() <= FanOut.WHOLE) {
            fanOut.deliver(Integer.MAX_VALUE);
        } else {
            publisher.beginFanOut();
            audience.beginWalk();
            deliverSlice(publisher, audience, fanOut);
        }
    }

    @InTurn
    private void deliverSlice(Session publisher, Audience audience, FanOut fanOut) {
        if (fanOut.deliver(FanOut.SLICE)) {
            audience.endWalk();
            publisher.endFanOut();
        } else {
            turnstile.run(() -> deliverSlice(publisher, audience, fanOut));
        }
    }
}
