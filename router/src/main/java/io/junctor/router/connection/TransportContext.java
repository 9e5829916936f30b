package io.junctor.router.connection;

import io.junctor.router.metrics.Counters;
import io.junctor.router.metrics.Gauge;
import io.junctor.router.turn.Timers;
import java.util.List;

/**
 * What a transport needs of the router. Its parts are thread-safe.
 *
 * @param acceptor takes new connections
 * @param counters counts what the transport does
 * @param timers the clock, for pings and for limits in time
 * @param limit the limit of connections, which all transports count together
 * @param gauges figures of the router that {@code /metrics} shows besides the counters
 */
public record TransportContext(
        ConnectionAcceptor acceptor, Counters counters, Timers timers, ConnectionLimit limit, List<Gauge> gauges) {
    /** Copies the list. */
    public TransportContext {
        gauges = List.copyOf(gauges);
    }
}
