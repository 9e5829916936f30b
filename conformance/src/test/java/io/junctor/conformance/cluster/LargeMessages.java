package io.junctor.conformance.cluster;

import static org.awaitility.Awaitility.await;

import io.junctor.client.Session;
import io.junctor.client.WampException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls and events of 5 MB, which cross in parts, while NATS servers are killed. Each arrives whole or not at all. */
final class LargeMessages implements Experiment {
    private static final int BYTES = 5_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final int kills;

    LargeMessages(int kills) {
        this.kills = kills;
    }

    @Override
    public void run(ThreeRouters routers, Measurements measurements) throws Exception {
        String name = "large.messages." + routers.random().nextInt(1 << 30);
        byte[] large = new byte[BYTES];
        routers.random().nextBytes(large);
        Map<String, Long> outcomes = new TreeMap<>();
        AtomicInteger wrong = new AtomicInteger();
        AtomicInteger events = new AtomicInteger();
        try (Session a = ThreeRouters.join(routers.a());
                Session b = ThreeRouters.join(routers.b())) {
            b.register(name, invocation -> invocation.argument(0, byte[].class));
            b.subscribe(name, event -> {
                events.incrementAndGet();
                wrong.addAndGet(Arrays.equals(event.argument(0, byte[].class), large) ? 0 : 1);
            });
            outcomes.merge(call(a, name, large, wrong), 1L, Long::sum);
            a.publish(name, (Object) large);
            await("a large event").atMost(PATIENCE).until(() -> events.get() == 1);
            for (int i = 0; i < kills; i++) {
                int server = routers.serverOf(routers.a(), i % 2 == 0 ? "calls" : "events");
                Thread killer = Thread.ofVirtual().start(() -> {
                    try {
                        Pause.of(Duration.ofMillis(routers.random().nextInt(60)));
                        routers.servers().get(server).kill();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                a.publish(name, (Object) large);
                outcomes.merge(call(a, name, large, wrong), 1L, Long::sum);
                killer.join();
                routers.servers().get(server).start();
                routers.awaitReady();
            }
            await("a large call")
                    .atMost(PATIENCE)
                    .until(() -> call(a, name, large, wrong).equals("RESULT"));
        }
        measurements.note("outcomes of large calls", outcomes.toString());
        measurements.note("large events of " + (kills + 1), Integer.toString(events.get()));
        measurements.count("large messages with other bytes", wrong.get(), 0);
    }

    private static String call(Session session, String procedure, byte[] large, AtomicInteger wrong) {
        try {
            byte[] answer = session.call(procedure, (Object) large).as(byte[].class);
            wrong.addAndGet(Arrays.equals(answer, large) ? 0 : 1);
            return "RESULT";
        } catch (WampException refused) {
            return refused.uri();
        }
    }
}
