package io.junctor.router.server;

import io.junctor.router.config.ListenerConfig;
import io.junctor.router.metrics.Counters;
import java.util.List;

/** Used by one test. A listener on a free port with everything around it. */
final class Edge implements AutoCloseable {
    final HandTimers timers = new HandTimers();
    final Counters counters = new Counters();
    final ConnectionLimit limit;
    final Switchboard switchboard;
    final Listening listening;

    private Edge(Switchboard switchboard, ListenerConfig config, int connections) throws ListenFailure {
        this(switchboard, config, new ConnectionLimit(connections));
    }

    private Edge(Switchboard switchboard, ListenerConfig config, ConnectionLimit limit) throws ListenFailure {
        this.switchboard = switchboard;
        this.limit = limit;
        Gauge gauge = new Gauge("test.gauge", "a gauge of the test", () -> 42);
        this.listening =
                WebSocketServer.bind(config, new Exchange(switchboard, counters, timers, limit, List.of(gauge)));
    }

    static Edge with(Switchboard switchboard) throws ListenFailure {
        return new Edge(switchboard, ListenerConfig.of("127.0.0.1", 0), 10_000);
    }

    static Edge with(Switchboard switchboard, ListenerConfig config) throws ListenFailure {
        return new Edge(switchboard, config, 10_000);
    }

    static Edge with(Switchboard switchboard, int connections) throws ListenFailure {
        return new Edge(switchboard, ListenerConfig.of("127.0.0.1", 0), connections);
    }

    static Edge withIncoming(Switchboard switchboard, long incomingBytes) throws ListenFailure {
        return new Edge(switchboard, ListenerConfig.of("127.0.0.1", 0), new ConnectionLimit(10_000, incomingBytes));
    }

    static ListenerConfig config(List<String> origins) {
        return ListenerConfig.builder().port(0).origins(origins).build();
    }

    int port() {
        return listening.port();
    }

    /** The sockets open, with or without a WebSocket. */
    int sockets() {
        return listening.sockets();
    }

    @Override
    public void close() {
        listening.close();
    }
}
