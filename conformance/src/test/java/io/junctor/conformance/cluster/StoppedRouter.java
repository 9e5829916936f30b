package io.junctor.conformance.cluster;

import static org.awaitility.Awaitility.await;

import io.junctor.client.Session;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A router is stopped for a while, as by a virtual machine that is moved, and goes on as if no time had passed. */
final class StoppedRouter implements Experiment {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration AFTER = Duration.ofSeconds(3);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LEASE = Duration.ofSeconds(17);
    private static final int LOOPS = 8;
    private static final String DEAD = "(b) is declared dead";

    private final int seconds;

    StoppedRouter(int seconds) {
        this.seconds = seconds;
    }

    @Override
    public void run(ThreeRouters routers, Measurements measurements) throws Exception {
        long deadBefore = routers.a().logged(DEAD);
        String procedure = "stopped.router." + routers.random().nextInt(1 << 30);
        List<CallLoop> loops = new CopyOnWriteArrayList<>();
        AtomicLong stale = new AtomicLong();
        try (Session a = ThreeRouters.join(routers.a());
                Session b = ThreeRouters.join(routers.b());
                Session c = ThreeRouters.join(routers.c())) {
            b.register(procedure, invocation -> {
                long number = invocation.argument(0, Long.class);
                if (loops.stream().anyMatch(loop -> loop.hasRefused(number))) {
                    stale.incrementAndGet();
                }
                return number;
            });
            for (int i = 0; i < LOOPS; i++) {
                loops.add(new CallLoop(i % 2 == 0 ? a : c, procedure));
            }
            await().atMost(PATIENCE).until(() -> loops.stream().allMatch(loop -> loop.count("answered") > 5));
            routers.b().signal("STOP");
            try {
                Pause.of(Duration.ofSeconds(seconds));
            } finally {
                routers.b().signal("CONT");
            }
            Pause.of(AFTER);
            for (CallLoop loop : loops) {
                loop.close();
            }
            measurements.count("stale invocations", stale.get(), 0);
            judge(loops, routers.a().logged(DEAD) - deadBefore, measurements);
        }
        routers.awaitReady();
    }

    private void judge(List<CallLoop> loops, long dead, Measurements measurements) {
        Duration length = Duration.ofSeconds(seconds);
        Duration longest =
                loops.stream().map(CallLoop::longest).max(Duration::compareTo).orElseThrow();
        measurements.time("longest call", longest, length.compareTo(LEASE) < 0 ? length.plus(SHORT) : LEASE);
        if (length.compareTo(SHORT) <= 0) {
            long errors = loops.stream()
                    .filter(loop -> !loop.outcomes().keySet().equals(Set.of("answered")))
                    .count();
            measurements.count("callers that got an error", errors, 0);
            measurements.count("declared dead", dead, 0);
        } else if (length.compareTo(LEASE) < 0) {
            measurements.count("declared dead more than once", Math.max(0, dead - 1), 0);
        } else {
            measurements.count("declared dead", dead, 1);
        }
        measurements.note(
                "outcomes of the calls of one", loops.getFirst().outcomes().toString());
    }
}
