package io.junctor.conformance.cluster;

import static org.awaitility.Awaitility.await;

import io.junctor.client.Args;
import io.junctor.client.PublishOptions;
import io.junctor.client.RegisterOptions;
import io.junctor.client.Session;
import io.junctor.client.SubscribeOptions;
import io.junctor.client.WampException;
import io.junctor.testkit.process.NatsServer;
import io.junctor.wamp.options.InvokePolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** NATS servers are killed and stay away for a while. */
final class Outage implements Experiment {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BOUND = Duration.ofSeconds(15);
    /** How long requests wait that only one router may serve. */
    private static final Duration SUSPENDED = Duration.ofSeconds(5);

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
                // Later requests of a session wait behind one that only one router may serve: each loop has its own.
                Session caller = ThreeRouters.join(routers.a());
                Session other = ThreeRouters.join(routers.a());
                Session b = ThreeRouters.join(routers.b());
                Session c = ThreeRouters.join(routers.c())) {
            callee.register(name + ".local", invocation -> invocation.argument(0, Long.class));
            callee.register(
                    name + ".shared",
                    RegisterOptions.DEFAULT.shared(InvokePolicy.ROUND_ROBIN),
                    invocation -> invocation.argument(0, Long.class));
            b.register(name + ".across", invocation -> invocation.argument(0, Integer.class));
            c.publish(
                    name + ".kept",
                    Args.of("kept"),
                    PublishOptions.DEFAULT.acknowledged().retained());
            HistoryLoop history = new HistoryLoop(b, name);
            CallLoop shared = new CallLoop(caller, name + ".shared");
            CallLoop exclusive = new CallLoop(other, name + ".local");
            await().atMost(PATIENCE).until(() -> history.acknowledged() > 0 && shared.count("answered") > 0);
            gone.forEach(NatsServer::kill);
            CompletableFuture<String> refusal;
            try {
                Pause.of(AFTER);
                refusal = CompletableFuture.supplyAsync(() -> registerOutcome(c, name + ".during"));
                Pause.of(length.minus(AFTER));
            } finally {
                gone.forEach(NatsServer::start);
            }
            awaitFullService(a, b, c, name, measurements);
            routers.awaitReady();
            history.end(a, measurements);
            measurements.count("retained events", retained(a, name + ".kept"), 1);
            judge(shared, exclusive, measurements);
            measurements.count(
                    "sessions that ended",
                    List.of(a, callee, caller, b, c).stream()
                            .filter(session -> !session.isOpen())
                            .count(),
                    0);
            measurements.note("REGISTER meanwhile", refusal.join());
        }
    }

    private static void judge(CallLoop shared, CallLoop exclusive, Measurements measurements) throws Exception {
        shared.close();
        exclusive.close();
        measurements.time("longest local call of a shared procedure", shared.longest(), Duration.ofSeconds(1));
        measurements.count("kinds of outcomes of these", shared.outcomes().size(), 1);
        measurements.time("longest other local call", exclusive.longest(), SUSPENDED);
        measurements.note("their outcomes", exclusive.outcomes().toString());
    }

    private static int retained(Session session, String topic) {
        AtomicInteger kept = new AtomicInteger();
        session.subscribe(topic, SubscribeOptions.DEFAULT.withRetained(), event -> kept.incrementAndGet());
        await("the retained event").atMost(PATIENCE).until(() -> kept.get() > 0);
        return kept.get();
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
