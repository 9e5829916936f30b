package io.junctor.router.realm;

import io.junctor.router.broker.Broker;
import io.junctor.router.dealer.Dealer;
import io.junctor.router.memory.RetentionBudget;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.RealmCounters;
import io.junctor.router.metrics.RealmMetric;
import io.junctor.router.metrics.RealmMetrics;
import io.junctor.router.session.IdTable;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Turnstile;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Cancel;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Yield;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one realm. From time to time it adds the changes to a {@link RealmMetrics}, which the realms of a template share, so that
 * the counts of ended realms are kept there. Confined to the realm's turn.
 */
final class RealmReport {
    private static final RealmMetric[] FIGURES = RealmMetric.values();

    private final Turnstile turnstile;
    private final RetentionBudget.Account kept;
    private final Broker broker;
    private final Dealer dealer;
    private final IdTable<JoinedSession> members;
    private final RealmCounters counters;
    /** The values that this realm has reported to the series. */
    private final long[] told = new long[FIGURES.length];

    private @Nullable RealmMetrics series;
    private boolean ended;

    RealmReport(
            Turnstile turnstile,
            RetentionBudget.Account kept,
            Broker broker,
            Dealer dealer,
            IdTable<JoinedSession> members,
            RealmCounters counters) {
        this.turnstile = turnstile;
        this.kept = kept;
        this.broker = broker;
        this.dealer = dealer;
        this.members = members;
        this.counters = counters;
    }

    /** The figures by name; {@code received} contains the messages by type. */
    @InTurn
    Map<String, Object> toMap() {
        Map<String, Object> figures = new LinkedHashMap<>();
        Map<String, Long> received = new LinkedHashMap<>();
        for (RealmMetric figure : FIGURES) {
            if (figure.kind() == RealmMetric.Kind.MESSAGES) {
                received.put(figure.key(), value(figure));
            } else {
                figures.put(figure.key(), value(figure));
            }
        }
        figures.put("received", received);
        return figures;
    }

    /**
     * Adds the changes since the last report to {@code to}. If {@code to} is another series than before, the gauges move to it. Has no
     * effect after {@link #end}.
     */
    @InTurn
    void report(RealmMetrics to) {
        if (ended) {
            return;
        }
        if (series != to) {
            leave();
            series = to;
        }
        for (RealmMetric figure : FIGURES) {
            tell(to, figure, value(figure));
        }
    }

    /** Removes the gauges of the realm from the series, because the realm has ended; its counts stay. */
    @InTurn
    void end() {
        leave();
        ended = true;
    }

    /** Removes the gauges of the realm from the series, and adds the counts since the last report. */
    @InTurn
    private void leave() {
        RealmMetrics left = series;
        if (left == null) {
            return;
        }
        for (RealmMetric figure : FIGURES) {
            tell(left, figure, figure.kind() == RealmMetric.Kind.GAUGE ? 0 : value(figure));
        }
    }

    @InTurn
    private void tell(RealmMetrics to, RealmMetric figure, long value) {
        long change = value - told[figure.ordinal()];
        if (change != 0) {
            told[figure.ordinal()] = value;
            to.add(figure, change);
        }
    }

    @InTurn
    private long value(RealmMetric figure) {
        return switch (figure) {
            case SESSIONS -> members.size();
            case SUBSCRIPTIONS -> broker.subscriptions();
            case REGISTRATIONS -> dealer.registrations();
            case OPEN_CALLS -> dealer.pendingCalls();
            case OPERATIONS_WAITING -> turnstile.waiting();
            case MAILBOX_BYTES -> turnstile.waitingBytes();
            case KEPT_BYTES -> kept.bytes();
            case SESSIONS_JOINED -> counters.joined();
            case EVENTS_SENT -> counters.value(Counter.EVENTS_SENT);
            case EVENTS_DROPPED -> counters.value(Counter.EVENTS_DROPPED);
            case CALLS_FAILED -> counters.value(Counter.CALLS_FAILED);
            case REQUESTS_OVER_LIMIT -> counters.value(Counter.REQUESTS_OVER_LIMIT);
            case PUBLISHERS_SLOWED -> counters.value(Counter.PUBLISHERS_SLOWED);
            case PUBLISH -> counters.messages(Publish.CODE);
            case CALL -> counters.messages(Call.CODE);
            case YIELD -> counters.messages(Yield.CODE);
            case ERROR -> counters.messages(ErrorMessage.CODE);
            case CANCEL -> counters.messages(Cancel.CODE);
            case SUBSCRIBE -> counters.messages(Subscribe.CODE);
            case UNSUBSCRIBE -> counters.messages(Unsubscribe.CODE);
            case REGISTER -> counters.messages(Register.CODE);
            case UNREGISTER -> counters.messages(Unregister.CODE);
        };
    }
}
