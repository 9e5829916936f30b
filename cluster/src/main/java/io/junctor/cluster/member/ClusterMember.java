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
 * The membership of one router in a cluster: pass it to {@code Router.open}, and close it after the router. Thread-safe.
 *
 * <p>The member connects in the background, and retries each second until it succeeds. Until then, clients cannot join the router. A member
 * belongs to one router, and cannot be used again after it was excluded or closed.
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
     * Creates a member, which connects when its router begins.
     *
     * @param cluster the name of the cluster, for logs
     * @param node the name of this router in logs and metrics of the others, one line; if it is empty, the id is the name
     * @param router the id of the router, drawn at random
     * @param engines connects the router
     */
    public ClusterMember(String cluster, String node, RouterId router, EngineProvider engines) {
        this(cluster, node, router, engines, ClusterConfig.REGISTRY_ENTRIES);
    }

    /**
     * Creates a member, which connects when its router begins.
     *
     * @param cluster the name of the cluster, for logs
     * @param node the name of this router in logs and metrics of the others, one line; if it is empty, the id is the name
     * @param router the id of the router, drawn at random
     * @param engines connects the router
     * @param registryEntries how many callees there may be on all routers: from this number on, this router refuses registrations
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
     * Waits until the router has joined the cluster and knows the registrations of the others.
     *
     * @return whether that was the case before {@code longest} had passed
     */
    public boolean awaitInSync(Duration longest) {
        return inSync.thenApply(nothing -> true)
                .completeOnTimeout(false, longest.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /**
     * The reason why the last attempt to connect that failed did so, as text for people; empty if none has failed. It may name servers, but
     * contains no secret.
     */
    public String fault() {
        return fault;
    }

    /**
     * Completes when the other routers have declared this router dead, for example after a long pause of its process. Then all its sessions
     * must end: the caller closes the router and this member, and opens new ones.
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

    /** Logs a problem, unless the attempt before failed for the same reason. */
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

    /** Leaves the cluster, which the others notice at once, and disconnects. Waits at most 5 seconds. Closing again has no effect. */
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
