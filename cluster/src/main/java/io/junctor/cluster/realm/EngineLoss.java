package io.junctor.cluster.realm;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.membership.ExclusiveRight;
import io.junctor.router.cluster.RealmPort;
import io.junctor.router.config.RealmSharing.EngineLost;
import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies the policy of a realm for the time in which the router cannot reach the other routers. Thread-safe. */
final class EngineLoss {
    private static final Logger LOG = LoggerFactory.getLogger(EngineLoss.class);
    /** How long the router waits before it serves the realm alone. */
    private static final Duration BREAK = Duration.ofSeconds(1);
    /** How long the router waits before it ends all sessions. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final Duration CHECK = Duration.ofMillis(100);

    private final Engine engine;
    private final Timers timers;
    private final String realm;
    private final EngineLost policy;
    private final RealmPort port;
    private final ExclusiveRight right;
    /** How often the connection was lost. */
    private final AtomicLong losses = new AtomicLong();
    /** Whether the realm admits no sessions. Guarded by this. */
    private boolean isEmpty;

    EngineLoss(Engine engine, Timers timers, String realm, EngineLost policy, RealmPort port, ExclusiveRight right) {
        this.engine = engine;
        this.timers = timers;
        this.realm = realm;
        this.policy = policy;
        this.port = port;
        this.right = right;
    }

    /** Whether this router serves requests that only one router may serve, even if it cannot reach the others. */
    boolean servesAlone() {
        return policy == EngineLost.SERVE;
    }

    /** Handles a lost connection. Runs {@code serveAlone} if the policy is to serve and the connection is not restored in time. */
    void onDisconnected(Runnable serveAlone) {
        long loss = losses.incrementAndGet();
        switch (policy) {
            case SUSPEND -> {}
            case SERVE ->
                timers.after(BREAK, () -> {
                    if (isLostSince(loss)) {
                        LOG.warn("realm {}: the other routers cannot be reached; this one serves it alone", realm);
                        serveAlone.run();
                    }
                });
            case LEAVE ->
                timers.after(LONG, () -> {
                    if (isLostSince(loss)) {
                        LOG.warn("realm {}: the other routers cannot be reached for 30 s; all sessions end", realm);
                        admitSessions(false);
                    }
                });
        }
    }

    /** Handles a restored connection. */
    void onConnected() {
        if (policy == EngineLost.LEAVE) {
            reopen(losses.get());
        }
    }

    /** Lets clients join as soon as it is confirmed that the others have not declared this router dead. */
    private void reopen(long loss) {
        if (losses.get() != loss || !engine.isConnected()) {
            return;
        }
        if (right.isGranted()) {
            admitSessions(true);
        } else {
            timers.after(CHECK, () -> reopen(loss));
        }
    }

    private synchronized void admitSessions(boolean admits) {
        if (isEmpty == admits) {
            isEmpty = !admits;
            port.admitSessions(admits);
        }
    }

    private boolean isLostSince(long loss) {
        return losses.get() == loss && !engine.isConnected();
    }
}
