package io.junctor.cluster.realm;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Store;
import io.junctor.cluster.registry.RegistrySweep;
import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the entries of routers that are not in the cluster from the registry and from the store of testaments. Such entries were written by a
 * router that did not know yet that it was declared dead, were left behind by a router that could not remove them when it left, or were planted
 * by another program. Thread-safe.
 */
final class UnknownRouters {
    private static final Logger LOG = LoggerFactory.getLogger(UnknownRouters.class);
    /** How long a router may be unknown: its entries in the registry may arrive a little before the router is known. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Engine engine;
    private final Timers timers;
    private final BooleanSupplier mayRemove;
    private final Records registry;
    private final Records testaments;
    private final Set<RouterId> suspects = ConcurrentHashMap.newKeySet();

    /** @param mayRemove whether it is confirmed that the others have not declared this router dead */
    UnknownRouters(Engine engine, Timers timers, BooleanSupplier mayRemove) {
        this.engine = engine;
        this.timers = timers;
        this.mayRemove = mayRemove;
        this.registry = engine.records(Store.REGISTRY);
        this.testaments = engine.records(Store.TESTAMENTS);
    }

    /** Checks the routers whose testaments are stored. The registry needs no such check, because it is watched. */
    void lookAtTestaments() {
        var unused = testaments
                .list(">")
                .thenAccept(found -> found.forEach(
                        entry -> TestamentStore.router(entry.key()).ifPresent(this::onMentioned)));
    }

    /** Checks a router that an entry of a store names. */
    void onMentioned(long value) {
        RouterId router = new RouterId(value);
        if (isUnknown(router) && suspects.add(router)) {
            timers.after(PATIENCE, () -> look(router));
        }
    }

    private boolean isUnknown(RouterId router) {
        return !router.equals(engine.router()) && !engine.peers().contains(router);
    }

    /** Removes the entries of a router if it is still unknown and has no record. */
    private void look(RouterId router) {
        if (!isUnknown(router) || !mayRemove.getAsBoolean()) {
            suspects.remove(router);
            return;
        }
        engine.records(Store.ROUTERS).read(router.toString()).whenComplete((found, failure) -> {
            if (failure != null || found.isPresent()) {
                suspects.remove(router);
                return;
            }
            LOG.warn("removes what is stored of the router {}, which is not in the cluster", router);
            var unused = RegistrySweep.of(registry, router)
                    .thenCompose(swept -> TestamentSweep.remove(testaments, router))
                    .whenComplete((swept, fault) -> suspects.remove(router));
        });
    }
}
