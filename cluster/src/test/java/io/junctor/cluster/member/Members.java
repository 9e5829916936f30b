package io.junctor.cluster.member;

import static org.awaitility.Awaitility.await;

import io.junctor.cluster.engine.EngineProvider;
import io.junctor.cluster.engine.Entry;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Store;
import io.junctor.cluster.engine.Watcher;
import io.junctor.cluster.memory.CountedTasks;
import io.junctor.cluster.memory.MemoryNetwork;
import io.junctor.router.Router;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.turn.ManualTimers;
import io.junctor.router.turn.Timers;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.wamp.value.Serializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/** Routers that are members of a cluster on a network in memory. The clock stands still until the test waits. For one thread. */
final class Members implements AutoCloseable {
    static final String REALM = "realm1";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration STEP = Duration.ofMillis(50);

    private final CountedTasks tasks = new CountedTasks();
    /** Advances only when the engines have nothing to do: otherwise more time would pass for the routers of a busy machine. */
    final ManualTimers clock = new ManualTimers(tasks::settle);

    final MemoryNetwork network = new MemoryNetwork(clock, tasks);

    private final List<Started> all = new ArrayList<>();
    private final Set<String> registered = ConcurrentHashMap.newKeySet();

    Members() {
        network.open(new RouterId(99)).records(Store.REGISTRY).watch(new Watcher() {
            @Override
            public void onEntry(Entry entry) {
                registered.add(entry.key());
            }

            @Override
            public void onDeleted(String key, long revision) {
                registered.remove(key);
            }

            @Override
            public void onCaughtUp(long revision) {}
        });
    }

    /** Returns when the engines have done what they have to do at this time of the clock. */
    void settle() {
        tasks.settle();
    }

    /** Whether nothing is registered on any router, as the engine stores it. */
    boolean isRegistryEmpty() {
        return registered.isEmpty();
    }

    /** A router with its place in the cluster. */
    record Started(Router router, ClusterMember member) {
        RouterId id() {
            return member.router();
        }

        Peer connect() {
            return new Peer(MemoryTransport.open(router, Serializer.JSON, ListenerLimits.DEFAULT));
        }

        Peer join() {
            Peer peer = connect();
            peer.join(REALM);
            return peer;
        }

        /** Ends both in the order in which programs do. */
        void stop() {
            router.close();
            member.close();
        }
    }

    /** Starts a router, and waits until it is in sync. */
    Started start(long id) {
        Started started = begin(id, network, RealmConfig.open(REALM));
        advanceUntil(() -> started.member.problem() == null && started.member.admitsSessions());
        return started;
    }

    /** Starts a router that connects by {@code engines}. */
    Started begin(long id, EngineProvider engines, RealmConfig realm) {
        return begin(id, engines, realm, clock);
    }

    /** Starts a router with this clock. */
    Started begin(long id, EngineProvider engines, RealmConfig realm, Timers timers) {
        ClusterMember member = new ClusterMember("plant", "node" + id, new RouterId(id), engines);
        Router router = Router.open(RouterConfig.builder().realm(realm).build(), timers, heap -> () -> {}, member);
        Started started = new Started(router, member);
        all.add(started);
        return started;
    }

    /** For how long a router could hand out nothing exclusive, as it tells on its page of metrics. */
    static long suspendedSeconds(Started router, String reason) {
        return router.member.counters().stream()
                .filter(counter -> counter.name().equals("cluster_suspended_seconds"))
                .filter(counter -> counter.value().equals(reason))
                .mapToLong(counter -> counter.count().getAsLong())
                .findFirst()
                .orElseThrow();
    }

    /** Advances the clock until the condition holds. */
    void advanceUntil(Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> {
            clock.advance(STEP);
            return condition.call();
        });
    }

    /** Advances the clock, in steps, so that what follows from one can happen before the next. */
    void advance(Duration duration) {
        long endNanos = clock.nanos() + duration.toNanos();
        advanceUntil(() -> clock.nanos() - endNanos >= 0);
    }

    @Override
    public void close() {
        all.forEach(Started::stop);
    }
}
