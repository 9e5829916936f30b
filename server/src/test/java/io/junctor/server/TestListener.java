package io.junctor.server;

import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.connection.transport.ConnectionLimit;
import io.junctor.router.connection.transport.TransportContext;
import io.junctor.router.metrics.Counters;
import io.junctor.router.metrics.Gauge;
import io.junctor.router.turn.ManualTimers;
import io.junctor.testkit.IoThreads;
import io.junctor.testkit.RecordingAcceptor;
import java.net.URI;
import java.util.List;

/** A listener on a free port with a router. Confined to the thread of one test. */
public final class TestListener implements AutoCloseable {
    public final ManualTimers timers = new ManualTimers(IoThreads::awaitIdle);
    public final Counters counters = new Counters();
    public final ConnectionLimit limit;
    public final RecordingAcceptor acceptor;
    private final Listener listener;

    private TestListener(RecordingAcceptor acceptor, ListenerConfig config, int connections) throws ListenException {
        this(acceptor, config, new ConnectionLimit(connections));
    }

    private TestListener(RecordingAcceptor acceptor, ListenerConfig config, ConnectionLimit limit)
            throws ListenException {
        this.acceptor = acceptor;
        this.limit = limit;
        Gauge gauge = new Gauge("test.gauge", "a gauge of the test", () -> 42);
        this.listener =
                ListenerBinding.bind(config, new TransportContext(acceptor, counters, timers, limit, List.of(gauge)));
    }

    public static TestListener with(RecordingAcceptor acceptor) throws ListenException {
        return new TestListener(acceptor, ListenerConfig.of("127.0.0.1", 0), 10_000);
    }

    public static TestListener with(RecordingAcceptor acceptor, ListenerConfig config) throws ListenException {
        return new TestListener(acceptor, config, 10_000);
    }

    public static TestListener with(RecordingAcceptor acceptor, int connections) throws ListenException {
        return new TestListener(acceptor, ListenerConfig.of("127.0.0.1", 0), connections);
    }

    public static TestListener withIncoming(RecordingAcceptor acceptor, long incomingBytes) throws ListenException {
        return new TestListener(
                acceptor, ListenerConfig.of("127.0.0.1", 0), new ConnectionLimit(10_000, incomingBytes));
    }

    public static ListenerConfig config(List<String> origins) {
        return ListenerConfig.builder().port(0).origins(origins).build();
    }

    public URI uri() {
        return listener.uri();
    }

    public int port() {
        return listener.port();
    }

    /** Returns how many sockets are open, upgraded or not. */
    public int sockets() {
        return listener.sockets();
    }

    public long bufferBytes() {
        return listener.bufferBytes();
    }

    public void stopAccepting() {
        listener.stopAccepting();
    }

    @Override
    public void close() {
        listener.close();
    }
}
