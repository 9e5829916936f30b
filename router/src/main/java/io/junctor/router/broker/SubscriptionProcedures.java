package io.junctor.router.broker;

import io.junctor.router.authorization.SessionPermissions;
import io.junctor.router.meta.InvalidArgument;
import io.junctor.router.meta.MetaAnswer;
import io.junctor.router.meta.MetaArguments;
import io.junctor.router.meta.MetaProcedure;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Belongs to the turn. The subscription meta API (section "Subscription Meta API"). Subscriptions to {@code wamp.*} topics are hidden.
 */
final class SubscriptionProcedures {
    private static final Refusal NO_SUBSCRIPTION =
            Refusal.of(WampError.NO_SUCH_SUBSCRIPTION, "there is no subscription with this id");
    private static final Refusal NO_SUBSCRIBER =
            Refusal.of(WampError.NO_SUCH_SUBSCRIPTION, "this session holds no subscription with this id");

    private final Broker broker;
    private final SubscriptionTable table;

    SubscriptionProcedures(Broker broker, SubscriptionTable table) {
        this.broker = broker;
        this.table = table;
    }

    Map<String, MetaProcedure> byUri() {
        return Map.of(
                "wamp.subscription.list", (caller, arguments) -> list(caller),
                "wamp.subscription.lookup", this::lookup,
                "wamp.subscription.match", this::match,
                "wamp.subscription.get",
                        (caller, arguments) -> about(caller, arguments, found -> MetaAnswer.of(found.describe())),
                "wamp.subscription.list_subscribers",
                        (caller, arguments) -> about(caller, arguments, SubscriptionProcedures::subscribers),
                "wamp.subscription.count_subscribers",
                        (caller, arguments) ->
                                about(caller, arguments, found -> MetaAnswer.of((long) found.audience.size())),
                "wamp.subscription.remove_subscriber", (caller, arguments) -> removeSubscriber(arguments));
    }

    @InTurn
    private MetaAnswer list(Session caller) {
        List<Subscription> all = table.all();
        Set<Long> own = table.idsOf(caller);
        return MetaAnswer.about(all.size(), () -> MetaAnswer.of(idsByMatch(all, own, caller.rights())));
    }

    /** Perhaps outside of the turn. */
    private static Map<String, List<Long>> idsByMatch(
            List<Subscription> subscriptions, Set<Long> own, SessionPermissions rights) {
        Map<String, List<Long>> idsByMatch = new LinkedHashMap<>();
        for (MatchPolicy match : MatchPolicy.values()) {
            idsByMatch.put(match.wire(), new ArrayList<>());
        }
        for (Subscription subscription : subscriptions) {
            List<Long> ids = idsByMatch.get(subscription.match.wire());
            if (ids != null
                    && !subscription.topic.isReserved()
                    && (own.contains(subscription.id) || rights.mayNow(subscription.subscribing()))) {
                ids.add(subscription.id);
            }
        }
        return idsByMatch;
    }

    @InTurn
    private MetaAnswer lookup(Session caller, MetaArguments arguments) {
        Subscription found = table.get(arguments.uri(0), arguments.optionalMatch(1));
        return MetaAnswer.of(found == null || !isVisible(caller, found) ? null : (Object) found.id);
    }

    @InTurn
    private MetaAnswer match(Session caller, MetaArguments arguments) {
        Uri topic = arguments.uri(0);
        if (!caller.rights().isPattern(topic, MatchPolicy.EXACT)) {
            throw new InvalidArgument("argument 1 must be a URI");
        }
        List<Long> ids = new ArrayList<>();
        table.forEachMatch(topic, subscription -> {
            if (isVisible(caller, subscription)) {
                ids.add(subscription.id);
            }
        });
        return MetaAnswer.of(ids.isEmpty() ? null : (Object) ids);
    }

    /** A session is told of the subscriptions that it has, and of those that it may have. */
    @InTurn
    private boolean isVisible(Session caller, Subscription subscription) {
        return !subscription.topic.isReserved()
                && (table.attachment(caller.id(), subscription.id) != null
                        || caller.rights().mayNow(subscription.subscribing()));
    }

    @InTurn
    private MetaAnswer removeSubscriber(MetaArguments arguments) {
        long id = arguments.id(0);
        Subscriber attachment = table.attachment(arguments.id(1), id);
        String reason = arguments.optionalText("reason");
        Refusal refusal = hidden(table.get(id));
        if (refusal != null || attachment == null) {
            return new MetaAnswer.Refused(refusal == null ? NO_SUBSCRIBER : refusal);
        }
        return MetaAnswer.done(() -> broker.revoke(attachment, reason));
    }

    @InTurn
    private MetaAnswer about(Session caller, MetaArguments arguments, Function<Subscription, MetaAnswer> told) {
        Subscription subscription = table.get(arguments.id(0));
        Refusal refusal = hidden(subscription);
        return subscription == null || refusal != null || !isVisible(caller, subscription)
                ? new MetaAnswer.Refused(refusal == null ? NO_SUBSCRIPTION : refusal)
                : told.apply(subscription);
    }

    @InTurn
    private static MetaAnswer subscribers(Subscription subscription) {
        @Nullable Subscriber[] slots = subscription.audience.copy();
        return MetaAnswer.about(slots.length, () -> MetaAnswer.of(sessions(slots)));
    }

    /** Perhaps outside of the turn. */
    private static List<Long> sessions(@Nullable Subscriber[] slots) {
        List<Long> sessions = new ArrayList<>(slots.length);
        for (Subscriber attachment : slots) {
            if (attachment != null) {
                sessions.add(attachment.session.id());
            }
        }
        return sessions;
    }

    private static @Nullable Refusal hidden(@Nullable Subscription subscription) {
        if (subscription == null) {
            return NO_SUBSCRIPTION;
        }
        return subscription.topic.isReserved() ? SessionPermissions.DENIED.refusal() : null;
    }
}
