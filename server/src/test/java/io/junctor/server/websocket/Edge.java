package io.junctor.server.websocket;

import io.junctor.router.config.ListenerConfig;
import io.junctor.router.connection.ConnectionLimit;
import io.junctor.router.connection.TransportContext;
import io.junctor.router.metrics.Counters;
import io.junctor.router.metrics.Gauge;
import io.junctor.router.turn.ManualTimers;
import io.junctor.server.ListenFailure;
import io.junctor.server.Listener;
import io.junctor.server.ListenerBinding;
import java.util.List;

/** Used by one test. A listener on a free port with everything around it. */
public final class Edge implements AutoCloseable {
    public final ManualTimers timers = new ManualTimers();
    public final Counters counters = new Counters();
    public final ConnectionLimit limit;
    public final Switchboard switchboard;
    public final Listener listening;

    private Edge(Switchboard switchboard, ListenerConfig config, int connections) throws ListenFailure {
        this(switchboard, config, new ConnectionLimit(connections));
    }

    private Edge(Switchboard switchboard, ListenerConfig config, ConnectionLimit limit) throws ListenFailure {
        this.switchboard = switchboard;
        this.limit = limit;
        Gauge gauge = new Gauge("test.gauge", "a gauge of the test", () -> 42);
        this.listening = ListenerBinding.bind(
                config, new TransportContext(switchboard, counters, timers, limit, List.of(gauge)));
    }

    public static Edge with(Switchboard switchboard) throws ListenFailure {
        return new Edge(switchboard, ListenerConfig.of("127.0.0.1", 0), 10_000);
    }

    public static Edge with(Switchboard switchboard, ListenerConfig config) throws ListenFailure {
        return new Edge(switchboard, config, 10_000);
    }

    public static Edge with(Switchboard switchboard, int connections) throws ListenFailure {
        return new Edge(switchboard, ListenerConfig.of("127.0.0.1", 0), connections);
    }

    public static Edge withIncoming(Switchboard switchboard, long incomingBytes) throws ListenFailure {
        return new Edge(switchboard, ListenerConfig.of("127.0.0.1", 0), new ConnectionLimit(10_000, incomingBytes));
    }

    public static ListenerConfig config(List<String> origins) {
        return ListenerConfig.builder().port(0).origins(origins).build();
    }

    public int port() {
        return listening.port();
    }

    /** The sockets open, with or without a WebSocket. */
    public int sockets() {
        return listening.sockets();
    }

    @Override
    public void close() {
        listening.close();
    }
}
