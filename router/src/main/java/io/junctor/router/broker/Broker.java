package io.junctor.router.broker;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.authorization.SenderDisclosure;
import io.junctor.router.cluster.RealmLink;
import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmFeatures;
import io.junctor.router.config.RealmSharing;
import io.junctor.router.connection.OnceEncodedEvent;
import io.junctor.router.memory.RetentionBudget;
import io.junctor.router.meta.MetaEvents;
import io.junctor.router.meta.MetaProcedure;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.RealmCounters;
import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.Session;
import io.junctor.router.spi.EventLog;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Timers;
import io.junctor.router.turn.Turnstile;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Unsubscribed;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.RevocationDetails;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Delivers publications to the subscribers of one realm and keeps its subscriptions, retained events, histories and
 * testaments (section "Publish and Subscribe"). Confined to the realm's turn.
 */
public final class Broker implements MetaEvents {
    private final RandomIds ids;
    private final Turnstile turnstile;
    private final Timers timers;
    private final RealmCounters counters;
    private final ArgumentsCodec codec = new ArgumentsCodec();
    private final SubscriptionTable table;
    private final MetaEventPublisher metaEvents;
    private final @Nullable SubscriptionTransitions transitions;
    private final SubscriptionEvents events;
    private final ClientPublications clientPublications;
    private final RouterPublications routerPublications;
    private final RetainedEvents retained;
    private final RetainedDelivery retainedDelivery;
    private final RetentionCheck keeping;
    /** The brokers of this realm on other routers; null if the realm is on this router only. */
    private final @Nullable RemoteBrokers remote;

    private final Testaments testaments;
    private final HistoryProcedure history;
    private final HistoryTable histories;
    private RealmFeatures features;

    /** The clock, {@code timers}, and the realm's {@code turnstile}, by which deliveries that take several turns continue. */
    public record Schedule(Turnstile turnstile, Timers timers) {}

    /**
     * A broker without subscriptions, except those with a history.
     *
     * @param kept counts the bytes that the realm keeps of publications
     * @param config the realm
     * @param link leads to the realm on other routers; null if the realm is on this router only
     */
    public Broker(
            RandomIds ids,
            Schedule schedule,
            RetentionBudget.Account kept,
            RealmCounters counters,
            RealmConfig config,
            @Nullable RealmLink link) {
        this.ids = ids;
        this.turnstile = schedule.turnstile();
        this.timers = schedule.timers();
        this.counters = counters;
        this.features = config.features();
        this.table = new SubscriptionTable(link == null ? (topic, match) -> ids.next() : link::subscriptionId, timers);
        boolean awaitsOthers = config.sharing().subscribeAck() == RealmSharing.SubscribeAck.CLUSTER;
        this.remote = link == null ? null : new RemoteBrokers(link, table, turnstile, awaitsOthers);
        this.clientPublications = new ClientPublications(turnstile, timers, counters, remote);
        this.routerPublications = new RouterPublications(turnstile);
        this.metaEvents = new MetaEventPublisher(ids, codec, table, remote, () -> features, this::publishHere);
        this.transitions = link == null ? null : new SubscriptionTransitions(link, table, turnstile, codec);
        this.events = new SubscriptionEvents(metaEvents, transitions);
        this.retained = new RetainedEvents(counters, config.limits().kept(), kept);
        this.retainedDelivery = new RetainedDelivery(retained, table, turnstile, counters);
        this.keeping = new RetentionCheck(table, retained, kept, () -> features.logs() != null || link != null);
        this.testaments = new Testaments(
                new Testaments.PublicationFactories(this::publication, metaEvents::onLeave),
                this::publishFor,
                codec,
                config.limits().holdings(),
                kept,
                link);
        this.history = new HistoryProcedure(table, codec, counters.ofRouter(), timers, config);
        this.histories =
                new HistoryTable(config, table, remote, topic -> new InMemoryEventLog(topic, turnstile, timers, kept));
    }

    /** Uses another configuration of the realm. */
    @InTurn
    public void use(RealmConfig config) {
        features = config.features();
        retained.use(config.limits().kept());
        testaments.use(config.limits().holdings());
        history.use(config.limits().kept());
        histories.use(features);
    }

    /** The procedures of the subscription meta API, of event history and of testaments. */
    public Map<String, MetaProcedure> procedures() {
        Map<String, MetaProcedure> procedures = new HashMap<>(new SubscriptionProcedures(table, this::revoke).byUri());
        procedures.putAll(history.byUri());
        procedures.putAll(testaments.byUri());
        procedures.putAll(new TopicListing(table, retained).byUri());
        return procedures;
    }

    /** The procedures that answer questions of other routers: {@code own}, and those for questions of their brokers. */
    public Map<String, MetaProcedure> answersToRouters(Map<String, MetaProcedure> own) {
        Map<String, MetaProcedure> answers = new HashMap<>(own);
        answers.putAll(transitions == null ? Map.of() : transitions.byUri());
        return answers;
    }

    /** Called once a second: refuses publications that were not confirmed in time. */
    @InTurn
    public void onSecond() {
        clientPublications.onSecond();
    }

    /** Delivers a publication to its subscribers and acknowledges it if the publisher asked for that. */
    @InTurn
    public void onPublish(Session session, Publish publish, SenderDisclosure disclosure) {
        Publication publication =
                publication(session, publish.topic(), publish.payload(), publish.options(), disclosure);
        if (publish.options().acknowledge()
                && !keeping.admits(publication, publish.options().retain())) {
            counters.increment(Counter.REQUESTS_OVER_LIMIT);
            session.refuse(Publication.NOT_KEPT.about(publish.topic().text()), Publish.CODE, publish.request());
            return;
        }
        long retention = retain(publication, publish.options().retain());
        // This also appends the event to the histories, so that an acknowledged event is in its history.
        FanOut fanOut = fanOut(publication, true);
        clientPublications.publish(session, publish, publication, retention, fanOut);
    }

    /** Publishes an event, such as a testament, for a session that has ended because its router has failed. */
    @InTurn
    public void publishFor(SharedEvent event) {
        publishFor(Publication.of(event), event.isRetained());
    }

    /** Publishes a testament, or the event that a session has left, for a session that has ended. */
    @InTurn
    private void publishFor(Publication publication, boolean isRetained) {
        long retention = retain(publication, isRetained);
        publishHere(publication, true);
        if (remote != null) {
            remote.publish(publication, retention);
        }
    }

    /** Retains a publication if {@code isRetained}; returns the value for {@code retention} of {@link SharedEvent}. */
    @InTurn
    private long retain(Publication publication, boolean isRetained) {
        return isRetained ? retained.keep(publication.retained()) : 0;
    }

    /** Delivers an event of another router, and retains it if that router does. The histories of this router store it, too. */
    @InTurn
    public void onRemoteEvent(SharedEvent event) {
        if (event.isRetained()) {
            onRetained(event);
        }
        publishHere(Publication.of(event), false);
    }

    /** Retains an event of another router, without a delivery. */
    @InTurn
    public void onRetained(SharedEvent event) {
        retained.keep(Publication.of(event).retained(), event.retention());
    }

    /** Passes the events that are retained for all subscribers to {@code taker}, in one or more turns; then runs {@code after} in a turn. */
    @InTurn
    public void tellRetained(Consumer<SharedEvent> taker, Runnable after) {
        retainedDelivery.tell(taker, after);
    }

    @InTurn
    private void publishHere(Publication publication, boolean isOwn) {
        routerPublications.publish(fanOut(publication, isOwn));
    }

    /** The permissions that a session needs for its subscriptions, one for each. */
    @InTurn
    public List<PermissionQuery> held(Session session) {
        return table.idsOf(session).stream()
                .map(table::get)
                .filter(Objects::nonNull)
                .map(Subscription::permissionQuery)
                .toList();
    }

    /**
     * Subscribes a session; answers a repeated subscription to the same topic or pattern with the same id. In a cluster, the session is
     * subscribed and answered when the other routers know that this router wants the events.
     */
    @InTurn
    public void onSubscribe(Session session, Subscribe subscribe) {
        int waiting = remote == null ? 0 : remote.waiting(session);
        if (remote == null || (waiting == 0 && remote.isKnown(subscribe))) {
            attach(session, subscribe, 0);
        } else if (table.subscriptionCount(session) + waiting
                >= session.limits().subscriptions()) {
            attach(session, subscribe, waiting);
        } else {
            remote.await(session, subscribe, () -> attach(session, subscribe, 0));
        }
    }

    /** Subscribes a session, which has {@code waiting} other requests that wait, and answers the request. */
    @InTurn
    private void attach(Session session, Subscribe subscribe, int waiting) {
        MatchPolicy match = subscribe.options().match();
        Subscription held = table.get(subscribe.topic(), match);
        boolean isNew = held == null || table.subscriber(session.id(), held.id()) == null;
        if (isNew
                && table.subscriptionCount(session) + waiting
                        >= session.limits().subscriptions()) {
            counters.increment(Counter.REQUESTS_OVER_LIMIT);
            session.refuse(BrokerErrors.tooMany(session.limits()), Subscribe.CODE, subscribe.request());
            return;
        }
        if (held == null && !table.hasRoom(session, subscribe.topic(), match)) {
            counters.increment(Counter.REQUESTS_OVER_LIMIT);
            session.refuse(
                    BrokerErrors.TOO_MANY_SHAPES.about(subscribe.topic().text()), Subscribe.CODE, subscribe.request());
            return;
        }
        Subscription subscription = isNew || held == null ? table.subscribe(session, subscribe.topic(), match) : held;
        session.reply(new Subscribed(subscribe.request(), subscription.id()));
        if (subscribe.options().withRetained()) {
            retainedDelivery.send(session, subscription);
        }
        if (isNew) {
            events.onSubscribed(session, subscription);
        }
    }

    /** Removes this session from a subscription. */
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
            onRemoved(session, subscription);
        }
    }

    /**
     * Removes a session from a subscription by the meta API and sends it UNSUBSCRIBED if it supports revocation
     * (section "Subscription Revocation").
     */
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
        onRemoved(session, subscription);
    }

    /** Announces that a session was removed from a subscription. */
    @InTurn
    private void onRemoved(Session session, Subscription subscription) {
        if (remote != null) {
            remote.onRemoved(subscription.uri(), subscription.match());
        }
        events.onUnsubscribed(session, subscription);
    }

    /** Counts an event that could not be sent to {@code session}: the next event contains the number of dropped events. */
    @InTurn
    public void onUndeliverable(Session session, Event event) {
        Subscriber subscriber = table.subscriber(session.id(), event.subscription());
        if (subscriber != null) {
            subscriber.dropped += 1 + event.details().dropped();
        }
    }

    @Override
    @InTurn
    public void announce(Uri topic, @Nullable PermissionQuery needed, Supplier<Arguments> arguments) {
        metaEvents.announce(topic, needed, arguments);
    }

    /** Announces events to the subscribers of this router only, because each router announces these events itself. */
    public MetaEvents here() {
        return metaEvents::announceHere;
    }

    /** Prepares for the failure of this router: another router then announces that the session, which has just joined, has left. */
    @InTurn
    public void onJoined(Session session) {
        testaments.onJoined(session);
    }

    /** Whether the realm is shared with other routers. */
    public boolean isShared() {
        return remote != null;
    }

    /** Removes a session that leaves from all its subscriptions, in slices, then runs {@code after}. */
    @InTurn
    public void onLeave(Session session, Runnable after) {
        turnstile
                .slices()
                .forEach(table.takeAll(session), subscriber -> onRemoved(session, table.remove(subscriber)), after);
    }

    /** Publishes, if {@code publishes}, the testaments of an ended session, in slices, and the event that it has left; then runs {@code after}. */
    @InTurn
    public void onEnd(Session session, boolean publishes, Runnable after) {
        if (publishes) {
            metaEvents.onEnd(
                    session, told -> turnstile.slices().forEach(testaments.take(session), Runnable::run, told), after);
        } else {
            testaments.take(session);
            after.run();
        }
    }

    /** The number of subscriptions. */
    @InTurn
    public int subscriptions() {
        return table.size();
    }

    @InTurn
    private Publication publication(
            Session publisher, Uri topic, Payload payload, PublishMessageOptions options, SenderDisclosure disclosure) {
        ReceiverFilter receivers = ReceiverFilter.of(publisher, options, features);
        return new Publication(
                ids.next(), topic, payload, Publication.details(publisher, options, disclosure), receivers);
    }

    /** Finds the receivers of a publication, and appends it to the histories; if not {@code isOwn}, only to those that are not shared. */
    @InTurn
    private FanOut fanOut(Publication publication, boolean isOwn) {
        FanOut fanOut = new FanOut(publication.receivers(), counters);
        table.forEachMatch(publication.topic(), subscription -> {
            subscription.publications++;
            SubscriberList subscribers = subscription.subscribers;
            EventLog history = subscription.history;
            if (history != null
                    && RetentionCheck.isForHistory(subscription, publication)
                    && (isOwn || !history.isShared())) {
                if (keeping.isHistoryClosed()) {
                    counters.increment(Counter.EVENTS_NOT_IN_HISTORY);
                } else {
                    fanOut.storedBy(history.append(publication.stored(timers.now())));
                }
            }
            fanOut.add(subscribers, new OnceEncodedEvent(publication.eventFor(subscription)));
        });
        return fanOut;
    }
}
