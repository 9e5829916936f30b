package io.junctor.router.broker;

import io.junctor.router.authorization.Grant;
import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmFeatures;
import io.junctor.router.connection.EncodeOnce;
import io.junctor.router.meta.MetaEvents;
import io.junctor.router.meta.MetaProcedure;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.Session;
import io.junctor.router.spi.EventLog;
import io.junctor.router.spi.EventLogs;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Timers;
import io.junctor.router.turn.Turnstile;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Unsubscribed;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.RevocationDetails;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Belongs to the turn. Publish and subscribe in one realm (section "Publish and Subscribe"). */
public final class Broker implements MetaEvents {
    private static final Refusal TOO_MANY = Refusal.of(
            WampError.LIMIT_EXCEEDED, "this session holds as many subscriptions as limit subscriptions allows");
    private static final Refusal TOO_MANY_SHAPES = Refusal.of(
            WampError.LIMIT_EXCEEDED,
            "the empty parts of this pattern are where those of no other are, and there are as many such shapes as limits"
                    + " wildcard_shapes and wildcard_shapes_per_session allow");

    /** Long enough for many sockets to take something, short of what anybody notices. */
    private static final Duration SLOW_DOWN = Duration.ofMillis(5);

    private final RandomIds ids;
    private final Turnstile turnstile;
    private final Timers timers;
    private final Counters counters;
    private final ArgumentsCodec codec;
    private final RealmFeatures features;
    private final SubscriptionTable table;
    private final SubscriptionEvents events = new SubscriptionEvents(this);
    private final RouterPublications own;
    private final RetainedEvents retained;
    private final Testaments testaments;
    private final History history;

    /**
     * A broker with no subscriptions but those of a history.
     *
     * @param turnstile the realm's, for what takes several turns
     * @param config the realm
     */
    public Broker(
            RandomIds ids,
            Turnstile turnstile,
            Timers timers,
            ArgumentsCodec codec,
            Counters counters,
            RealmConfig config) {
        this.ids = ids;
        this.turnstile = turnstile;
        this.timers = timers;
        this.codec = codec;
        this.counters = counters;
        this.features = config.features();
        this.table = new SubscriptionTable(ids, timers);
        this.own = new RouterPublications(turnstile);
        this.retained = new RetainedEvents(counters, config.limits().kept());
        this.testaments =
                new Testaments(this::publishFor, codec, config.limits().holdings());
        this.history = new History(table, codec, counters, timers, config);
        if (features.has(Feature.EVENT_HISTORY)) {
            features.history().forEach(topic -> table.addPermanent(topic, log(config.name(), topic)));
        }
    }

    private EventLog log(String realm, HistoryTopic topic) {
        EventLogs logs = features.logs();
        return logs == null ? new InMemoryEventLog(topic, turnstile, timers) : logs.open(realm, topic);
    }

    /** The procedures of the subscription meta API, of histories and of testaments. */
    public Map<String, MetaProcedure> procedures() {
        Map<String, MetaProcedure> procedures = new HashMap<>(new SubscriptionProcedures(table, this::revoke).byUri());
        procedures.putAll(history.byUri());
        procedures.putAll(testaments.byUri());
        return procedures;
    }

    /** Delivers to everybody subscribed, and to the publisher what it asked for. */
    @InTurn
    public void onPublish(Session session, Publish publish, Grant grant) {
        Publication publication = publication(session, publish.topic(), publish.payload(), publish.options(), grant);
        // With it the history has the event: what is acknowledged is kept.
        FanOut fanOut = fanOut(publication);
        if (publish.options().acknowledge()) {
            // Section "Publish & Subscribe Ordering": the acknowledgement goes before the publisher's own event.
            session.reply(new Published(publish.request(), publication.id()));
        }
        start(session, fanOut);
    }

    /** Publishes for a session that has ended. */
    @InTurn
    void publishFor(Session session, Uri topic, Payload payload, PublishMessageOptions options, Grant grant) {
        own.publish(fanOut(publication(session, topic, payload, options, grant)));
    }

    /** Subscribes; a repeated subscription to the same topic or pattern is answered with the same id. */
    @InTurn
    public void onSubscribe(Session session, Subscribe subscribe) {
        MatchPolicy match = subscribe.options().match();
        Subscription held = table.get(subscribe.topic(), match);
        boolean isNew = held == null || table.subscriber(session.id(), held.id()) == null;
        if (isNew && table.subscriptionCount(session) >= session.limits().subscriptions()) {
            counters.increment(Counter.REQUESTS_OVER_LIMIT);
            session.refuse(TOO_MANY, Subscribe.CODE, subscribe.request());
            return;
        }
        if (held == null && !table.hasRoom(session, subscribe.topic(), match)) {
            counters.increment(Counter.REQUESTS_OVER_LIMIT);
            session.refuse(TOO_MANY_SHAPES, Subscribe.CODE, subscribe.request());
            return;
        }
        Subscription subscription = isNew || held == null ? table.subscribe(session, subscribe.topic(), match) : held;
        session.reply(new Subscribed(subscribe.request(), subscription.id()));
        if (subscribe.options().withRetained()) {
            offerRetained(session, subscription);
        }
        if (isNew) {
            events.onSubscribed(session, subscription);
        }
    }

    /** Ends a subscription of this session. */
    @InTurn
    public void onUnsubscribe(Session session, Unsubscribe unsubscribe) {
        Subscription subscription = table.unsubscribe(session, unsubscribe.subscription());
        if (subscription == null) {
            Refusal refusal = Refusal.of(
                    WampError.NO_SUCH_SUBSCRIPTION,
                    "this session holds no subscription with the id " + unsubscribe.subscription());
            session.refuse(refusal, Unsubscribe.CODE, unsubscribe.request());
        } else {
            session.reply(new Unsubscribed(unsubscribe.request(), null));
            events.onUnsubscribed(session, subscription);
        }
    }

    /** Ends a session's part in a subscription against its will, and tells it if it can understand (section "Subscription Revocation"). */
    @InTurn
    void revoke(Subscriber subscriber, @Nullable String reason) {
        Session session = subscriber.session;
        Subscription subscription = table.unsubscribe(session, subscriber.subscription.id());
        if (subscription == null) {
            return;
        }
        if (session.roles().has(Role.SUBSCRIBER, Feature.SUBSCRIPTION_REVOCATION)) {
            session.reply(new Unsubscribed(0, new RevocationDetails(subscription.id(), reason)));
        }
        events.onUnsubscribed(session, subscription);
    }

    /** An event could not be sent to {@code session}: the next one tells of it. */
    @InTurn
    public void onUndeliverable(Session session, Event event) {
        Subscriber subscriber = table.subscriber(session.id(), event.subscription());
        if (subscriber != null) {
            subscriber.dropped += 1 + event.details().dropped();
        }
    }

    @Override
    @InTurn
    public void announce(Uri topic, @Nullable PermissionQuery right, Supplier<Arguments> arguments) {
        if (!features.offers(topic.text())) {
            return;
        }
        List<Subscription> listeners = new ArrayList<>(1);
        table.forEachMatch(topic, listeners::add);
        if (!listeners.isEmpty()) {
            Payload payload = codec.encode(arguments.get());
            ReceiverFilter receivers = right == null ? ReceiverFilter.ALL : ReceiverFilter.with(right);
            Publication publication = new Publication(ids.next(), topic, payload, EventDetails.NONE, receivers);
            own.publish(fanOut(publication));
        }
    }

    /** Ends all subscriptions of a session that leaves, in slices, then runs {@code after}. */
    @InTurn
    public void onLeave(Session session, Runnable after) {
        turnstile
                .slices()
                .forEach(
                        table.takeAll(session),
                        subscriber -> events.onUnsubscribed(session, table.remove(subscriber)),
                        after);
    }

    /** Publishes, in slices, what a session wanted published when it ends, or forgets it; then runs {@code after}. */
    @InTurn
    public void onEnd(Session session, boolean told, Runnable after) {
        List<Runnable> publications = testaments.take(session);
        turnstile.slices().forEach(told ? publications : List.<Runnable>of(), Runnable::run, after);
    }

    /** How many subscriptions exist. */
    @InTurn
    public int subscriptions() {
        return table.size();
    }

    @InTurn
    private Publication publication(
            Session publisher, Uri topic, Payload payload, PublishMessageOptions options, Grant grant) {
        ReceiverFilter receivers = ReceiverFilter.of(publisher, options, features.emptyEligible());
        Publication publication =
                new Publication(ids.next(), topic, payload, details(publisher, options, grant), receivers);
        if (options.retain()) {
            retained.keep(publication.retained());
        }
        return publication;
    }

    @InTurn
    private void offerRetained(Session session, Subscription subscription) {
        RetainedEventCursor cursor = retained.cursor(session, subscription);
        if (!offerSlice(cursor)) {
            session.beginLongWork();
            turnstile.run(() -> goOn(cursor));
        }
    }

    /** Whether that was the last slice. */
    @InTurn
    private boolean offerSlice(RetainedEventCursor cursor) {
        Subscriber subscriber = table.subscriber(cursor.session.id(), cursor.subscription.id());
        return subscriber == null
                || retained.goOn(cursor, FanOut.SLICE, publication -> offerRetained(subscriber, publication));
    }

    @InTurn
    private void goOn(RetainedEventCursor cursor) {
        if (offerSlice(cursor)) {
            cursor.session.endLongWork();
        } else {
            turnstile.run(() -> goOn(cursor));
        }
    }

    @InTurn
    private void offerRetained(Subscriber subscriber, Publication publication) {
        boolean fits = subscriber.session.offer(new EncodeOnce(publication.eventFor(subscriber.subscription)));
        counters.increment(fits ? Counter.EVENTS_SENT : Counter.EVENTS_DROPPED);
        if (!fits) {
            subscriber.dropped++;
        }
    }

    private static EventDetails details(Session publisher, PublishMessageOptions options, Grant grant) {
        boolean disclosed = grant.discloses(options.discloseMe());
        if (!disclosed && grant.trustLevel() == null && options.passthru() == null) {
            return EventDetails.NONE;
        }
        return new EventDetails(
                disclosed ? publisher.disclosure() : null,
                null,
                grant.trustLevel(),
                false,
                options.passthru(),
                List.of(),
                0,
                Dict.EMPTY);
    }

    @InTurn
    private FanOut fanOut(Publication publication) {
        FanOut fanOut = new FanOut(publication.receivers(), counters);
        table.forEachMatch(publication.topic(), subscription -> {
            SubscriberList subscribers = subscription.subscribers;
            // Section "Event History": what was for certain sessions is not kept, as their ids mean nothing later.
            if (subscription.history != null && !publication.receivers().nameSessions()) {
                subscription.history.append(publication.stored(timers.now()));
            }
            fanOut.add(subscribers, new EncodeOnce(publication.eventFor(subscription)));
        });
        return fanOut;
    }

    @InTurn
    private void start(Session origin, FanOut fanOut) {
        if (fanOut.fitsOneTurn()) {
            fanOut.deliver(Integer.MAX_VALUE);
            if (fanOut.isAhead()) {
                origin.beginLongWork();
                slowDown(origin);
            }
        } else {
            origin.beginLongWork();
            fanOut.begin();
            deliverSlice(origin, fanOut);
        }
    }

    /**
     * Has a publisher wait that is faster than most of its receivers. Otherwise all their outboxes fill: what waits there would be moved by each
     * collection of the heap, which stops everybody, and lost in the end.
     */
    @InTurn
    private void slowDown(Session publisher) {
        counters.increment(Counter.PUBLISHERS_SLOWED);
        timers.after(SLOW_DOWN, () -> {
            try (Pass pass = Pass.open()) {
                turnstile.run(publisher::endLongWork);
            }
        });
    }

    @InTurn
    private void deliverSlice(Session origin, FanOut fanOut) {
        if (fanOut.deliver(FanOut.SLICE)) {
            fanOut.end();
            if (fanOut.isAhead()) {
                slowDown(origin);
            } else {
                origin.endLongWork();
            }
        } else {
            turnstile.runLater(() -> deliverSlice(origin, fanOut));
        }
    }
}
