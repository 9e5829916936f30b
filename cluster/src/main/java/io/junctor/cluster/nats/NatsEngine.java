package io.junctor.cluster.nats;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.Figure;
import io.junctor.cluster.engine.HealthListener;
import io.junctor.cluster.engine.Journal;
import io.junctor.cluster.engine.Lane;
import io.junctor.cluster.engine.Receiver;
import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Store;
import io.junctor.cluster.engine.SubjectSyntax;
import io.junctor.cluster.engine.Traffic;
import io.nats.client.ConnectionListener;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine of one router on NATS. Thread-safe. */
final class NatsEngine implements Engine {
    private static final Logger LOG = LoggerFactory.getLogger(NatsEngine.class);
    private static final long CHECK_SECONDS = 10;

    private final RouterId router;
    private final Map<Traffic, NatsConnection> connections;
    private final Map<Store, NatsRecords> records;
    private final NatsJournal journal;
    private final ExecutorService threads;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("cluster-tick").factory());
    private final List<HealthListener> listeners = new CopyOnWriteArrayList<>();
    private final Set<Traffic> lost = EnumSet.noneOf(Traffic.class);
    private volatile Set<RouterId> peers = Set.of();
    private boolean closed;

    NatsEngine(
            RouterId router,
            Map<Traffic, NatsConnection> connections,
            Map<Store, NatsRecords> records,
            NatsJournal journal,
            ExecutorService threads) {
        this.router = router;
        this.connections = Map.copyOf(connections);
        this.records = Map.copyOf(records);
        this.journal = journal;
        this.threads = threads;
        var unusedTick = ticks.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
        var unusedCheck = ticks.scheduleWithFixedDelay(this::check, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public RouterId router() {
        return router;
    }

    @Override
    public Lane lane(Traffic traffic, String scope, Receiver receiver) {
        return connection(traffic).open(SubjectSyntax.checkScope(scope), receiver);
    }

    @Override
    public Records records(Store store) {
        NatsRecords found = records.get(store);
        if (found == null) {
            throw new IllegalArgumentException("no store " + store);
        }
        return found;
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public Set<RouterId> peers() {
        return peers;
    }

    @Override
    public void peers(Set<RouterId> routers) {
        peers = Set.copyOf(routers);
        connections.values().forEach(connection -> connection.echo().peers(routers));
    }

    @Override
    public boolean isConnected() {
        return connections.values().stream().allMatch(NatsConnection::isConnected);
    }

    @Override
    public void onHealth(HealthListener listener) {
        listeners.add(listener);
    }

    @Override
    public long figure(Traffic traffic, Figure figure) {
        return connection(traffic).figure(figure);
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        listeners.clear();
        ticks.shutdownNow();
        connections.values().forEach(NatsConnection::close);
        threads.shutdown();
    }

    /** Handles an event that the library reports about the connection for {@code traffic}. */
    void onEvent(Traffic traffic, ConnectionListener.Events event) {
        switch (event) {
            case DISCONNECTED, CLOSED -> onLost(traffic);
            case RESUBSCRIBED -> onBack(traffic);
            case CONNECTED, RECONNECTED, DISCOVERED_SERVERS, LAME_DUCK -> {}
        }
    }

    private void onLost(Traffic traffic) {
        String reason = "the connection for " + Names.name(traffic) + " to NATS is lost";
        synchronized (this) {
            boolean isFirst = lost.isEmpty();
            lost.add(traffic);
            if (isFirst && !closed) {
                tell(listener -> listener.onDisconnected(reason));
            }
        }
        connection(traffic).onDisconnected(reason);
    }

    private void onBack(Traffic traffic) {
        connection(traffic).count(Figure.RECONNECTS, 1);
        connection(traffic).echo().onConnected();
        connection(traffic).echo().askAgain();
        connections.values().forEach(NatsConnection::markAgain);
        if (traffic == Traffic.CONTROL) {
            records.values().forEach(NatsRecords::onConnected);
        }
        synchronized (this) {
            lost.remove(traffic);
            if (lost.isEmpty() && !closed) {
                tell(HealthListener::onConnected);
            }
        }
    }

    /** Notifies all listeners. The caller holds the lock, so the notices keep their order. */
    private void tell(Consumer<HealthListener> news) {
        for (HealthListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException fault) {
                LOG.error("a listener for the connection to NATS has failed", fault);
            }
        }
    }

    private void tick() {
        connections.values().forEach(NatsConnection::onTick);
        if (isConnected()) {
            records.values().forEach(NatsRecords::onTick);
        }
    }

    private void check() {
        if (isConnected()) {
            threads.execute(() -> records.values().forEach(NatsRecords::check));
        }
    }

    private NatsConnection connection(Traffic traffic) {
        NatsConnection found = connections.get(traffic);
        if (found == null) {
            throw new IllegalArgumentException("no traffic " + traffic);
        }
        return found;
    }
}
