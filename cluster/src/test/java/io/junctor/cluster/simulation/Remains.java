package io.junctor.cluster.simulation;

import io.junctor.cluster.engine.Store;
import io.junctor.cluster.memory.MemoryNetwork;
import io.junctor.router.metrics.RealmMetric;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Checks that routers and stores keep nothing of clients that have left. For one thread. */
final class Remains {
    private static final Map<String, Long> GAUGES = Map.of(
            "sessions", 0L,
            "operations_waiting", 0L,
            "outbox_bytes", 0L,
            "mailbox_bytes", 0L,
            "cluster_suspected_routers", 0L,
            "cluster_in_sync", 1L,
            "cluster_registry_entries", 0L,
            "cluster_registry_lag", 0L,
            "cluster_open_calls", 0L,
            "cluster_waiting_bytes", 0L);
    private static final List<RealmMetric> FIGURES = List.of(
            RealmMetric.REGISTRATIONS,
            RealmMetric.OPEN_CALLS,
            RealmMetric.OPERATIONS_WAITING,
            RealmMetric.MAILBOX_BYTES);

    private Remains() {}

    /** @param interestsAtRest how many interests a router has without clients */
    static void check(RouterSet routers, MemoryNetwork network, int interestsAtRest) {
        for (SimulatedRouter router : routers.all()) {
            checkGauges(router);
            checkFigures(router);
            equal(router, "connections", 0, router.router().connections());
            equal(router, "interests", interestsAtRest, network.interests(router.id()));
        }
        Set<String> registry = network.keys(Store.REGISTRY);
        World.check(registry.isEmpty(), () -> "the registry has the records " + registry + " left");
        Set<String> testaments = network.keys(Store.TESTAMENTS);
        World.check(testaments.isEmpty(), () -> "the store of testaments has the records " + testaments + " left");
        Set<String> known = network.keys(Store.ROUTERS);
        World.check(known.size() == routers.all().size(), () -> "the store has records of the routers " + known);
    }

    private static void checkGauges(SimulatedRouter router) {
        Stream.concat(router.router().transportContext().gauges().stream(), router.member().gauges().stream())
                .filter(gauge -> GAUGES.containsKey(gauge.name()))
                .forEach(gauge -> equal(
                        router,
                        gauge.name(),
                        GAUGES.get(gauge.name()),
                        gauge.value().getAsLong()));
    }

    private static void checkFigures(SimulatedRouter router) {
        router.router()
                .transportContext()
                .realms()
                .byName()
                .forEach((realm, series) -> FIGURES.forEach(
                        figure -> equal(router, figure.key() + " of " + realm, 0, series.value(figure))));
    }

    private static void equal(SimulatedRouter router, String what, long expected, long actual) {
        World.check(expected == actual, () -> router + " has " + actual + " " + what + " left instead of " + expected);
    }
}
