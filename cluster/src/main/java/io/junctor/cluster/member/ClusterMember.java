package io.junctor.cluster.member;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.EngineException;
import io.junctor.cluster.engine.EngineProvider;
import io.junctor.cluster.engine.RouterId;
import io.junctor.router.cluster.Cluster;
import io.junctor.router.cluster.RealmLink;
import io.junctor.router.cluster.RealmPort;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.cluster.ClusterConfig;
import io.junctor.router.metrics.Gauge;
import io.junctor.router.metrics.LabeledCounter;
import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A router's place in a cluster: give it to {@code Router.open}, and close it after the router. Thread-safe.
 *
 * <p>It connects in the background and tries again each second until it succeeds. Until then, clients cannot join the router. It belongs to
 * one router, and is of no use after it was excluded or closed.
 */
public final class ClusterMember implements Cluster, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterMember.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration CHECK = Duration.ofMillis(50);
    private static final long LEAVE_SECONDS = 5;

    private final String cluster;
    private final String node;
    private final RouterId router;
    private final EngineProvider engines;
    private final int registryEntries;
    private final List<DeferredLink> links = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> inSync = new CompletableFuture<>();
    private final CompletableFuture<Void> excluded = new CompletableFuture<>();
    private final ClusterMetrics metrics = new ClusterMetrics(this::connection);
    /** Set once. */
    private volatile @Nullable Timers timers;

    private volatile @Nullable ClusterConnection connection;
    private volatile String fault = "";
    private volatile boolean closed;

    /**
     * A place in the cluster, which the router takes when it begins.
     *
     * @param cluster the name of the cluster, for logs
     * @param node how the others call this router, one line; empty for its id
     * @param router the id of the router, drawn at random
     * @param engines connects it
     */
    public ClusterMember(String cluster, String node, RouterId router, EngineProvider engines) {
        this(cluster, node, router, engines, ClusterConfig.REGISTRY_ENTRIES);
    }

    /**
     * A place in the cluster, which the router takes when it begins.
     *
     * @param cluster the name of the cluster, for logs
     * @param node how the others call this router, one line; empty for its id
     * @param router the id of the router, drawn at random
     * @param engines connects it
     * @param registryEntries with how many callees on all routers this one takes no more
     */
    public ClusterMember(String cluster, String node, RouterId router, EngineProvider engines, int registryEntries) {
        this.registryEntries = registryEntries;
        this.cluster = cluster;
        this.node = node.isEmpty() ? router.toString() : node;
        this.router = router;
        this.engines = engines;
    }

    /** The id of the router in the cluster. */
    public RouterId router() {
        return router;
    }

    /**
     * Waits until the router is in the cluster and knows what the others have registered.
     *
     * @return whether that is so before {@code longest} is over
     */
    public boolean awaitInSync(Duration longest) {
        return inSync.thenApply(nothing -> true)
                .completeOnTimeout(false, longest.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Why the last attempt to connect has failed; empty if none has. For people: it may name servers, but no secret. */
    public String fault() {
        return fault;
    }

    /**
     * Completes when the others have declared this router dead, as after a long pause of its process. All its sessions must end then:
     * the caller closes the router and this member, and opens new ones.
     */
    public CompletionStage<Void> excluded() {
        return excluded.copy();
    }

    @Override
    public void begin(Timers clock) {
        if (timers != null) {
            throw new IllegalStateException("this place in the cluster " + cluster + " has a router already");
        }
        timers = clock;
        clock.after(Duration.ZERO, () -> connect(clock));
    }

    @Override
    public boolean admitsSessions() {
        return inSync.isDone() && !excluded.isDone();
    }

    @Override
    public @Nullable String problem() {
        ClusterConnection current = connection;
        if (excluded.isDone()) {
            return "the other routers of the cluster have declared this one dead";
        }
        if (closed) {
            return "the router leaves the cluster";
        }
        return current == null ? "the router has no connection to its cluster yet" : current.problem();
    }

    @Override
    public List<Gauge> gauges() {
        return metrics.gauges();
    }

    @Override
    public List<LabeledCounter> counters() {
        return metrics.counters();
    }

    @Override
    public RealmLink link(RealmConfig realm, RealmPort port) {
        DeferredLink link = new DeferredLink(realm, port, router.value(), links::remove);
        links.add(link);
        ClusterConnection current = connection;
        if (current != null) {
            link.open(current.realms());
        }
        return link;
    }

    private @Nullable ClusterConnection connection() {
        return connection;
    }

    private void connect(Timers clock) {
        if (closed) {
            return;
        }
        Engine engine;
        try {
            engine = engines.open(router);
        } catch (EngineException problem) {
            onFault(problem);
            if (!closed) {
                clock.after(RETRY, () -> connect(clock));
            }
            return;
        }
        LOG.info("router {} ({}) is connected to the cluster {}", router, node, cluster);
        ClusterConnection current =
                new ClusterConnection(engine, clock, node, registryEntries, new ClusterConnection.Listener() {
                    @Override
                    public void onGone(long other) {
                        links.forEach(link -> link.port().gone(other));
                    }

                    @Override
                    public void onExcluded() {
                        excluded.complete(null);
                    }
                });
        synchronized (this) {
            if (closed) {
                current.close();
                return;
            }
            connection = current;
        }
        links.forEach(link -> link.open(current.realms()));
        current.begin();
        check(clock);
    }

    /** One line for an episode: the same problem again is not told. */
    private void onFault(EngineException problem) {
        String text = String.valueOf(problem.getMessage());
        if (!text.equals(fault)) {
            LOG.error(
                    "the router is not in the cluster {}, and clients cannot join; it tries again each second: {}",
                    cluster,
                    text);
        }
        fault = text;
    }

    private void check(Timers clock) {
        if (closed || excluded.isDone()) {
            return;
        }
        ClusterConnection current = connection;
        if (current != null && problem() == null) {
            current.realms().onInSync();
            LOG.info("router {} ({}) is in sync with the cluster {}", router, node, cluster);
            inSync.complete(null);
        } else {
            clock.after(CHECK, () -> check(clock));
        }
    }

    /** Leaves the cluster, which the others notice at once, and disconnects. Waits 5 seconds at most. Does nothing the second time. */
    @Override
    public void close() {
        ClusterConnection current;
        synchronized (this) {
            current = closed ? null : connection;
            closed = true;
        }
        if (current != null) {
            current.leave()
                    .toCompletableFuture()
                    .completeOnTimeout(null, LEAVE_SECONDS, TimeUnit.SECONDS)
                    .join();
            current.close();
        }
    }
}
