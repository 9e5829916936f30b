package io.junctor.cluster.memory;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.EngineException;
import io.junctor.cluster.engine.EngineProvider;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Store;
import io.junctor.router.turn.Timers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Connects routers of one JVM as a cluster, and keeps their shared records in memory. Thread-safe.
 *
 * <p>Each pair of routers has a way of its own for each kind of traffic; on it, messages and news about interests stay in
 * order. Tests may cut routers off, stop a store, and give {@link Faults}.
 */
public final class MemoryNetwork implements EngineProvider {
    final Timers timers;
    final Executor executor;
    final Faults faults;
    private final Map<RouterId, MemoryEngine> engines = new LinkedHashMap<>();
    private final Map<Store, MemoryStore> stores = new EnumMap<>(Store.class);
    private final MemoryLog log;

    /**
     * A network without faults.
     *
     * @param timers the clock
     * @param executor runs receivers, watchers and listeners, for example on virtual threads; never on the calling thread
     */
    public MemoryNetwork(Timers timers, Executor executor) {
        this(timers, executor, Faults.NONE);
    }

    /**
     * A network with faults, for tests.
     *
     * @param timers the clock; messages with a delay arrive when it is advanced
     * @param executor runs receivers, watchers and listeners; never on the calling thread
     */
    public MemoryNetwork(Timers timers, Executor executor, Faults faults) {
        this.timers = timers;
        this.executor = executor;
        this.faults = faults;
        for (Store store : Store.values()) {
            stores.put(store, new MemoryStore(store, this));
        }
        this.log = new MemoryLog(timers);
    }

    @Override
    public Engine open(RouterId router) {
        return open(router, executor);
    }

    /**
     * Connects a router.
     *
     * @param threads runs receivers, watchers and listeners of this router instead of the executor of the network
     * @throws EngineException if there is such a router
     */
    public synchronized Engine open(RouterId router, Executor threads) {
        if (engines.containsKey(router)) {
            throw new EngineException("the cluster has a router " + router + " already", false);
        }
        MemoryEngine engine = new MemoryEngine(this, router, threads);
        engines.put(router, engine);
        engine.connect();
        return engine;
    }

    /** Cuts a router off: it loses its connections, and what is under way to and from it is lost. */
    public void cutOff(RouterId router) {
        engine(router).disconnect("cut off");
    }

    /** Connects a router again that was cut off. */
    public void reconnect(RouterId router) {
        engine(router).connect();
    }

    /** Lets the lanes of a router say that they take no more at once, though they take all, until {@link #empty}. */
    public void fill(RouterId router) {
        engine(router).fill(true);
    }

    /** Lets the lanes of a router take more. */
    public void empty(RouterId router) {
        engine(router).fill(false);
    }

    /** Stops a store: requests wait, and end after 5 seconds with an unknown outcome. */
    public void suspend(Store store) {
        store(store).suspend();
    }

    /** Lets a store go on that was stopped. Requests that wait are carried out, also those whose router gave up. */
    public void resume(Store store) {
        store(store).resume();
    }

    /** Empties a store as if it had been made anew, and tells its watchers only when they read it again. */
    public void wipe(Store store) {
        store(store).wipe();
        if (store == Store.HISTORY) {
            log.wipe();
        }
    }

    /** The entries of the store {@link Store#HISTORY}. */
    MemoryLog log() {
        return log;
    }

    MemoryStore store(Store store) {
        MemoryStore found = stores.get(store);
        if (found == null) {
            throw new IllegalArgumentException("no store " + store);
        }
        return found;
    }

    synchronized void remove(RouterId router) {
        engines.remove(router);
    }

    /** All engines but one. */
    synchronized List<MemoryEngine> others(MemoryEngine one) {
        List<MemoryEngine> others = new ArrayList<>(engines.values());
        others.remove(one);
        return others;
    }

    synchronized @Nullable MemoryEngine find(RouterId router) {
        return engines.get(router);
    }

    /** The routers with an open engine, connected or not. */
    public synchronized Set<RouterId> routers() {
        return Set.copyOf(engines.keySet());
    }

    /** The keys of the records that a store has. */
    public Set<String> keys(Store store) {
        return store(store).keys();
    }

    /** How many interests a router has. */
    public int interests(RouterId router) {
        return engine(router).interests();
    }

    MemoryEngine engine(RouterId router) {
        MemoryEngine found = find(router);
        if (found == null) {
            throw new IllegalArgumentException("the cluster has no router " + router);
        }
        return found;
    }
}
