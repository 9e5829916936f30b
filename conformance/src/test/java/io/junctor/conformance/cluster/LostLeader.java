package io.junctor.conformance.cluster;

import static org.awaitility.Awaitility.await;

import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.testkit.process.NatsServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The NATS server that decides about a stream is killed or stopped, while sessions register, call and publish. */
final class LostLeader implements Experiment {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BOUND = Duration.ofSeconds(12);
    private static final List<String> STREAMS = List.of("registry", "routers", "retained", "testaments", "history");
    private static final int STEP_MILLIS = 10;
    /** How long the server is away at least. */
    private static final Duration LEAST = Duration.ofSeconds(3);

    private final int times;
    private Duration stall = Duration.ZERO;
    private Duration call = Duration.ZERO;
    private Duration gap = Duration.ZERO;
    private long twice;
    private long wrongEvents;
    private long wrong;

    LostLeader(int times) {
        this.times = times;
    }

    @Override
    public void run(ThreeRouters routers, Measurements measurements) throws Exception {
        for (int i = 0; i < times; i++) {
            lose(routers, STREAMS.get(i % STREAMS.size()), i % 2 == 0, measurements);
            routers.awaitReady();
        }
        measurements.time("longest time without a registration", stall, BOUND);
        measurements.time("longest call", call, Duration.ofSeconds(5));
        measurements.time("longest time without events", gap, Duration.ofSeconds(5));
        measurements.count("events out of order or twice", wrongEvents, 0);
        measurements.count("procedures with two holders", twice, 0);
        measurements.count("wrong answers", wrong, 0);
    }

    private void lose(ThreeRouters routers, String stream, boolean isKilled, Measurements measurements)
            throws Exception {
        String name = "lost.leader." + routers.random().nextInt(1 << 30);
        NatsServer leader = routers.servers().get(routers.servers().leaderOf("junctor_experiments_" + stream));
        // Later requests of a session wait behind one that waits for a store: each loop has its own.
        try (Session a = ThreeRouters.join(routers.a());
                Session b = ThreeRouters.join(routers.b());
                Session c = ThreeRouters.join(routers.c());
                Session callee = ThreeRouters.join(routers.b());
                Session caller = ThreeRouters.join(routers.a());
                Session publisher = ThreeRouters.join(routers.a());
                Session recorder = ThreeRouters.join(routers.a())) {
            callee.register(name, invocation -> invocation.argument(0, Long.class));
            CallLoop calls = new CallLoop(caller, name);
            RegisterLoop registrations = new RegisterLoop(c, name + ".loop");
            Arrivals events = new Arrivals();
            callee.subscribe(name, events::add);
            HistoryLoop history = new HistoryLoop(recorder, name);
            PublishLoop publications = new PublishLoop(publisher, name, STEP_MILLIS);
            await().atMost(PATIENCE).until(() -> registrations.registered() > 5 && calls.count("answered") > 5);
            List<CompletableFuture<Boolean>> same;
            try {
                take(leader, isKilled);
                same = Stream.of(a, b)
                        .map(session -> CompletableFuture.supplyAsync(() -> registers(session, name + ".same")))
                        .toList();
                long before = registrations.registered();
                Pause.of(LEAST);
                await("REGISTER goes on").atMost(PATIENCE).until(() -> registrations.registered() > before + 5);
            } finally {
                giveBack(leader, isKilled);
            }
            publications.end();
            history.end(b, measurements);
            registrations.close();
            calls.close();
            twice += same.stream().filter(CompletableFuture::join).count() > 1 ? 1 : 0;
            stall = longer(stall, registrations.longest());
            call = longer(call, calls.longest());
            gap = longer(gap, events.longestGap());
            wrongEvents += events.wrong();
            wrong += calls.count("another answer");
            measurements.note(
                    (isKilled ? "killed" : "stopped") + " the leader of " + stream,
                    registrations.outcomes() + " " + calls.outcomes());
        }
    }

    private static void take(NatsServer leader, boolean kills) {
        if (kills) {
            leader.kill();
        } else {
            leader.signal("STOP");
        }
    }

    private static void giveBack(NatsServer leader, boolean isKilled) {
        if (isKilled) {
            leader.start();
        } else {
            leader.signal("CONT");
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static boolean registers(Session session, String procedure) {
        try {
            session.register(procedure, invocation -> null);
            return true;
        } catch (WampException refused) {
            return false;
        }
    }
}
