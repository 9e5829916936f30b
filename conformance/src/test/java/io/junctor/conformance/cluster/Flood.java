package io.junctor.conformance.cluster;

import io.junctor.client.Args;
import io.junctor.client.PublishOptions;
import io.junctor.client.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Events of 1 KiB come to a router faster than it can deliver them, while calls cross it. */
final class Flood implements Experiment {
    private static final Duration LENGTH = Duration.ofSeconds(15);
    private static final int PUBLISHERS = 6;
    private static final int BYTES = 1024;
    private static final String CUT_OFF = "Slow Consumer";

    private final Path directory;

    /** @param directory where the logs of the NATS servers are */
    Flood(Path directory) {
        this.directory = directory;
    }

    @Override
    public void run(ThreeRouters routers, Measurements measurements) throws Exception {
        String name = "flood." + routers.random().nextInt(1 << 30);
        AtomicLong received = new AtomicLong();
        AtomicLong published = new AtomicLong();
        AtomicBoolean ending = new AtomicBoolean();
        List<Session> publishers = new ArrayList<>();
        long cutOffBefore = cutOff();
        double droppedBefore = routers.b().metric("junctor_cluster_messages_dropped_total");
        double reconnectsBefore = routers.b().metric("junctor_cluster_reconnects_total");
        try (Session a = ThreeRouters.join(routers.a());
                Session b = ThreeRouters.join(routers.b());
                Session slow = ThreeRouters.join(routers.b())) {
            b.register(name, invocation -> invocation.argument(0, Long.class));
            b.subscribe(name, event -> received.incrementAndGet());
            slow.subscribe(name, event -> Thread.sleep(Duration.ofHours(1)));
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < PUBLISHERS; i++) {
                Session publisher = ThreeRouters.join(i % 2 == 0 ? routers.a() : routers.c());
                publishers.add(publisher);
                threads.add(publish(publisher, name, ending, published));
            }
            CallLoop calls = new CallLoop(a, name);
            Pause.of(LENGTH);
            ending.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
            calls.close();
            measurements.count("kinds of outcomes of calls", calls.outcomes().size(), 1);
            measurements.time("longest call", calls.longest(), Duration.ofSeconds(5));
            measurements.note("events published, received by one", published.get() + ", " + received.get());
            measurements.note(
                    "messages between routers dropped and counted",
                    Long.toString(
                            Math.round(routers.b().metric("junctor_cluster_messages_dropped_total") - droppedBefore)));
            measurements.count(
                    "reconnects",
                    Math.round(routers.b().metric("junctor_cluster_reconnects_total") - reconnectsBefore),
                    0);
            measurements.count("connections that NATS cut off", cutOff() - cutOffBefore, 0);
        } finally {
            publishers.forEach(Session::close);
        }
    }

    private static Thread publish(Session publisher, String topic, AtomicBoolean ending, AtomicLong published) {
        byte[] payload = new byte[BYTES];
        return Thread.ofVirtual().start(() -> {
            while (!ending.get()) {
                publisher.publish(topic, Args.of((Object) payload), PublishOptions.DEFAULT);
                published.incrementAndGet();
            }
        });
    }

    private long cutOff() throws Exception {
        try (var files = Files.walk(directory)) {
            long count = 0;
            for (Path log : files.filter(each -> each.endsWith("nats.log")).toList()) {
                count += Files.readAllLines(log).stream()
                        .filter(line -> line.contains(CUT_OFF))
                        .count();
            }
            return count;
        }
    }
}
