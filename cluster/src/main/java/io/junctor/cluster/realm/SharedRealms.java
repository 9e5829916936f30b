package io.junctor.cluster.realm;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.HealthListener;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Store;
import io.junctor.router.cluster.Cluster;
import io.junctor.router.cluster.RealmLink;
import io.junctor.router.cluster.RealmPort;
import io.junctor.router.turn.Timers;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shares all realms of a router with the other routers that the engine connects. Thread-safe. */
public final class SharedRealms implements Cluster {
    private static final Logger LOG = LoggerFactory.getLogger(SharedRealms.class);

    private final Engine engine;
    private final Timers timers;
    private final SharedRealm.OfRouter shared;
    private final TestamentSweep sweep;
    private final List<SharedRealm> open = new CopyOnWriteArrayList<>();

    /**
     * Shares realms over {@code engine}, which the caller closes after the router.
     *
     * @param timers the clock of the router
     */
    public SharedRealms(Engine engine, Timers timers) {
        this.engine = engine;
        this.timers = timers;
        this.shared = new SharedRealm.OfRouter(
                new QuestionLane(engine, timers),
                new TestamentStore(engine.records(Store.TESTAMENTS), timers, engine.router()),
                new LongAdder(),
                new AtomicBoolean());
        this.sweep = new TestamentSweep(engine.records(Store.TESTAMENTS));
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
        shared.questions().add(realm, port);
        SharedRealm link = new SharedRealm(engine, timers, realm, port, shared, closed -> {
            open.remove(closed);
            shared.questions().remove(realm);
        });
        open.add(link);
        return link;
    }

    /**
     * The other routers have declared this one dead: from now on it publishes nothing on them, as another one tells that its sessions have
     * left.
     */
    public void exclude() {
        shared.excluded().set(true);
    }

    /** How many messages with events were dropped because too many bytes of other routers waited for a realm. */
    public long droppedMessages() {
        return shared.droppedMessages().sum();
    }

    /** Whether the realms know all callees of other routers, and all retained events. */
    public boolean isInSync() {
        return open.stream().allMatch(SharedRealm::isCaughtUp);
    }

    /**
     * Publishes the testaments of the sessions of a router that is dead, and that these have left. For the router that clears up. What is
     * of a realm that this router does not have is lost.
     *
     * @return completes when all is published and removed; fails if the store does not answer: then call it again, which publishes nothing
     *     a second time
     */
    public CompletionStage<Void> publishTestaments(RouterId dead) {
        return sweep.of(dead, left -> {
            RealmPort port = shared.questions().port(left.realm());
            if (port == null) {
                LOG.warn(
                        "realm {}: testaments of router {} are lost, as this router has no such realm",
                        left.realm(),
                        dead);
            } else {
                left.events().forEach(port::publish);
            }
        });
    }
}
