package io.junctor.router.realm;

import io.junctor.router.audit.AuditLog;
import io.junctor.router.authorization.SessionPermissions;
import io.junctor.router.cluster.Cluster;
import io.junctor.router.cluster.RealmLink;
import io.junctor.router.cluster.RealmPort;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.memory.RouterMemory;
import io.junctor.router.metrics.Counters;
import io.junctor.router.metrics.MetricHistory;
import io.junctor.router.session.Session;
import io.junctor.router.session.SessionIds;
import io.junctor.router.turn.Timers;
import io.junctor.router.turn.Turnstile;
import java.security.SecureRandom;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The objects that all realms of a router share. All are thread-safe.
 *
 * @param sessionIds the session ids in use
 * @param random the source of ids
 * @param timers the clock
 * @param workers runs tasks that may block
 * @param memory the memory that all realms and connections share
 * @param cluster connects the realms with those of other routers; null without a cluster
 * @param history the metrics of the last minutes
 * @param offered the procedures that the embedding program offers to operators
 */
record RouterContext(
        SessionIds sessionIds,
        SecureRandom random,
        Timers timers,
        Executor workers,
        RouterMemory memory,
        @Nullable Cluster cluster,
        MetricHistory history,
        OperatorProcedureTable offered) {

    /** The router's counters. */
    Counters counters() {
        return history.counters();
    }

    /** Creates the turnstile of a realm with the limits {@code queues}; {@code faults} receives the exceptions of operations. */
    Turnstile turnstile(RealmLimits.Queues queues, Consumer<Throwable> faults) {
        Turnstile.Bounds bounds = new Turnstile.Bounds(
                queues.mailbox(),
                queues.mailboxPerSession(),
                queues.mailboxBytes(),
                queues.mailboxBytesPerSession(),
                memory.mailboxes());
        return new Turnstile(bounds, workers, faults);
    }

    /** The limits of a session of {@code realm} with the permissions {@code rights}. */
    Session.Bounds bounds(RealmConfig realm, SessionPermissions rights) {
        return new Session.Bounds(realm.limits(), rights, memory.outboxes(), memory.mailboxes());
    }

    /** The limits of a session of {@code realm} without permissions. */
    Session.Bounds boundsWithoutRights(RealmConfig realm) {
        return bounds(realm, SessionPermissions.none(realm));
    }

    /** The link of a realm to the same realm on other routers, or null if the realm is on this router only. */
    @Nullable
    RealmLink link(RealmConfig realm, RealmPort port) {
        return cluster == null || !realm.sharing().share() ? null : cluster.link(realm, port);
    }

    /** Whether clients must not join, because the router has not joined its cluster yet. */
    boolean awaitsCluster() {
        return cluster != null && !cluster.admitsSessions();
    }

    /** Runs {@code writing}, which writes to the audit log, on a worker if the audit log is enabled. */
    void audit(Runnable writing) {
        if (AuditLog.isOn()) {
            workers.execute(writing);
        }
    }
}
