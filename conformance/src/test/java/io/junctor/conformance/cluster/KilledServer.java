package io.junctor.conformance.cluster;

import static org.awaitility.Awaitility.await;

import io.junctor.client.Result;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** The NATS server is killed over which a router calls. */
final class KilledServer implements Experiment {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration BOUND = Duration.ofSeconds(1);
    /** The NATS servers elect another leader before a router knows that the others do not take it for dead. */
    private static final Duration BOUND_OF_ELECTION = Duration.ofSeconds(12);

    private static final String DEAD = "is declared dead";

    @Override
    public void run(ThreeRouters routers, Measurements measurements) throws Exception {
        long deadBefore = dead(routers);
        int server = routers.serverOf(routers.a(), "calls");
        boolean isLeader = routers.servers().leaderOf("junctor_experiments_routers") == server;
        CountDownLatch release = new CountDownLatch(1);
        try (Session a = ThreeRouters.join(routers.a());
                Session b = ThreeRouters.join(routers.b())) {
            b.register("killed.server.echo", invocation -> invocation.argument(0, Integer.class));
            b.register("killed.server.held", invocation -> {
                release.await();
                return null;
            });
            CompletableFuture<Result> open = a.async().call("killed.server.held");
            a.call("killed.server.echo", 1);

            long killed = System.nanoTime();
            routers.servers().get(server).kill();
            await("a call from a to b")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> calls(a));
            measurements.time(
                    "a call across routers is answered" + (isLeader ? ", the server was the leader" : ""),
                    Duration.ofNanos(System.nanoTime() - killed),
                    isLeader ? BOUND_OF_ELECTION : BOUND);
            release.countDown();
            long released = System.nanoTime();
            await("the open call is answered").atMost(PATIENCE).until(open::isDone);
            measurements.time(
                    "the open call is answered", Duration.ofNanos(System.nanoTime() - released), Duration.ofSeconds(5));
            measurements.note(
                    "its outcome",
                    open.handle((result, failure) -> failure == null ? "RESULT" : failure.getMessage())
                            .join());
        } finally {
            release.countDown();
            routers.servers().get(server).start();
        }
        routers.awaitReady();
        measurements.count("routers declared dead", dead(routers) - deadBefore, 0);
    }

    private static boolean calls(Session session) {
        try {
            return session.call("killed.server.echo", 2).as(Integer.class) == 2;
        } catch (WampException away) {
            return false;
        }
    }

    /** How often a router has been declared dead. */
    static long dead(ThreeRouters routers) {
        return routers.all().stream().mapToLong(router -> router.logged(DEAD)).sum();
    }
}
