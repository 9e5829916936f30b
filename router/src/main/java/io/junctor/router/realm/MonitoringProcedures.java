package io.junctor.router.realm;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.connection.transport.Connection;
import io.junctor.router.meta.MetaAnswer;
import io.junctor.router.meta.MetaArguments;
import io.junctor.router.meta.MetaProcedure;
import io.junctor.router.meta.Page;
import io.junctor.router.metrics.Counters;
import io.junctor.router.metrics.MetricHistory;
import io.junctor.router.metrics.Transport;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.router.metrics.TransportCounters;
import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.router.session.IdTable;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The procedures that give an operator information about the router and one realm: {@code junctor.router.*}, {@code junctor.realm.get},
 * {@code junctor.config.get} and {@code junctor.session.*}. Confined to the realm's turn.
 */
final class MonitoringProcedures {
    private final Realm realm;
    private final RouterContext context;
    private final IdTable<JoinedSession> members;
    private final RealmReport report;

    MonitoringProcedures(Realm realm, RouterContext context, IdTable<JoinedSession> members, RealmReport report) {
        this.realm = realm;
        this.context = context;
        this.members = members;
        this.report = report;
    }

    Map<String, MetaProcedure> byUri() {
        return Map.of(
                "junctor.router.get", (caller, arguments) -> router(),
                "junctor.router.history", (caller, arguments) -> history(),
                "junctor.realm.get", (caller, arguments) -> realm(),
                "junctor.config.get", (caller, arguments) -> config(),
                "junctor.session.list", (caller, arguments) -> sessions(arguments),
                "junctor.session.get", (caller, arguments) -> session(arguments));
    }

    private MetaAnswer router() {
        MetricHistory history = context.history();
        Map<String, Object> transports = new LinkedHashMap<>();
        for (Transport transport : Transport.values()) {
            transports.put(transport.label(), transport(context.counters(), transport));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("time", ArgumentsCodec.time(context.timers().now()));
        answer.put("started", ArgumentsCodec.time(history.started()));
        answer.put("counters", history.counts());
        answer.put("gauges", history.gauges());
        answer.put("transports", transports);
        return MetaAnswer.of(answer);
    }

    private static Map<String, Long> transport(Counters counters, Transport transport) {
        TransportCounters own = counters.of(transport);
        Map<String, Long> counts = new LinkedHashMap<>();
        for (TransportCounter counter : TransportCounter.values()) {
            counts.put(counter.name().toLowerCase(Locale.ROOT), own.value(counter));
        }
        return counts;
    }

    private MetaAnswer history() {
        MetricHistory history = context.history();
        return MetaAnswer.of(Map.of(
                "period_ms", MetricHistory.PERIOD.toMillis(), "columns", history.columns(), "rows", history.rows()));
    }

    @InTurn
    private MetaAnswer realm() {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("realm", realm.config().name());
        answer.putAll(report.toMap());
        return MetaAnswer.of(answer);
    }

    /** The answer is encoded outside of the turn, because encoding many rules takes long. */
    private MetaAnswer config() {
        RealmConfig config = realm.config();
        return new MetaAnswer.Later(
                CompletableFuture.completedFuture(() -> MetaAnswer.of(RealmConfigListing.of(config))));
    }

    @InTurn
    private MetaAnswer sessions(MetaArguments arguments) {
        Page page = Page.of(arguments);
        List<JoinedSession> part = members.copy(page.offset(), page.limit());
        return page.answer(members.size(), part, MonitoringProcedures::row);
    }

    @InTurn
    private MetaAnswer session(MetaArguments arguments) {
        JoinedSession member = members.get(arguments.id(0));
        return member == null ? SessionProcedures.noSession(arguments.id(0)) : MetaAnswer.of(row(member));
    }

    @InTurn
    private static Map<String, @Nullable Object> row(JoinedSession member) {
        Session session = member.session();
        Connection transport = member.connection().transport();
        Instant joined = member.joined();
        Map<String, @Nullable Object> row = new LinkedHashMap<>(SessionProcedures.describe(session));
        row.put("joined", ArgumentsCodec.time(joined));
        row.put("peer", transport.peer());
        row.put("listener", transport.listener());
        row.put("transport", transport.transport().label());
        row.put("encrypted_or_local", transport.isPrivate());
        row.put("serializer", transport.serializer().name().toLowerCase(Locale.ROOT));
        row.put("agent", member.agent());
        row.put("messages_received", member.receivedMessages());
        row.put("messages_sent", session.sentMessages());
        row.put("queue_messages", (long) session.waitingMessages());
        row.put("queue_bytes", session.waitingBytes());
        row.put("events_dropped", session.droppedEvents());
        row.put("requests_refused", session.refusedRequests());
        return row;
    }
}
