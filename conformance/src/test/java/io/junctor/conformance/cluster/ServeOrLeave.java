package io.junctor.conformance.cluster;

import static org.awaitility.Awaitility.await;

import io.junctor.client.Client;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.testkit.process.NatsServer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All NATS servers are away for a while: what the realms do that do not suspend requests. */
final class ServeOrLeave implements Experiment {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration SERVES_ALONE = Duration.ofSeconds(2);
    private static final Duration LEAVES = Duration.ofSeconds(31);
    private static final Duration CONVERGES = Duration.ofSeconds(15);
    private static final Duration ADMITS = Duration.ofSeconds(15);

    @Override
    public void run(ThreeRouters routers, Measurements measurements) throws Exception {
        String procedure = "serve.or.leave." + routers.random().nextInt(1 << 30);
        List<NatsServer> servers = routers.servers().all();
        try (Session older = ThreeRouters.join(routers.a(), ClusterRouter.SERVING_REALM);
                Session younger = ThreeRouters.join(routers.b(), ClusterRouter.SERVING_REALM);
                Session leaving = ThreeRouters.join(routers.c(), ClusterRouter.LEAVING_REALM)) {
            older.register(procedure, invocation -> "older");
            await("a call across")
                    .atMost(PATIENCE)
                    .until(() -> answer(younger, procedure).equals("older"));
            long killed = System.nanoTime();
            servers.forEach(NatsServer::kill);
            try {
                await("a router serves alone")
                        .atMost(PATIENCE)
                        .pollInterval(STEP)
                        .until(() -> takes(younger, procedure));
                measurements.time("serve: another router has the procedure too", since(killed), SERVES_ALONE);
                measurements.count(
                        "serve: routers that answer",
                        answers(older, younger, procedure).size(),
                        2);
                await("the sessions end").atMost(PATIENCE).pollInterval(STEP).until(() -> !leaving.isOpen());
                measurements.time("leave: sessions end", since(killed), LEAVES);
                measurements.count("leave: clients that can join", admits(routers.c()) ? 1 : 0, 0);
            } finally {
                servers.forEach(NatsServer::start);
            }
            long back = System.nanoTime();
            await("a client can join").atMost(PATIENCE).pollInterval(STEP).until(() -> admits(routers.c()));
            measurements.time("leave: a client can join again", since(back), ADMITS);
            await("one holder")
                    .atMost(PATIENCE)
                    .pollInterval(STEP)
                    .until(() -> answers(older, younger, procedure).equals(Set.of("older")));
            measurements.time("serve: only the older one is left", since(back), CONVERGES);
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static boolean takes(Session session, String procedure) {
        try {
            session.register(procedure, invocation -> "younger");
            return true;
        } catch (WampException taken) {
            return false;
        }
    }

    private static Set<String> answers(Session one, Session other, String procedure) {
        Set<String> answers = new HashSet<>();
        answers.add(answer(one, procedure));
        answers.add(answer(other, procedure));
        return answers;
    }

    private static String answer(Session session, String procedure) {
        try {
            return session.call(procedure).as(String.class);
        } catch (WampException refused) {
            return refused.uri();
        }
    }

    private static boolean admits(ClusterRouter router) {
        try (Session session = Client.builder(router.url())
                .realm(ClusterRouter.LEAVING_REALM)
                .build()
                .join()) {
            return session.isOpen();
        } catch (WampException refused) {
            return false;
        }
    }
}
