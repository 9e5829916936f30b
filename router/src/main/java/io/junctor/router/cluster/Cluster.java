package io.junctor.router.cluster;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.metrics.Gauge;
import io.junctor.router.metrics.LabeledCounter;
import io.junctor.router.turn.Timers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connects a router with other routers, so that all act as one. Thread-safe. */
public interface Cluster {
    /**
     * Called once when the router starts, before the first link: from now on the router may join the cluster.
     *
     * @param timers the clock of the router
     */
    default void begin(Timers timers) {}

    /** Whether clients may join: true once the router has joined the cluster for the first time. */
    default boolean admitsSessions() {
        return true;
    }

    /** The reason why the router is not in sync with the other routers at present, as one sentence for a person; null if it is in sync. */
    default @Nullable String problem() {
        return null;
    }

    /** Values of the cluster that {@code /metrics} shows; their names begin with {@code cluster_}. */
    default List<Gauge> gauges() {
        return List.of();
    }

    /** Counts of the cluster that {@code /metrics} shows; their names begin with {@code cluster_}. */
    default List<LabeledCounter> counters() {
        return List.of();
    }

    /**
     * Links a realm that begins on this router with the realms of the same name on other routers. Called before the first session
     * joins.
     *
     * @param realm the configuration of the realm
     * @param port the methods of the realm that the link may call
     * @return the link, or null if this router does not share the realm
     */
    @Nullable
    RealmLink link(RealmConfig realm, RealmPort port);
}
