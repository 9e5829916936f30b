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
 * <p>Each pair of routers has its own link in each direction for each kind of traffic; on a link, messages and notices about interests keep
 * their order. Tests may cut routers off, stop a store, and inject {@link Faults}.
 */
public final class MemoryNetwork implements EngineProvider {
    final Timers timers;
    final Executor executor;
    final Faults faults;
    private final Map<RouterId, MemoryEngine> engines = new LinkedHashMap<>();
    private final Map<Store, MemoryStore> stores = new EnumMap<>(Store.class);
    private final MemoryLog log;

    /**
     * Creates a network without faults.
     *
     * @param timers the clock
     * @param executor runs receivers, watchers and listeners, for example on virtual threads; never on the calling thread
     */
    public MemoryNetwork(Timers timers, Executor executor) {
        this(timers, executor, Faults.NONE);
    }

    /**
     * Creates a network with faults, for tests.
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
     * @throws EngineException if the network already has a router with this id
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

    /** Cuts a router off: it loses its connections, and the messages that are under way to and from it are lost. */
    public void cutOff(RouterId router) {
        engine(router).disconnect("cut off");
    }

    /** Reconnects a router that was cut off. */
    public void reconnect(RouterId router) {
        engine(router).connect();
    }

    /** Makes the lanes of a router report that they accept no more messages, although they send all messages, until {@link #empty}. */
    public void fill(RouterId router) {
        engine(router).fill(true);
    }

    /** Lets the lanes of a router accept more messages. */
    public void empty(RouterId router) {
        engine(router).fill(false);
    }

    /** Stops a store: requests wait, and time out after 5 seconds with an unknown outcome. */
    public void suspend(Store store) {
        store(store).suspend();
    }

    /** Resumes a store that was stopped. The store carries out the requests that wait, also those that have timed out. */
    public void resume(Store store) {
        store(store).resume();
    }

    /** Empties a store as if it had been created anew. Its watchers are notified only when they read the store again. */
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

    /** The keys of the records that a store contains. */
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
