package io.junctor.cluster.figures;

import static org.awaitility.Awaitility.await;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.EngineProvider;
import io.junctor.cluster.engine.Records;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Store;
import io.junctor.cluster.member.ClusterMember;
import io.junctor.cluster.nats.NatsEngines;
import io.junctor.cluster.nats.NatsSettings;
import io.junctor.router.Router;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.time.Duration;

/** Measures registrations on routers of this process. For one thread. */
final class Registrations {
    private static final String REALM = "realm1";
    private static final int ROUNDS = 5;
    private static final int WARMUPS = 20;
    private static final int ONE_BY_ONE = 1_000;
    private static final int OF_SESSION = 1_000;
    private static final int ALL = 100_000;
    private static final int OF_DEAD = 10_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration STEP = Duration.ofMillis(5);

    private final EngineProvider engines;
    private int claims;
    private int procedures;

    Registrations(String url) {
        this.engines = new NatsEngines(NatsSettings.of("figures-registry", url));
    }

    /** A router in the cluster; its engine can be closed as if the process was killed. */
    private static final class Started {
        final ClusterMember member;
        final Router router;
        private Engine engine;

        Started(long id, EngineProvider engines) {
            member = new ClusterMember(
                    "figures", "node" + id, new RouterId(id), own -> engine = engines.open(own), 2 * ALL);
            router = Router.open(
                    RouterConfig.builder().realm(RealmConfig.open(REALM)).build(), member);
            if (!member.awaitInSync(PATIENCE)) {
                throw new AssertionError(member.problem());
            }
        }

        Peer join() {
            Peer peer = new Peer(MemoryTransport.open(router, Serializer.CBOR, ListenerLimits.DEFAULT));
            peer.join(REALM);
            return peer;
        }

        void kill() {
            engine.close();
        }

        long gauge(String name) {
            return member.gauges().stream()
                    .filter(gauge -> gauge.name().equals(name))
                    .mapToLong(gauge -> gauge.value().getAsLong())
                    .sum();
        }
    }

    void measure() {
        Started first = new Started(1, engines);
        Started victim = new Started(2, engines);
        compare(first);
        register(first, ALL - OF_DEAD - procedures);
        register(victim, OF_DEAD);

        long begun = System.nanoTime();
        var unused = new Started(3, engines);
        Figures.print("100,000 callees are loaded, s", secondsSince(begun), "3");

        victim.kill();
        await().atMost(PATIENCE).pollInterval(STEP).until(() -> first.gauge("cluster_routers") == 2);
        long dead = System.nanoTime();
        await().atMost(PATIENCE)
                .pollInterval(STEP)
                .until(() -> first.gauge("cluster_registry_entries") == ALL - OF_DEAD);
        Figures.print("10,000 callees of a dead router are cleared up, s", secondsSince(dead), "5");
    }

    /** Compares {@code REGISTER} with claims; the first rounds warm the compiler up. */
    private void compare(Started router) {
        double[] claim = new double[ROUNDS];
        double[] ratio = new double[ROUNDS];
        try (Engine engine = engines.open(new RouterId(9))) {
            Records records = engine.records(Store.REGISTRY);
            for (int i = -WARMUPS; i < ROUNDS; i++) {
                Peer callee = router.join();
                double claimed = micros(() -> claim(records));
                double registered = micros(() -> callee.register(nextProcedure()));
                if (i >= 0) {
                    claim[i] = claimed;
                    ratio[i] = registered / claimed;
                }
            }
        }
        Figures.print("p50 of a claim, us", Figures.median(claim), "");
        Figures.print("REGISTER, in claims", Figures.median(ratio), "2");
    }

    private void claim(Records records) {
        records.create("figures." + ++claims, new byte[100])
                .toCompletableFuture()
                .join();
    }

    private String nextProcedure() {
        return "com.example.procedure" + ++procedures;
    }

    /** The median time of one action. */
    private static double micros(Runnable action) {
        double[] micros = new double[ONE_BY_ONE];
        for (int i = 0; i < ONE_BY_ONE; i++) {
            long begun = System.nanoTime();
            action.run();
            micros[i] = (System.nanoTime() - begun) / 1_000.0;
        }
        return Figures.median(micros);
    }

    /** Registers many procedures, each session its ones one behind the other. */
    private void register(Started router, int count) {
        for (int done = 0; done < count; done += OF_SESSION) {
            Peer callee = router.join();
            int now = Math.min(OF_SESSION, count - done);
            for (int i = 0; i < now; i++) {
                callee.send(
                        new Register(callee.nextRequest(), RegisterMessageOptions.DEFAULT, new Uri(nextProcedure())));
            }
            for (int i = 0; i < now; i++) {
                callee.expect(Registered.class);
            }
        }
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
