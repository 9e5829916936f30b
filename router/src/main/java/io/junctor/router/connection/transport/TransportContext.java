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
 * @param counters counts what the transport does
 * @param timers the clock, for pings and for limits in time
 * @param limit the limit of connections, which all transports count together
 * @param gauges figures of the router that {@code /metrics} shows besides the counters
 * @param realms figures of each realm that {@code /metrics} shows
 * @param cluster connects the router with others; null where it is alone
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

    /** Of a router that is alone, without figures of its realms. */
    public TransportContext(
            ConnectionAcceptor acceptor, Counters counters, Timers timers, ConnectionLimit limit, List<Gauge> gauges) {
        this(acceptor, counters, timers, limit, gauges, new RealmMetricsTable(), null);
    }
}
