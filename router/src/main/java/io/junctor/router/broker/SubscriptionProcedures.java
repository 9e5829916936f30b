package io.junctor.router.broker;

import io.junctor.router.meta.MetaAnswer;
import io.junctor.router.meta.MetaArguments;
import io.junctor.router.meta.MetaProcedure;
import io.junctor.router.meta.PatternProcedures;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.value.Uri;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers calls to the subscription meta API (section "Subscription Meta API"). */
final class SubscriptionProcedures {
    /** Removes a subscriber from its subscription. */
    @FunctionalInterface
    interface Revocation {
        /** Removes {@code subscriber}; the client gets {@code reason} in UNSUBSCRIBED. */
        @InTurn
        void revoke(Subscriber subscriber, @Nullable String reason);
    }

    private final SubscriptionTable table;
    private final Revocation revocation;
    private final PatternProcedures<Subscription> common;

    SubscriptionProcedures(SubscriptionTable table, Revocation revocation) {
        this.table = table;
        this.revocation = revocation;
        this.common = new PatternProcedures<>(table, table::idsOf);
    }

    /** The procedures by URI. */
    Map<String, MetaProcedure> byUri() {
        return Map.of(
                "wamp.subscription.list", (caller, arguments) -> common.list(caller),
                "wamp.subscription.lookup", common::lookup,
                "wamp.subscription.match", this::match,
                "wamp.subscription.get", common::get,
                "wamp.subscription.list_subscribers",
                        (caller, arguments) -> common.about(caller, arguments, SubscriptionProcedures::subscribers),
                "wamp.subscription.count_subscribers",
                        (caller, arguments) -> common.about(
                                caller, arguments, found -> MetaAnswer.of((long) found.subscribers.size())),
                "wamp.subscription.remove_subscriber", (caller, arguments) -> removeSubscriber(arguments));
    }

    @InTurn
    private MetaAnswer match(Session caller, MetaArguments arguments) {
        Uri topic = PatternProcedures.uriToMatch(caller, arguments);
        List<Long> ids = new ArrayList<>();
        table.forEachMatch(topic, subscription -> {
            if (common.isVisible(caller, subscription)) {
                ids.add(subscription.id());
            }
        });
        return MetaAnswer.of(ids.isEmpty() ? null : (Object) ids);
    }

    @InTurn
    private MetaAnswer removeSubscriber(MetaArguments arguments) {
        long id = arguments.id(0);
        long session = arguments.id(1);
        String reason = arguments.optionalText("reason");
        Subscription subscription = table.get(id);
        if (subscription == null) {
            return new MetaAnswer.Refused(table.notFound(id));
        }
        if (subscription.uri().isReserved()) {
            return new MetaAnswer.Refused(PatternProcedures.reserved(subscription));
        }
        Subscriber subscriber = table.subscriber(session, id);
        return subscriber == null
                ? new MetaAnswer.Refused(table.notHeld(session, id))
                : MetaAnswer.done(() -> revocation.revoke(subscriber, reason));
    }

    @InTurn
    private static MetaAnswer subscribers(Subscription subscription) {
        return MetaAnswer.about(subscription.subscribers.end(), () -> {
            @Nullable Subscriber[] slots = subscription.subscribers.copy();
            return () -> MetaAnswer.of(sessions(slots));
        });
    }

    /** The session ids of the subscribers in {@code slots}. May run outside of the turn. */
    private static List<Long> sessions(@Nullable Subscriber[] slots) {
        List<Long> sessions = new ArrayList<>(slots.length);
        for (Subscriber subscriber : slots) {
            if (subscriber != null) {
                sessions.add(subscriber.session.id());
            }
        }
        return sessions;
    }
}
