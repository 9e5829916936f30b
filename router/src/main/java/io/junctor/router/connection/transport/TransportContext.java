package io.junctor.router.connection.transport;

import io.junctor.router.cluster.Cluster;
import io.junctor.router.metrics.Counters;
import io.junctor.router.metrics.Gauge;
import io.junctor.router.metrics.RealmMetricsTable;
import io.junctor.router.turn.Timers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the router that a transport uses. Its parts are thread-safe.
 *
 * @param acceptor takes new connections
 * @param counters counts the connections and messages of the transport
 * @param timers the clock, for pings and time limits
 * @param limit the limit of connections, common to all transports
 * @param gauges figures of the router that {@code /metrics} shows in addition to the counters
 * @param realms figures of each realm that {@code /metrics} shows
 * @param cluster connects the router with other routers; null without a cluster
 */
public record TransportContext(
        ConnectionAcceptor acceptor,
        Counters counters,
        Timers timers,
        ConnectionLimit limit,
        List<Gauge> gauges,
        RealmMetricsTable realms,
        @Nullable Cluster cluster) {
    /** Copies the list. */
    public TransportContext {
        gauges = List.copyOf(gauges);
    }

    /** Creates the context of a router without a cluster and without figures of its realms. */
    public TransportContext(
            ConnectionAcceptor acceptor, Counters counters, Timers timers, ConnectionLimit limit, List<Gauge> gauges) {
        this(acceptor, counters, timers, limit, gauges, new RealmMetricsTable(), null);
    }
}
