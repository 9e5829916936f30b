package io.junctor.cluster.memory;

import io.junctor.cluster.engine.InterestEcho;
import io.junctor.cluster.engine.Lane;
import io.junctor.cluster.engine.Receiver;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Serial;
import io.junctor.cluster.engine.Traffic;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One router's connection for one kind of traffic. Thread-safe.
 *
 * <p>The connection knows the interests of each peer as far as the notices about them have arrived, and sends a message only to routers whose
 * interest it knows. The network's lock guards all tables of interests.
 */
final class MemoryConnection {
    private final MemoryEngine engine;
    private final Traffic traffic;
    private final Serial receiving;
    private final InterestEcho echo;
    private final Map<String, MemoryLane> lanes = new HashMap<>();
    private final Map<RouterId, Link> ways = new HashMap<>();
    private final InterestTable own = new InterestTable();
    private final Map<RouterId, InterestTable> known = new HashMap<>();
    private final LongAdder unreadable = new LongAdder();

    MemoryConnection(MemoryEngine engine, Traffic traffic) {
        this.engine = engine;
        this.traffic = traffic;
        this.receiving = new Serial(engine.executor);
        this.echo = new InterestEcho(this::ask);
    }

    InterestEcho echo() {
        return echo;
    }

    MemoryNetwork network() {
        return engine.network;
    }

    synchronized Lane open(String scope, Receiver receiver) {
        MemoryLane lane = new MemoryLane(this, engine.router(), scope, receiver);
        if (lanes.putIfAbsent(scope, lane) != null) {
            throw new IllegalStateException("the router has a lane for " + traffic + " of " + scope + " already");
        }
        return lane;
    }

    void countUnreadable() {
        unreadable.increment();
    }

    /** How many messages the receivers could not read. */
    long unreadable() {
        return unreadable.sum();
    }

    synchronized void close(String scope) {
        lanes.remove(scope);
    }

    void add(String pattern) {
        synchronized (engine.network) {
            own.add(pattern);
            sendToAll(peer -> peer.learn(engine.router(), table -> table.add(pattern)));
        }
    }

    void remove(String pattern) {
        synchronized (engine.network) {
            own.remove(pattern);
            sendToAll(peer -> peer.learn(engine.router(), table -> table.remove(pattern)));
        }
    }

    /**
     * Sends a message to all routers whose interest in it is known.
     *
     * @return whether there was at least one such router
     */
    boolean publish(Packet packet) {
        synchronized (engine.network) {
            if (!engine.isConnected()) {
                return false;
            }
            boolean heard = false;
            for (MemoryEngine peer : engine.network.others(engine)) {
                InterestTable interests = known.get(peer.router());
                if (interests != null && interests.matches(packet.address())) {
                    heard = true;
                    send(peer, connection -> connection.receive(packet));
                    if (engine.network.faults.arrivesAgain()) {
                        send(peer, connection -> sendAgain(peer, packet));
                    }
                }
            }
            return heard;
        }
    }

    /** Runs a callback on the thread that receives messages. */
    void runReceiving(Runnable task) {
        receiving.execute(task);
    }

    boolean isConnected() {
        return engine.isConnected();
    }

    boolean isWritable() {
        return engine.isWritable();
    }

    void whenWritable(Runnable action) {
        engine.whenWritable(action);
    }

    /**
     * Copies the interests of the peers, and sends the own interests to the peers. The caller holds the network's lock, as for {@link
     * #onDisconnected}.
     */
    void onConnected() {
        known.clear();
        for (MemoryEngine peer : engine.network.others(engine)) {
            if (peer.isConnected()) {
                InterestTable copy = new InterestTable();
                copy.copyFrom(peer.connection(traffic).own);
                known.put(peer.router(), copy);
            }
        }
        InterestTable snapshot = new InterestTable();
        snapshot.copyFrom(own);
        sendToAll(peer -> peer.learn(engine.router(), table -> table.copyFrom(snapshot)));
    }

    void onDisconnected() {
        echo.onDisconnected();
        for (MemoryEngine peer : engine.network.others(engine)) {
            peer.connection(traffic).forget(engine.router());
        }
    }

    int interests() {
        synchronized (engine.network) {
            return own.size();
        }
    }

    private void forget(RouterId router) {
        known.remove(router);
    }

    private void learn(RouterId router, Consumer<InterestTable> change) {
        synchronized (engine.network) {
            change.accept(known.computeIfAbsent(router, same -> new InterestTable()));
        }
    }

    private void ask(long round) {
        synchronized (engine.network) {
            sendToAll(peer -> peer.answer(engine.router(), round));
        }
    }

    private void answer(RouterId asking, long round) {
        echo.onNews();
        MemoryEngine peer = engine.network.find(asking);
        if (peer != null) {
            synchronized (engine.network) {
                send(peer, connection -> connection.echo.onAnswer(engine.router(), round));
            }
        }
    }

    private void receive(Packet packet) {
        MemoryLane lane = lane(packet.scope());
        if (lane != null) {
            lane.receive(packet);
        }
    }

    private synchronized @Nullable MemoryLane lane(String scope) {
        return lanes.get(scope);
    }

    private void sendToAll(Consumer<MemoryConnection> delivery) {
        engine.network.others(engine).forEach(peer -> send(peer, delivery));
    }

    private void send(MemoryEngine peer, Consumer<MemoryConnection> delivery) {
        ways.computeIfAbsent(peer.router(), same -> way(peer)).send(arrival(peer, delivery));
    }

    /** Sends a copy of a message, which arrives late, and never before the message itself. */
    private void sendAgain(MemoryEngine peer, Packet packet) {
        way(peer).send(arrival(peer, connection -> connection.receive(packet)));
    }

    private Link way(MemoryEngine peer) {
        return new Link(engine.network.timers, engine.network.faults, peer.connection(traffic).receiving);
    }

    /** Returns a task that delivers to a peer, unless one of the two routers has lost its connection meanwhile. */
    private Runnable arrival(MemoryEngine peer, Consumer<MemoryConnection> delivery) {
        long ownEpoch = engine.epoch();
        long peerEpoch = peer.epoch();
        return () -> {
            if (engine.isConnectedSince(ownEpoch) && peer.isConnectedSince(peerEpoch)) {
                delivery.accept(peer.connection(traffic));
            }
        };
    }
}
