package io.junctor.router.broker;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmLimits.Kept;
import io.junctor.router.meta.InvalidArgumentException;
import io.junctor.router.meta.MetaAnswer;
import io.junctor.router.meta.MetaArguments;
import io.junctor.router.meta.MetaProcedure;
import io.junctor.router.meta.PatternProcedures;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.spi.Action;
import io.junctor.router.spi.EventLog;
import io.junctor.router.spi.EventPage;
import io.junctor.router.spi.EventQuery;
import io.junctor.router.spi.StoredEvent;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.codec.EncodedElement;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/**
 * Answers {@code wamp.subscription.get_events} from the event logs of a realm (section "Event History"). Confined to
 * the realm's turn.
 */
final class HistoryProcedure {
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

    private final SubscriptionTable table;
    private final PatternProcedures<Subscription> common;
    private final ArgumentsCodec codec;
    private final Counters counters;
    private final Timers timers;
    /** The limits of an answer. Replaced in the turn; a worker that reads them meanwhile sees either the old or the new limits. */
    private Kept limits;

    HistoryProcedure(
            SubscriptionTable table, ArgumentsCodec codec, Counters counters, Timers timers, RealmConfig config) {
        this.timers = timers;
        this.table = table;
        this.common = new PatternProcedures<>(table, table::idsOf);
        this.codec = codec;
        this.counters = counters;
        this.limits = config.limits().kept();
    }

    /** Uses other limits, for answers from now on. */
    @InTurn
    void use(Kept others) {
        limits = others;
    }

    Map<String, MetaProcedure> byUri() {
        return Map.of("wamp.subscription.get_events", this::events);
    }

    @InTurn
    private MetaAnswer events(Session caller, MetaArguments arguments) {
        long id = arguments.id(0);
        EventQuery query = query(caller, arguments);
        Subscription subscription = table.get(id);
        if (subscription == null) {
            return new MetaAnswer.Refused(table.notFound(id));
        }
        PermissionQuery permissionQuery = query.topic() == null
                ? new PermissionQuery(Action.SUBSCRIBE, subscription.uri(), subscription.match())
                : new PermissionQuery(Action.SUBSCRIBE, query.topic(), MatchPolicy.EXACT);
        boolean isKnown = subscription.uri().isReserved() || common.isVisible(caller, subscription);
        boolean mayRead = mayRead(caller, subscription, permissionQuery);
        if (!isKnown && (!mayRead || subscription.history == null)) {
            return new MetaAnswer.Refused(table.notFound(id));
        }
        if (!mayRead) {
            return new MetaAnswer.Denied(permissionQuery);
        }
        if (subscription.history == null) {
            return new MetaAnswer.Refused(noHistory(subscription));
        }
        Serializer target = caller.serializer();
        return new MetaAnswer.Later(readWithTimeout(subscription.history, query)
                .thenApply(page -> () -> answer(page, subscription, target)));
    }

    private static Refusal noHistory(Subscription subscription) {
        return Refusal.of(
                WampError.HISTORY_UNAVAILABLE,
                "this realm keeps no history of " + subscription.uri().text() + " (match: "
                        + subscription.match().wire()
                        + "): add a topic with this uri and match to history in the realm's configuration");
    }

    /**
     * Reads from the log, and fails if the log does not answer in time, so that a log that never answers does not block the session for
     * ever.
     */
    private CompletionStage<EventPage> readWithTimeout(EventLog log, EventQuery query) {
        CompletableFuture<EventPage> answer = new CompletableFuture<>();
        Timers.Timer limit = timers.after(
                READ_TIMEOUT,
                () -> answer.completeExceptionally(new TimeoutException(
                        "the event log has not answered within " + READ_TIMEOUT.toSeconds() + " s")));
        read(log, query).whenComplete((page, fault) -> {
            limit.cancel();
            if (fault == null) {
                answer.complete(page);
            } else {
                answer.completeExceptionally(fault);
            }
        });
        return answer;
    }

    /** Reads from the log, which a program may have supplied. */
    private static CompletionStage<EventPage> read(EventLog log, EventQuery query) {
        try {
            return log.read(query);
        } catch (RuntimeException | Error fault) {
            return CompletableFuture.failedFuture(fault);
        }
    }

    /** Whether the session may subscribe to the topic or pattern (section "Event History"). */
    @InTurn
    private static boolean mayRead(Session caller, Subscription subscription, PermissionQuery permissionQuery) {
        return !subscription.uri().isReserved() && caller.rights().mayNow(permissionQuery);
    }

    @InTurn
    private EventQuery query(Session caller, MetaArguments arguments) {
        Uri uri = arguments.optionalUri("topic");
        if (uri != null && !caller.rights().isPattern(uri, MatchPolicy.EXACT)) {
            throw new InvalidArgumentException("the keyword argument topic must be a URI");
        }
        int limit = Objects.requireNonNullElse(arguments.optionalCount("limit"), Integer.MAX_VALUE);
        return new EventQuery(
                caller.identity(),
                new EventQuery.Times(
                        arguments.optionalTime("from_time"),
                        arguments.optionalTime("after_time"),
                        arguments.optionalTime("before_time"),
                        arguments.optionalTime("until_time")),
                new EventQuery.Positions(
                        arguments.optionalId("from_publication"),
                        arguments.optionalId("after_publication"),
                        arguments.optionalId("before_publication"),
                        arguments.optionalId("until_publication")),
                uri,
                arguments.flag("reverse"),
                Math.min(limit, limits.historyEvents()));
    }

    /** Encodes the events for the session, as many as fit into one answer. Runs outside of the turn. */
    private MetaAnswer.Ready answer(EventPage page, Subscription subscription, Serializer target) {
        List<Map<String, Object>> answered = new ArrayList<>(page.events().size());
        boolean isLimitReached = page.isLimitReached();
        long bytes = 0;
        for (StoredEvent event : page.events()) {
            bytes += event.payload().length();
            if (bytes > limits.historyBytes() && !answered.isEmpty()) {
                isLimitReached = true;
                break;
            }
            try {
                answered.add(answer(event, subscription, codec.elements(event.payload(), target)));
            } catch (UnrepresentableException problem) {
                counters.increment(Counter.EVENTS_UNREPRESENTABLE);
            }
        }
        Map<String, Object> keywords = isLimitReached ? Map.of("is_limit_reached", true) : Map.of();
        return new MetaAnswer.Values(new Arguments(List.of(answered), keywords), () -> {});
    }

    private static Map<String, Object> answer(
            StoredEvent event, Subscription subscription, List<EncodedElement> elements) {
        EventDetails details = subscription.match() == MatchPolicy.EXACT
                ? event.details()
                : event.details().withTopic(event.topic());
        Map<String, Object> answered = new LinkedHashMap<>();
        answered.put("timestamp", ArgumentsCodec.time(event.time()));
        answered.put("subscription", subscription.id());
        answered.put("publication", event.publication());
        answered.put("details", details.toDict().entries());
        if (!elements.isEmpty()) {
            answered.put("args", elements.getFirst());
        }
        if (elements.size() > 1) {
            answered.put("kwargs", elements.get(1));
        }
        return answered;
    }
}
