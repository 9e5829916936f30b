package io.junctor.cluster.realm;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.HealthListener;
import io.junctor.router.cluster.Cluster;
import io.junctor.router.cluster.RealmLink;
import io.junctor.router.cluster.RealmPort;
import io.junctor.router.turn.Timers;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Shares all realms of a router with the other routers that the engine connects. Thread-safe. */
public final class SharedRealms implements Cluster {
    private final Engine engine;
    private final Timers timers;
    private final QuestionLane questions;
    private final Set<SharedRealm> open = ConcurrentHashMap.newKeySet();

    /**
     * Shares realms over {@code engine}, which the caller closes after the router.
     *
     * @param timers the clock of the router
     */
    public SharedRealms(Engine engine, Timers timers) {
        this.engine = engine;
        this.timers = timers;
        this.questions = new QuestionLane(engine, timers);
        engine.onHealth(new HealthListener() {
            @Override
            public void onConnected() {}

            @Override
            public void onDisconnected(String reason) {
                open.forEach(SharedRealm::onDisconnected);
            }
        });
    }

    @Override
    public RealmLink link(String realm, RealmPort port) {
        questions.add(realm, port);
        SharedRealm shared = new SharedRealm(engine, timers, realm, port, questions, closed -> {
            open.remove(closed);
            questions.remove(realm);
        });
        open.add(shared);
        return shared;
    }

    /** Whether the realms know all callees of other routers, and all retained events. */
    public boolean isInSync() {
        return open.stream().allMatch(SharedRealm::isCaughtUp);
    }
}
