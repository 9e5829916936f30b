package io.junctor.cluster.realm;

import io.junctor.cluster.engine.Engine;
import io.junctor.router.cluster.RealmPort;
import io.junctor.router.config.RealmSharing.EngineLost;
import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a realm does when the router has lost the others for a while, and when it finds them again. Thread-safe. */
final class EngineLoss {
    private static final Logger LOG = LoggerFactory.getLogger(EngineLoss.class);
    /** How long it waits before it serves the realm alone. */
    private static final Duration BREAK = Duration.ofSeconds(1);
    /** How long it waits before it ends all sessions. */
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
    /** Whether no client may be here. Guarded by this. */
    private boolean isEmpty;

    EngineLoss(Engine engine, Timers timers, String realm, EngineLost policy, RealmPort port, ExclusiveRight right) {
        this.engine = engine;
        this.timers = timers;
        this.realm = realm;
        this.policy = policy;
        this.port = port;
        this.right = right;
    }

    /** Whether requests that only one router may serve are served also if the others cannot be asked. */
    boolean servesAlone() {
        return policy == EngineLost.SERVE;
    }

    /** The connection is lost; {@code serveAlone} runs if it is not back in time. */
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

    /** The connection is back. */
    void onConnected() {
        if (policy == EngineLost.LEAVE) {
            reopen(losses.get());
        }
    }

    /** Lets clients join when the others do not take this router for dead. */
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
