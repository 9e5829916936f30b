package io.junctor.conformance;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.memory.MemoryNetwork;
import io.junctor.cluster.realm.EngineCluster;
import io.junctor.router.cluster.Cluster;
import io.junctor.router.turn.Timers;
import io.junctor.testkit.ClientTransport;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Received;
import io.junctor.wamp.value.Serializer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Connects several routers in memory. A test can wait until nothing is under way between them. Thread-safe. */
final class MemoryCluster implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 10_000;

    private final List<Engine> engines = new ArrayList<>();
    private final List<Cluster> members = new ArrayList<>();
    /** How many tasks of the engines have not ended. Guarded by this. */
    private int underWay;

    MemoryCluster(Timers clock, int size) {
        MemoryNetwork network = new MemoryNetwork(clock, this::start);
        for (int i = 1; i <= size; i++) {
            engines.add(network.open(new RouterId(i)));
        }
        for (Engine engine : engines) {
            Set<RouterId> others = new HashSet<>(network.routers());
            others.remove(engine.router());
            engine.peers(others);
            members.add(new EngineCluster(engine, clock));
        }
    }

    /** One for each router. */
    List<Cluster> members() {
        return members;
    }

    /** A transport whose sends return when nothing that follows from them is under way. */
    ClientTransport settling(MemoryTransport transport) {
        return new Settling(transport);
    }

    /** The transport that {@code settling} leads to. */
    MemoryTransport memory(ClientTransport settling) {
        return ((Settling) settling).transport;
    }

    @Override
    public void close() {
        engines.forEach(Engine::close);
    }

    private void start(Runnable task) {
        synchronized (this) {
            underWay++;
        }
        Thread.ofVirtual().start(() -> {
            try {
                task.run();
            } finally {
                ended();
            }
        });
    }

    private synchronized void ended() {
        underWay--;
        notifyAll();
    }

    /** Returns when nothing is under way between the routers. */
    synchronized void settle() {
        long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        try {
            while (underWay > 0) {
                long leftMillis = (until - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0) {
                    throw new AssertionError("the routers do not come to rest");
                }
                wait(leftMillis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the routers worked", e);
        }
    }

    private final class Settling implements ClientTransport {
        private final MemoryTransport transport;

        Settling(MemoryTransport transport) {
            this.transport = transport;
        }

        @Override
        public Serializer serializer() {
            return transport.serializer();
        }

        @Override
        public void send(byte[] message) {
            // Also what other routers do because of the time that has come.
            settle();
            transport.send(message);
            settle();
        }

        @Override
        public void sendInWrongFrame(byte[] message) {
            settle();
            transport.sendInWrongFrame(message);
            settle();
        }

        @Override
        public void cut() {
            transport.cut();
            settle();
        }

        @Override
        public void close() {
            transport.close();
            settle();
        }

        @Override
        public @Nullable Received receive(long timeoutMillis) {
            return transport.receive(timeoutMillis);
        }
    }
}
