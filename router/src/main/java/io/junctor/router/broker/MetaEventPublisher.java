package io.junctor.router.broker;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.config.RealmFeatures;
import io.junctor.router.meta.MetaEvents;
import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.router.session.RandomIds;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes and announces the events of the meta API. Confined to the realm's turn. */
final class MetaEventPublisher implements MetaEvents {
    private static final Uri ON_LEAVE = new Uri("wamp.session.on_leave");

    private final RandomIds ids;
    private final ArgumentsCodec codec;
    private final SubscriptionTable table;
    private final @Nullable RemoteBrokers remote;
    private final Supplier<RealmFeatures> features;
    private final DeliveryHere deliveryHere;

    /** Delivers an event to the subscribers of this router. */
    @FunctionalInterface
    interface DeliveryHere {
        /** Delivers {@code publication}; {@code isOwn} is true if this router alone announces the event. */
        @InTurn
        void deliver(Publication publication, boolean isOwn);
    }

    /**
     * Announces only events of features that are switched on in the realm.
     *
     * @param remote the brokers of the realm on other routers; null if the realm is on this router only
     */
    MetaEventPublisher(
            RandomIds ids,
            ArgumentsCodec codec,
            SubscriptionTable table,
            @Nullable RemoteBrokers remote,
            Supplier<RealmFeatures> features,
            DeliveryHere deliveryHere) {
        this.ids = ids;
        this.codec = codec;
        this.table = table;
        this.remote = remote;
        this.features = features;
        this.deliveryHere = deliveryHere;
    }

    @InTurn
    @Override
    public void announce(Uri topic, @Nullable PermissionQuery needed, Supplier<Arguments> arguments) {
        if (offers(topic) && (table.hasMatch(topic) || remote != null)) {
            Publication publication = event(topic, needed, arguments);
            deliveryHere.deliver(publication, true);
            if (remote != null) {
                remote.publish(publication, 0);
            }
        }
    }

    /** Announces an event to the subscribers of this router only, because each router announces this event itself. */
    @InTurn
    void announceHere(Uri topic, @Nullable PermissionQuery needed, Supplier<Arguments> arguments) {
        if (offers(topic) && table.hasMatch(topic)) {
            deliveryHere.deliver(event(topic, needed, arguments), false);
        }
    }

    /**
     * Publishes the {@code testaments} of a session that has ended, then the event that it has left. {@code after} runs afterwards, but
     * does not wait until this router may inform other routers.
     */
    @InTurn
    void onEnd(Session session, Consumer<Runnable> testaments, Runnable after) {
        if (remote == null || remote.isTrusted()) {
            testaments.accept(() -> {
                announceLeave(session);
                after.run();
            });
        } else {
            remote.whenTrusted(() -> testaments.accept(() -> announceLeave(session)));
            after.run();
        }
    }

    @InTurn
    private void announceLeave(Session session) {
        announce(ON_LEAVE, () -> leave(session));
    }

    /** The event {@code wamp.session.on_leave} of a session; null if the realm does not offer it. */
    @InTurn
    @Nullable
    Publication onLeave(Session session) {
        return offers(ON_LEAVE) ? event(ON_LEAVE, null, () -> leave(session)) : null;
    }

    private static Arguments leave(Session session) {
        return Arguments.of(
                session.id(), session.identity().authid(), session.identity().authrole());
    }

    private boolean offers(Uri topic) {
        return features.get().offers(topic.text());
    }

    @InTurn
    private Publication event(Uri topic, @Nullable PermissionQuery needed, Supplier<Arguments> arguments) {
        Payload payload = codec.encode(arguments.get());
        ReceiverFilter receivers = needed == null ? ReceiverFilter.ALL : ReceiverFilter.permitted(needed);
        return new Publication(ids.next(), topic, payload, EventDetails.NONE, receivers);
    }
}
