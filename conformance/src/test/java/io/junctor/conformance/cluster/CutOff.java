package io.junctor.conformance.cluster;

import static org.awaitility.Awaitility.await;

import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.testkit.process.NatsServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.IntBinaryOperator;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/** A router is cut off from the NATS servers, or with its NATS server from the others. Has routers of its own, with links to cut. */
final class CutOff implements Experiment {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration AFTER = Duration.ofSeconds(5);
    private static final int B = 1;
    private static final String DEAD = "(b) is declared dead";

    private final Path directory;
    private final boolean withServer;
    private final int[] lengthsSeconds;

    /** @param withServer whether its NATS server is cut off with the router */
    CutOff(Path directory, boolean withServer, int... lengthsSeconds) {
        this.directory = directory;
        this.withServer = withServer;
        this.lengthsSeconds = lengthsSeconds;
    }

    @Override
    public void run(ThreeRouters others, Measurements measurements) throws Exception {
        List<CuttableLink> links = new ArrayList<>();
        List<Integer> ports = NatsServers.freePorts();
        IntUnaryOperator cuttable = port -> {
            CuttableLink link = new CuttableLink(port);
            links.add(link);
            return link.port();
        };
        IntBinaryOperator routes =
                (from, to) -> withServer && (from == B || to == B) ? cuttable.applyAsInt(ports.get(to)) : ports.get(to);
        NatsServers servers = NatsServers.start(directory, ports, routes);
        IntFunction<List<String>> addresses = router -> withServer
                ? List.of(servers.urls().get(router))
                : servers.all().stream()
                        .map(NatsServer::port)
                        .map(port -> "nats://127.0.0.1:" + (router == B ? cuttable.applyAsInt(port) : port))
                        .toList();
        try (ThreeRouters routers = ThreeRouters.start(servers, directory, others.random(), addresses)) {
            for (int seconds : lengthsSeconds) {
                cut(routers, links, Duration.ofSeconds(seconds), measurements);
            }
        } finally {
            for (CuttableLink link : links) {
                link.close();
            }
        }
    }

    private void cut(ThreeRouters routers, List<CuttableLink> links, Duration length, Measurements measurements)
            throws Exception {
        String procedure = "cut.off." + routers.random().nextInt(1 << 30);
        AtomicLong twice = new AtomicLong();
        AtomicLong takenAt = new AtomicLong();
        AtomicLong deadAt = new AtomicLong();
        long deadBefore = deaths(routers);
        try (Session a = ThreeRouters.join(routers.a());
                Session b = ThreeRouters.join(routers.b());
                Session caller = ThreeRouters.join(routers.b())) {
            b.register(procedure, invocation -> {
                twice.addAndGet(takenAt.get() > 0 ? 1 : 0);
                return invocation.argument(0, Long.class);
            });
            CallLoop calls = new CallLoop(caller, procedure);
            await().atMost(PATIENCE).until(() -> calls.count("answered") > 5);
            links.forEach(CuttableLink::cut);
            AtomicBoolean ending = new AtomicBoolean();
            Thread taking = repeat(() -> isRegistered(a, procedure), takenAt, ending);
            Thread watching = repeat(() -> deaths(routers) > deadBefore, deadAt, ending);
            try {
                Pause.of(length);
            } finally {
                links.forEach(CuttableLink::heal);
            }
            Pause.of(AFTER);
            ending.set(true);
            taking.join();
            watching.join();
            calls.close();
            routers.awaitReady();
            String cut = length.toSeconds() + " s: ";
            measurements.count(cut + "invocations at two holders", twice.get(), 0);
            measurements.note(cut + "declared dead after", deadAt.get() / 1_000_000 + " ms");
            report(cut, length, takenAt.get() > 0, Duration.ofNanos(takenAt.get()), measurements);
            measurements.note(
                    cut + "calls on the router that was cut off",
                    calls.outcomes().toString());
            await(cut + "one holder for all").atMost(PATIENCE).until(() -> answers(routers, procedure));
        }
    }

    /** Tries until it succeeds, which is noted as nanoseconds after now, or until the cut is over. */
    private static Thread repeat(BooleanSupplier attempt, AtomicLong succeededNanos, AtomicBoolean ending) {
        long began = System.nanoTime();
        return Thread.ofVirtual().start(() -> {
            while (!ending.get() && succeededNanos.get() == 0) {
                if (attempt.getAsBoolean()) {
                    succeededNanos.set(System.nanoTime() - began);
                } else {
                    nap();
                }
            }
        });
    }

    private static boolean isRegistered(Session session, String procedure) {
        try {
            session.register(procedure, invocation -> invocation.argument(0, Long.class));
            return true;
        } catch (WampException refused) {
            return false;
        }
    }

    /** Another router has to take the procedure over only if it was cut off for long enough. */
    private static void report(
            String cut, Duration length, boolean isTaken, Duration takenAfter, Measurements measurements) {
        if (length.compareTo(LEASE.multipliedBy(2)) > 0) {
            measurements.count(cut + "another router takes over", isTaken ? 1 : 0, 1);
            measurements.time(cut + "takeover", takenAfter, LEASE);
        } else {
            measurements.note(cut + "another router takes over", isTaken ? "yes" : "no");
        }
    }

    private static long deaths(ThreeRouters routers) {
        return routers.a().logged(DEAD) + routers.c().logged(DEAD);
    }

    private static void nap() {
        try {
            Thread.sleep(Duration.ofMillis(50));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean answers(ThreeRouters routers, String procedure) {
        for (ClusterRouter router : routers.all()) {
            try (Session session = ThreeRouters.join(router)) {
                session.call(procedure, 1L);
            } catch (WampException notYet) {
                return false;
            }
        }
        return true;
    }
}
