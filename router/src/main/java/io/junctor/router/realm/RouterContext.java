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
import io.junctor.router.metrics.MetricSamples;
import io.junctor.router.session.Session;
import io.junctor.router.session.SessionIds;
import io.junctor.router.turn.Timers;
import io.junctor.router.turn.Turnstile;
import java.security.SecureRandom;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What all realms of a router share. Its parts are thread-safe.
 *
 * @param sessionIds the session ids in use
 * @param random the source of ids
 * @param timers the clock
 * @param workers runs what may block
 * @param memory the memory that all realms and connections share
 * @param cluster connects the realms with those of other routers; null where this router is alone
 * @param samples what the router did in the last minutes
 * @param offered what the program around the router offers to operators
 */
record RouterContext(
        SessionIds sessionIds,
        SecureRandom random,
        Timers timers,
        Executor workers,
        RouterMemory memory,
        @Nullable Cluster cluster,
        MetricSamples samples,
        OfferedProcedures offered) {

    /** The router's counters. */
    Counters counters() {
        return samples.counters();
    }

    /** A turnstile for a realm with these queues; {@code faults} gets what an operation throws. */
    Turnstile turnstile(RealmLimits.Queues queues, Consumer<Throwable> faults) {
        Turnstile.Bounds bounds = new Turnstile.Bounds(
                queues.mailbox(),
                queues.mailboxPerSession(),
                queues.mailboxBytes(),
                queues.mailboxBytesPerSession(),
                memory.mailboxes());
        return new Turnstile(bounds, workers, faults);
    }

    /** The limits of a session of {@code realm} that may do what {@code rights} allow. */
    Session.Bounds bounds(RealmConfig realm, SessionPermissions rights) {
        return new Session.Bounds(realm.limits(), rights, memory.outboxes(), memory.mailboxes());
    }

    /** The limits of a session of {@code realm} that may do nothing by itself. */
    Session.Bounds boundsWithoutRights(RealmConfig realm) {
        return bounds(realm, SessionPermissions.none(realm));
    }

    /** The link of a realm to the same realm on other routers, or null where it is on this router only. */
    @Nullable
    RealmLink link(RealmConfig realm, RealmPort port) {
        return cluster == null || !realm.sharing().share() ? null : cluster.link(realm, port);
    }

    /** Whether clients must not join because the router has not come into its cluster yet. */
    boolean awaitsCluster() {
        return cluster != null && !cluster.admitsSessions();
    }

    /** Writes to the audit log, if it is on. */
    void audit(Runnable writing) {
        if (AuditLog.isOn()) {
            workers.execute(writing);
        }
    }
}
