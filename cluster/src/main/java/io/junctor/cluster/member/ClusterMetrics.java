package io.junctor.cluster.member;

import io.junctor.cluster.engine.Figure;
import io.junctor.cluster.engine.Traffic;
import io.junctor.router.metrics.Gauge;
import io.junctor.router.metrics.LabeledCounter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The metrics of a member, which the router shows on {@code /metrics}. Thread-safe. */
final class ClusterMetrics {
    /** A figure of dropped messages, summed over all kinds of traffic, and the reason that labels it. */
    private record Dropped(Figure figure, String reason) {}

    private static final List<Dropped> DROPPED = List.of(
            new Dropped(Figure.DROPPED_UNREADABLE, "unreadable"),
            new Dropped(Figure.DROPPED_LATE, "late"),
            new Dropped(Figure.DROPPED_OVERFLOW, "overflow"),
            new Dropped(Figure.DROPPED_UNCONNECTED, "unconnected"));

    private final Supplier<@Nullable ClusterConnection> connection;

    /** {@code connection} supplies null as long as the router has no connection. */
    ClusterMetrics(Supplier<@Nullable ClusterConnection> connection) {
        this.connection = connection;
    }

    List<Gauge> gauges() {
        return List.of(
                gauge(
                        "cluster_routers",
                        "routers of the cluster that are there, with this one",
                        ClusterConnection::routers),
                gauge("cluster_suspected_routers", "routers that are silent", ClusterConnection::suspected),
                gauge(
                        "cluster_in_sync",
                        "1 if the router is in sync with the others, else 0",
                        now -> now.problem() == null ? 1 : 0),
                gauge(
                        "cluster_registry_entries",
                        "callees of all routers that this one knows",
                        now -> now.realms().callees()),
                gauge(
                        "cluster_registry_lag",
                        "changes of the registry that the router did not know when it looked last",
                        now -> now.realms().registryLag()),
                gauge(
                        "cluster_open_calls",
                        "calls of this router that are with callees of others",
                        now -> now.realms().openCalls()),
                gauge(
                        "cluster_waiting_calls",
                        "calls, answers and questions that wait until other routers take them",
                        now -> now.realms().waitingCalls()),
                gauge(
                        "cluster_waiting_bytes",
                        "bytes that wait to be sent to other routers or to be taken from them",
                        now -> sum(now, Figure.WAITING_BYTES)));
    }

    List<LabeledCounter> counters() {
        Stream<LabeledCounter> byTraffic = Stream.of(
                        counters("cluster_messages_received", "messages of other routers", Figure.MESSAGES_RECEIVED),
                        counters("cluster_messages_sent", "messages to other routers", Figure.MESSAGES_SENT),
                        counters("cluster_bytes_received", "bytes of other routers", Figure.BYTES_RECEIVED),
                        counters("cluster_bytes_sent", "bytes to other routers", Figure.BYTES_SENT),
                        counters("cluster_reconnects", "times that a lost connection came back", Figure.RECONNECTS))
                .flatMap(Function.identity());
        Stream<LabeledCounter> dropped = DROPPED.stream().map(one -> dropped(one.reason, now -> sum(now, one.figure)));
        Stream<LabeledCounter> realms = Stream.of(
                dropped("mailbox", ClusterConnection::droppedMessages),
                dropped("unreached", now -> now.realms().unreachedMessages()),
                new LabeledCounter(
                        "cluster_credit_used_up",
                        "times that another router took no more",
                        "traffic",
                        "calls",
                        () -> now(now -> now.realms().creditsUsedUp())));
        Stream<LabeledCounter> suspended = Arrays.stream(SuspendedTime.Reason.values())
                .map(reason -> new LabeledCounter(
                        "cluster_suspended_seconds",
                        "seconds in which the router could hand out nothing that only one router may",
                        "reason",
                        reason.name().toLowerCase(Locale.ROOT),
                        () -> now(now -> now.suspendedSeconds(reason))));
        return Stream.of(byTraffic, dropped, realms, suspended)
                .flatMap(Function.identity())
                .toList();
    }

    private LabeledCounter dropped(String reason, ToLongFunction<ClusterConnection> value) {
        return new LabeledCounter(
                "cluster_messages_dropped",
                "messages between routers that were dropped",
                "reason",
                reason,
                () -> now(value));
    }

    private Gauge gauge(String name, String meaning, ToLongFunction<ClusterConnection> value) {
        return new Gauge(name, meaning, () -> now(value));
    }

    private Stream<LabeledCounter> counters(String name, String meaning, Figure figure) {
        return Arrays.stream(Traffic.values())
                .map(traffic -> new LabeledCounter(
                        name,
                        meaning,
                        "traffic",
                        traffic.name().toLowerCase(Locale.ROOT),
                        () -> now(now -> now.figure(traffic, figure))));
    }

    private long now(ToLongFunction<ClusterConnection> value) {
        ClusterConnection now = connection.get();
        return now == null ? 0 : value.applyAsLong(now);
    }

    private static long sum(ClusterConnection now, Figure figure) {
        return Arrays.stream(Traffic.values())
                .mapToLong(traffic -> now.figure(traffic, figure))
                .sum();
    }
}
