package io.junctor.cluster.realm;

import io.junctor.cluster.call.CallCounts;
import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.HealthListener;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Store;
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
     * Shares realms over {@code engine}, which the caller closes after the router. The router always hands out what only one may.
     *
     * @param timers the clock of the router
     */
    public EngineCluster(Engine engine, Timers timers) {
        this(engine, timers, "", () -> true, Integer.MAX_VALUE);
    }

    /**
     * Shares realms over {@code engine}, which the caller closes after the router.
     *
     * @param timers the clock of the router
     * @param node how the others call this router
     * @param mayServeExclusively whether this router may hand out now what only one router may; any thread asks
     * @param registryEntries with how many callees on all routers this one takes no more
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
                new RulesComparison(engine, node, LOG::warn),
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

    /** This router is among the others now: tells them the rules of its realms, and looks for what routers have left that are gone. */
    public void onInSync() {
        shared.rules().tellAll();
        unknown.lookAtTestaments();
    }

    /** Compares what is stored with what this router has registered, and brings it in line. */
    public void audit() {
        open.forEach(SharedRealm::audit);
        unknown.lookAtTestaments();
    }

    /** A router that was gone is there again, without having ended: its callees are admitted again. */
    public void readmit(RouterId router) {
        open.forEach(realm -> realm.readmit(router.value()));
    }

    /** A router has ended or is declared dead. What waits for it is given back, before the realms are told. */
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

    /** How many messages about calls were dropped because a router could not be reached for long; the calls themselves have failed. */
    public long unreachedMessages() {
        return shared.calls().unreached().sum();
    }

    /** How many callees are known, on all routers, of the realms of this one. */
    public long callees() {
        return entries.count();
    }

    /** How many changes of the registry this router did not know when the engine looked last. */
    public long registryLag() {
        return open.stream().mapToLong(SharedRealm::registryLag).max().orElse(0);
    }

    /** How many calls of this router are with callees of others. */
    public long openCalls() {
        return open.stream().mapToLong(SharedRealm::openCalls).sum();
    }

    /**
     * The other routers have declared this one dead: from now on it publishes nothing on them, as another one tells that its sessions have
     * left.
     */
    public void exclude() {
        shared.excluded().set(true);
    }

    /**
     * Leaves it to another router to tell that sessions of this one have ended, as far as this one could not: the others may have declared it
     * dead. For a router that stops, when it has no sessions any more.
     *
     * @return whether another router has to clear up after this one; completes when that one can
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
