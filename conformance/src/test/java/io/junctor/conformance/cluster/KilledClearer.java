package io.junctor.conformance.cluster;

import static org.awaitility.Awaitility.await;

import io.junctor.client.Args;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A router is killed, and soon afterwards the one that clears up for it. The third one must do the rest, each testament once. */
final class KilledClearer implements Experiment {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration BOUND = Duration.ofSeconds(12);
    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final int SESSIONS = 20;
    private static final String DEAD = "(b) is declared dead";
    private static final String CLEARED = "are removed, its testaments published";

    private final int times;

    KilledClearer(int times) {
        this.times = times;
    }

    @Override
    public void run(ThreeRouters routers, Measurements measurements) throws Exception {
        for (int i = 0; i < times; i++) {
            kill(routers, measurements);
            routers.heal();
        }
    }

    private static void kill(ThreeRouters routers, Measurements measurements) throws Exception {
        String name = "killed.clearer." + routers.random().nextInt(1 << 30);
        AtomicInteger testaments = new AtomicInteger();
        ClusterRouter first = routers.random().nextBoolean() ? routers.a() : routers.c();
        ClusterRouter last = first == routers.a() ? routers.c() : routers.a();
        long deadBefore = first.logged(DEAD);
        long clearedBefore = first.logged(CLEARED);
        try (Session survivor = ThreeRouters.join(last)) {
            survivor.subscribe(name, event -> testaments.incrementAndGet());
            for (int i = 0; i < SESSIONS; i++) {
                Session session = ThreeRouters.join(routers.b());
                session.testaments().add(name, Args.of(i));
                session.register(name + "." + i, invocation -> null);
            }
            routers.b().kill();
            await("b is declared dead")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> first.logged(DEAD) > deadBefore);
            first.kill();
            long killed = System.nanoTime();
            measurements.note("killed when it had cleared up", first.logged(CLEARED) > clearedBefore ? "yes" : "no");
            await("all procedures are free").atMost(PATIENCE).until(() -> registersAll(survivor, name));
            await("the testaments").atMost(PATIENCE).until(() -> testaments.get() >= SESSIONS);
            measurements.time("cleared up", Duration.ofNanos(System.nanoTime() - killed), BOUND);
            Pause.of(QUIET);
            measurements.count("testaments of " + SESSIONS, testaments.get(), SESSIONS);
        }
    }

    private static boolean registersAll(Session session, String name) {
        for (int i = 0; i < SESSIONS; i++) {
            try {
                session.register(name + "." + i, invocation -> null).close();
            } catch (WampException taken) {
                return false;
            }
        }
        return true;
    }
}
