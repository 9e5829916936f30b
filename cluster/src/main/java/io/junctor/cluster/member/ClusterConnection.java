package io.junctor.cluster.member;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.Figure;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Serial;
import io.junctor.cluster.engine.Store;
import io.junctor.cluster.engine.Traffic;
import io.junctor.cluster.membership.Membership;
import io.junctor.cluster.membership.MembershipListener;
import io.junctor.cluster.realm.EngineCluster;
import io.junctor.cluster.registry.RegistrySweep;
import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection of a router to its cluster: the engine, the membership and the shared realms. Thread-safe. */
final class ClusterConnection {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterConnection.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration AUDIT = Duration.ofHours(1);
    /** How many gone routers are remembered at most. */
    private static final int MOST_GONE = 1_024;

    /** Is notified about routers, on a worker thread. */
    interface Listener {
        /** A router has left or is dead. */
        void onGone(long router);

        /** The other routers have declared this router dead. */
        void onExcluded();
    }

    private final Engine engine;
    private final Timers timers;
    private final Listener listener;
    private final Membership membership;
    private final EngineCluster realms;
    private final Timers.Timer audit;
    private final SuspendedTime suspended;
    /** Handles the notices of the membership one after the other, on a worker thread. */
    private final Serial news;
    /** The routers that have left or were declared dead, and have not joined again. Confined to {@link #news}. */
    private final SequencedSet<RouterId> gone = new LinkedHashSet<>();

    private volatile boolean leaving;

    ClusterConnection(Engine engine, Timers timers, String node, int registryEntries, Listener listener) {
        this.engine = engine;
        this.timers = timers;
        this.listener = listener;
        this.news = new Serial(task -> timers.after(Duration.ZERO, task));
        this.membership = new Membership(engine, timers, node, new Watch());
        this.realms = new EngineCluster(engine, timers, node, membership::mayServeExclusively, registryEntries);
        this.audit = timers.every(AUDIT, realms::audit);
        this.suspended = new SuspendedTime(timers, membership::mayServeExclusively, engine::isConnected);
    }

    EngineCluster realms() {
        return realms;
    }

    /** Joins the cluster. */
    void begin() {
        membership.start();
    }

    /** The reason why the router is not in sync, or null if it is. */
    @Nullable
    String problem() {
        if (!engine.isConnected()) {
            return "the connection to the cluster is lost";
        }
        if (!membership.isReady()) {
            return "the other routers of the cluster are not known yet";
        }
        return realms.isInSync() ? null : "the registrations on other routers are not known yet";
    }

    /** How many routers the cluster has, including this one. */
    long routers() {
        return membership.others().size() + 1L;
    }

    /** How many other routers are suspected. */
    long suspected() {
        return membership.others().stream().filter(membership::isSuspected).count();
    }

    /** How many messages with events were dropped because too many bytes waited for a realm. */
    long droppedMessages() {
        return realms.droppedMessages();
    }

    /** For how many seconds this router suspended the work that only one router at a time may do, such as calls of procedures that are not shared. */
    long suspendedSeconds(SuspendedTime.Reason reason) {
        return suspended.seconds(reason);
    }

    long figure(Traffic traffic, Figure figure) {
        return engine.figure(traffic, figure);
    }

    /**
     * Removes the router from the registry, then from the cluster. If this router could not announce the end of some of its sessions, another
     * router announces it.
     */
    CompletionStage<Void> leave() {
        leaving = true;
        audit.cancel();
        suspended.stop();
        CompletionStage<Void> swept = engine.isConnected() && membership.isReady()
                ? RegistrySweep.of(engine.records(Store.REGISTRY), engine.router())
                : CompletableFuture.completedFuture(null);
        return swept.handle((done, fault) -> {
                    if (fault != null) {
                        LOG.warn(
                                "the registrations of this router stay until another one clears up: {}",
                                message(fault));
                    }
                    return realms.handOver();
                })
                .thenCompose(handed -> handed)
                .thenCompose(isHanded -> isHanded ? membership.leaveToClear() : membership.leave());
    }

    /** Disconnects. */
    void close() {
        engine.close();
    }

    private void clear(RouterId dead) {
        if (leaving) {
            return;
        }
        RegistrySweep.of(engine.records(Store.REGISTRY), dead)
                .thenCompose(swept -> realms.publishTestaments(dead))
                .whenComplete((done, fault) -> {
                    if (fault == null) {
                        membership.cleared(dead);
                        LOG.info("the registrations of router {} are removed, its testaments published", dead);
                    } else {
                        LOG.warn("router {} cannot be cleared up yet: {}", dead, message(fault));
                        timers.after(RETRY, () -> clear(dead));
                    }
                });
    }

    private void remember(RouterId router) {
        if (gone.size() == MOST_GONE) {
            gone.removeFirst();
        }
        gone.add(router);
    }

    private static String message(Throwable fault) {
        Throwable cause = fault.getCause() == null ? fault : fault.getCause();
        return String.valueOf(cause.getMessage());
    }

    /** Passes the notices of the membership to {@link #news}, because the membership holds its lock during each call. */
    private final class Watch implements MembershipListener {
        @Override
        public void onJoined(RouterId router, String name) {
            news.execute(() -> {
                if (gone.remove(router)) {
                    realms.readmit(router);
                }
            });
        }

        @Override
        public void onSuspected(RouterId router) {}

        @Override
        public void onTrusted(RouterId router) {}

        @Override
        public void onGone(RouterId router, String reason, boolean clearsUp) {
            news.execute(() -> {
                remember(router);
                realms.onGone(router);
                listener.onGone(router.value());
                if (clearsUp) {
                    clear(router);
                }
            });
        }

        @Override
        public void onExcluded() {
            realms.exclude();
            timers.after(Duration.ZERO, listener::onExcluded);
        }
    }
}
