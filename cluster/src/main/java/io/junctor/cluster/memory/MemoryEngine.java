package io.junctor.cluster.memory;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.Figure;
import io.junctor.cluster.engine.HealthListener;
import io.junctor.cluster.engine.InterestEcho;
import io.junctor.cluster.engine.Journal;
import io.junctor.cluster.engine.Lane;
import io.junctor.cluster.engine.Receiver;
import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Serial;
import io.junctor.cluster.engine.Store;
import io.junctor.cluster.engine.SubjectSyntax;
import io.junctor.cluster.engine.Traffic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The engine of one router on a network in memory. Thread-safe. */
final class MemoryEngine implements Engine {
    final MemoryNetwork network;
    /** Runs receivers, watchers and listeners of this router. */
    final Executor executor;

    private final RouterId router;
    private final Map<Traffic, MemoryConnection> connections = new EnumMap<>(Traffic.class);
    private final Map<Store, MemoryRecords> records = new EnumMap<>(Store.class);
    private final MemoryJournal journal;
    private final List<HealthListener> listeners = new CopyOnWriteArrayList<>();
    private final Serial control;
    private volatile Set<RouterId> peers = Set.of();
    private boolean connected;
    private boolean closed;
    /** The actions that run as soon as the lanes accept more messages; null while they accept messages. Guarded by this. */
    private @Nullable List<Runnable> whenWritable;

    /** Changes with each lost connection: messages that were sent before do not arrive afterwards. */
    private long epoch;

    MemoryEngine(MemoryNetwork network, RouterId router, Executor executor) {
        this.network = network;
        this.router = router;
        this.executor = executor;
        this.control = new Serial(executor);
        for (Traffic traffic : Traffic.values()) {
            connections.put(traffic, new MemoryConnection(this, traffic));
        }
        for (Store store : Store.ofRecords()) {
            records.put(store, new MemoryRecords(this, network.store(store)));
        }
        this.journal = new MemoryJournal(new MemoryStoreRequests(this, network.store(Store.HISTORY)), network.log());
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
        MemoryRecords found = records.get(store);
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
        Set<RouterId> waitedFor = network.faults.hasInterestEcho() ? routers : Set.of();
        connections.values().forEach(connection -> connection.echo().peers(waitedFor));
    }

    @Override
    public synchronized boolean isConnected() {
        return connected;
    }

    @Override
    public void onHealth(HealthListener listener) {
        listeners.add(listener);
    }

    /** Counts only what the receivers could not read. */
    @Override
    public long figure(Traffic traffic, Figure figure) {
        return figure == Figure.DROPPED_UNREADABLE ? connection(traffic).unreadable() : 0;
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
        disconnect("closed");
        network.remove(router);
    }

    void connect() {
        synchronized (network) {
            if (!change(true)) {
                return;
            }
            connections.values().forEach(MemoryConnection::onConnected);
        }
        records.values().forEach(MemoryRecords::onConnected);
        tell(HealthListener::onConnected);
        connections.values().stream().map(MemoryConnection::echo).forEach(InterestEcho::onConnected);
        askAgain();
        network.others(this).forEach(MemoryEngine::askAgain);
    }

    void disconnect(String reason) {
        synchronized (network) {
            if (!change(false)) {
                return;
            }
            connections.values().forEach(MemoryConnection::onDisconnected);
        }
        records.values().forEach(MemoryRecords::onDisconnected);
        journal.onDisconnected();
        tell(listener -> listener.onDisconnected(reason));
    }

    /** Makes all lanes report that they accept no more messages, or lets them accept messages. */
    void fill(boolean full) {
        List<Runnable> actions;
        synchronized (this) {
            actions = whenWritable == null ? List.of() : whenWritable;
            whenWritable = full ? new ArrayList<>() : null;
        }
        if (!full) {
            actions.forEach(Runnable::run);
        }
    }

    synchronized boolean isWritable() {
        return whenWritable == null;
    }

    void whenWritable(Runnable action) {
        synchronized (this) {
            if (whenWritable != null) {
                whenWritable.add(action);
                return;
            }
        }
        action.run();
    }

    MemoryConnection connection(Traffic traffic) {
        MemoryConnection found = connections.get(traffic);
        if (found == null) {
            throw new IllegalArgumentException("no traffic " + traffic);
        }
        return found;
    }

    int interests() {
        return connections.values().stream()
                .mapToInt(MemoryConnection::interests)
                .sum();
    }

    /** Runs the calls to watchers and listeners, and the results of changes. */
    Serial control() {
        return control;
    }

    synchronized long epoch() {
        return epoch;
    }

    /** Whether the engine has been connected without a break since the epoch {@code since}. */
    synchronized boolean isConnectedSince(long since) {
        return connected && epoch == since;
    }

    private synchronized boolean change(boolean nowConnected) {
        if (connected == nowConnected || (closed && nowConnected)) {
            return false;
        }
        connected = nowConnected;
        epoch++;
        return true;
    }

    private void askAgain() {
        connections.values().stream().map(MemoryConnection::echo).forEach(InterestEcho::askAgain);
    }

    private void tell(Consumer<HealthListener> news) {
        control.execute(() -> listeners.forEach(news));
    }
}
