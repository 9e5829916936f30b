package io.junctor.conformance;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.memory.MemoryNetwork;
import io.junctor.cluster.realm.EngineCluster;
import io.junctor.router.cluster.Cluster;
import io.junctor.router.turn.Timers;
import io.junctor.testkit.ClientTransport;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.ReceivedItem;
import io.junctor.wamp.value.Serializer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Connects several routers in memory. A test can wait until nothing is under way in them or between them. Thread-safe. */
final class MemoryCluster implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 10_000;
    /** How often the states of workers are looked at: a worker that begins to wait does not notify. */
    private static final long POLL_MILLIS = 1;

    private final List<Engine> engines = new ArrayList<>();
    private final List<Cluster> members = new ArrayList<>();
    /** How many tasks of the engines have not ended. Guarded by this. */
    private int underWay;
    /** The threads that run tasks of the routers' workers. Guarded by this. */
    private final Set<Thread> workers = new HashSet<>();

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

    /** Runs a task of a router, which may wait for the test, on a thread of its own. */
    void work(Runnable task) {
        Thread worker = Thread.ofVirtual().unstarted(() -> {
            try {
                task.run();
            } finally {
                ended(Thread.currentThread());
            }
        });
        synchronized (this) {
            workers.add(worker);
        }
        worker.start();
    }

    private synchronized void ended(Thread worker) {
        workers.remove(worker);
        notifyAll();
    }

    /** Returns when nothing is under way in the routers or between them: all tasks have ended, but workers that wait for something. */
    synchronized void settle() {
        long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        try {
            while (underWay > 0 || !workers.stream().allMatch(MemoryCluster::waits)) {
                if (System.nanoTime() > until) {
                    throw new AssertionError("the routers do not come to rest");
                }
                wait(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the routers worked", e);
        }
    }

    private static boolean waits(Thread worker) {
        Thread.State state = worker.getState();
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
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
        public @Nullable ReceivedItem receive(long timeoutMillis) {
            return transport.receive(timeoutMillis);
        }
    }
}
