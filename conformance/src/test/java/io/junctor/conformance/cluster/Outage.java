package io.junctor.conformance.cluster;

import static org.awaitility.Awaitility.await;

import io.junctor.client.Args;
import io.junctor.client.PublishOptions;
import io.junctor.client.Session;
import io.junctor.client.SubscribeOptions;
import io.junctor.client.WampException;
import io.junctor.testkit.NatsServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** NATS servers are killed and stay away for a while. */
final class Outage implements Experiment {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BOUND = Duration.ofSeconds(15);
    private static final Duration AFTER = Duration.ofSeconds(1);
    private static final Duration STEP = Duration.ofMillis(50);

    private final int away;
    private final Duration length;

    /** {@code away} of the three servers. */
    Outage(int away, int seconds) {
        this.away = away;
        this.length = Duration.ofSeconds(seconds);
    }

    @Override
    public void run(ThreeRouters routers, Measurements measurements) throws Exception {
        String name = "outage." + routers.random().nextInt(1 << 30);
        List<NatsServer> gone =
                IntStream.range(0, away).mapToObj(routers.servers()::get).toList();
        try (Session a = ThreeRouters.join(routers.a());
                Session callee = ThreeRouters.join(routers.a());
                Session b = ThreeRouters.join(routers.b());
                Session c = ThreeRouters.join(routers.c())) {
            callee.register(name + ".local", invocation -> invocation.argument(0, Long.class));
            b.register(name + ".across", invocation -> invocation.argument(0, Integer.class));
            c.publish(
                    name + ".kept",
                    Args.of("kept"),
                    PublishOptions.DEFAULT.acknowledged().retained());
            CallLoop local = new CallLoop(a, name + ".local");
            gone.forEach(NatsServer::kill);
            String refusal = "";
            try {
                Pause.of(AFTER);
                refusal = registerOutcome(c, name + ".during");
                Pause.of(length.minus(AFTER));
            } finally {
                gone.forEach(NatsServer::start);
            }
            awaitFullService(a, b, c, name, measurements);
            routers.awaitReady();
            AtomicInteger kept = new AtomicInteger();
            a.subscribe(name + ".kept", SubscribeOptions.DEFAULT.withRetained(), event -> kept.incrementAndGet());
            await("the retained event").atMost(PATIENCE).until(() -> kept.get() > 0);
            local.close();
            measurements.count("retained events", kept.get(), 1);
            measurements.time("longest local call", local.longest(), Duration.ofSeconds(1));
            measurements.count(
                    "kinds of outcomes of local calls", local.outcomes().size(), 1);
            measurements.count(
                    "sessions that ended",
                    List.of(a, callee, b, c).stream()
                            .filter(session -> !session.isOpen())
                            .count(),
                    0);
            measurements.note("REGISTER meanwhile", refusal);
        }
    }

    private static void awaitFullService(Session a, Session b, Session c, String name, Measurements measurements) {
        long back = System.nanoTime();
        await("calls across").atMost(PATIENCE).pollInterval(STEP).until(() -> calls(a, name + ".across"));
        await("registration")
                .atMost(PATIENCE)
                .pollInterval(STEP)
                .until(() -> registerOutcome(b, name + ".after").equals("REGISTERED"));
        AtomicInteger events = new AtomicInteger();
        a.subscribe(name + ".events", event -> events.incrementAndGet());
        await("an event across").atMost(PATIENCE).pollInterval(STEP).until(() -> {
            c.publish(name + ".events", 1);
            return events.get() > 0;
        });
        measurements.time("full service", Duration.ofNanos(System.nanoTime() - back), BOUND);
    }

    private static boolean calls(Session session, String procedure) {
        try {
            return session.call(procedure, 1).as(Integer.class) == 1;
        } catch (WampException away) {
            return false;
        }
    }

    private static String registerOutcome(Session session, String procedure) {
        long began = System.nanoTime();
        try {
            session.register(procedure, invocation -> null);
            return "REGISTERED";
        } catch (WampException refused) {
            return refused.uri() + " after " + (System.nanoTime() - began) / 1_000_000 + " ms";
        }
    }
}
