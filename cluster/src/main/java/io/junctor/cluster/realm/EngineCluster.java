package io.junctor.cluster.realm;

import io.junctor.cluster.call.CallCounts;
import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.HealthListener;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Store;
import io.junctor.cluster.membership.ExclusiveRight;
import io.junctor.cluster.registry.RegistryEntries;
import io.junctor.cluster.registry.SharedRegistry;
import io.junctor.router.cluster.Cluster;
import io.junctor.router.cluster.RealmLink;
import io.junctor.router.cluster.RealmPort;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.turn.Timers;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shares all realms of a router with the other routers that the engine connects. Thread-safe. */
public final class EngineCluster implements Cluster {
    private static final Logger LOG = LoggerFactory.getLogger(EngineCluster.class);

    private final Engine engine;
    private final Timers timers;
    private final SharedRealm.OfRouter shared;
    private final RegistryEntries entries;
    private final TestamentSweep sweep;
    private final UnknownRouters unknown;
    private final List<SharedRealm> open = new CopyOnWriteArrayList<>();

    /**
     * Creates a cluster over {@code engine}, which the caller closes after the router. The router may always do the work that only one router
     * at a time may do.
     *
     * @param timers the clock of the router
     */
    public EngineCluster(Engine engine, Timers timers) {
        this(engine, timers, "", () -> true, Integer.MAX_VALUE);
    }

    /**
     * Creates a cluster over {@code engine}, which the caller closes after the router.
     *
     * @param timers the clock of the router
     * @param node the name of this router for the others
     * @param mayServeExclusively whether this router may now do the work that only one router at a time may do; any thread calls it
     * @param registryEntries how many callees there may be on all routers: from this number on, this router refuses registrations
     */
    public EngineCluster(
            Engine engine, Timers timers, String node, BooleanSupplier mayServeExclusively, int registryEntries) {
        this.engine = engine;
        this.timers = timers;
        this.entries = new RegistryEntries(registryEntries);
        this.unknown = new UnknownRouters(engine, timers, mayServeExclusively);
        ExclusiveRight right = new ExclusiveRight(timers, mayServeExclusively);
        this.shared = new SharedRealm.OfRouter(
                new QuestionLane(engine, timers),
                new TestamentStore(engine.records(Store.TESTAMENTS), timers, engine.router(), right),
                right,
                new SharedRegistry.OfRouter(entries, unknown::onMentioned, right),
                new RulesComparison(engine, timers, node, LOG::warn),
                new LongAdder(),
                new CallCounts(),
                new AtomicBoolean());
        this.sweep = new TestamentSweep(engine.records(Store.TESTAMENTS));
        engine.onHealth(new HealthListener() {
            @Override
            public void onConnected() {
                open.forEach(SharedRealm::onConnected);
                shared.rules().tellAll();
            }

            @Override
            public void onDisconnected(String reason) {
                open.forEach(SharedRealm::onDisconnected);
            }
        });
    }

    @Override
    public RealmLink link(RealmConfig realm, RealmPort port) {
        shared.questions().add(realm.name(), port);
        SharedRealm link = new SharedRealm(engine, timers, realm, port, shared, closed -> {
            open.remove(closed);
            shared.questions().remove(realm.name());
            shared.rules().remove(realm.name());
        });
        open.add(link);
        shared.rules().put(RealmRules.of(realm));
        return link;
    }

    /**
     * Called when this router is in sync with the others: sends them the rules of its realms, and looks for testaments that gone routers have
     * left behind.
     */
    public void onInSync() {
        shared.rules().tellAll();
        unknown.lookAtTestaments();
    }

    /** Compares the stored registry with the callees of this router and corrects it, and looks for testaments that gone routers have left behind. */
    public void audit() {
        open.forEach(SharedRealm::audit);
        unknown.lookAtTestaments();
    }

    /** Admits the callees of a router that was gone and is back without having ended. */
    public void readmit(RouterId router) {
        open.forEach(realm -> realm.readmit(router.value()));
    }

    /** Handles the end of a router: the invocations that wait for it are given back. The caller notifies the realms afterwards. */
    public void onGone(RouterId router) {
        open.forEach(realm -> realm.onGone(router.value()));
    }

    /** How many messages about calls, and questions, wait to be sent to other routers. */
    public long waitingCalls() {
        return open.stream().mapToLong(SharedRealm::waitingCalls).sum()
                + shared.questions().waiting();
    }

    /** How often another router had no credit left for messages about calls. */
    public long creditsUsedUp() {
        return shared.calls().usedUp().sum();
    }

    /** How many messages about calls were dropped because a router could not be reached for long. Invocations do not count: they are given back. */
    public long unreachedMessages() {
        return shared.calls().unreached().sum();
    }

    /** How many callees on all routers this router knows, in its realms. */
    public long callees() {
        return entries.count();
    }

    /** How many changes of the registry this router did not know when the engine checked last. */
    public long registryLag() {
        return open.stream().mapToLong(SharedRealm::registryLag).max().orElse(0);
    }

    /** How many calls of this router are open at callees of other routers. */
    public long openCalls() {
        return open.stream().mapToLong(SharedRealm::openCalls).sum();
    }

    /**
     * Called when the other routers have declared this router dead: from now on it publishes nothing to them, because another router announces
     * that its sessions have left.
     */
    public void exclude() {
        shared.excluded().set(true);
    }

    /**
     * Leaves it to another router to announce the ends of sessions that this router could not announce, because the others may have declared it
     * dead. For a router that stops, when it has no sessions any more.
     *
     * @return whether another router has to clear up after this router; completes when that router can do so
     */
    public CompletionStage<Boolean> handOver() {
        return shared.testaments().handOver();
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
     * Publishes the testaments of the sessions of a dead router, and announces that these sessions have left. For the router that clears up.
     * Testaments of a realm that this router does not have are lost.
     *
     * @return completes when all is published and removed; fails if the store does not answer: then the caller calls this method again, which
     *     publishes nothing a second time
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
