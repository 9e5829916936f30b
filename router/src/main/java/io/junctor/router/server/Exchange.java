package io.junctor.router.server;

import io.junctor.router.metrics.Counters;
import io.junctor.router.transport.Acceptor;
import io.junctor.router.turn.Timers;
import java.util.List;

/**
 * Immutable. What all listeners of a router have in common.
 *
 * @param acceptor takes the connections
 * @param counters where connections are counted, and what {@code /metrics} shows
 * @param timers the time for pings and for accepting no faster than allowed
 * @param limit the connections of all listeners together
 * @param gauges what {@code /metrics} shows besides the counters
 */
public record Exchange(Acceptor acceptor, Counters counters, Timers timers, ConnectionLimit limit, List<Gauge> gauges) {
    /** Copies the list. */
    public Exchange {
        gauges = List.copyOf(gauges);
    }
}
