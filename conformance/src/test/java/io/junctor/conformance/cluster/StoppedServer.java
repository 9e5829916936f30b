package io.junctor.conformance.cluster;

import io.junctor.client.Session;
import java.time.Duration;
import java.util.List;

/** The NATS server is stopped for a while over which a router publishes. */
final class StoppedServer implements Experiment {
    private static final Duration AROUND = Duration.ofSeconds(2);
    private static final Duration STEP = Duration.ofMillis(5);
    private static final Duration BOUND = Duration.ofSeconds(4);
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final List<Duration> lengths;

    StoppedServer(int... lengthsMillis) {
        this.lengths = java.util.Arrays.stream(lengthsMillis)
                .mapToObj(Duration::ofMillis)
                .toList();
    }

    @Override
    public void run(ThreeRouters routers, Measurements measurements) throws Exception {
        long deadBefore = KilledServer.dead(routers);
        long wrong = 0;
        long lost = 0;
        Duration longestGap = Duration.ZERO;
        for (Duration length : lengths) {
            List<Arrivals> heard = List.of(new Arrivals(), new Arrivals());
            int published = publish(routers, length, heard);
            for (Arrivals arrivals : heard) {
                lost += published - arrivals.count();
                wrong += arrivals.wrong();
                longestGap = longestGap.compareTo(arrivals.longestGap()) > 0 ? longestGap : arrivals.longestGap();
            }
            routers.awaitReady();
        }
        measurements.count("events out of order or twice", wrong, 0);
        measurements.time("longest time without events", longestGap, BOUND);
        measurements.note("unacknowledged events lost", Long.toString(lost));
        measurements.count("routers declared dead", KilledServer.dead(routers) - deadBefore, 0);
    }

    /** Returns how many events were published while the server was stopped for {@code length}, and before and after it. */
    private static int publish(ThreeRouters routers, Duration length, List<Arrivals> heard) throws Exception {
        int server = routers.serverOf(routers.a(), "events");
        String topic =
                "stopped.server." + length.toMillis() + "." + routers.random().nextInt(1 << 30);
        try (Session a = ThreeRouters.join(routers.a());
                Session b = ThreeRouters.join(routers.b());
                Session c = ThreeRouters.join(routers.c())) {
            b.subscribe(topic, heard.getFirst()::add);
            c.subscribe(topic, heard.getLast()::add);
            PublishLoop loop = new PublishLoop(a, topic, STEP.toNanosPart() / NANOS_PER_MILLI);
            Pause.of(AROUND);
            routers.servers().get(server).signal("STOP");
            try {
                Pause.of(length);
            } finally {
                routers.servers().get(server).signal("CONT");
            }
            Pause.of(AROUND.plus(BOUND));
            return loop.end();
        }
    }
}
