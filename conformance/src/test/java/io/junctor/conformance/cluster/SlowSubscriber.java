package io.junctor.conformance.cluster;

import static org.awaitility.Awaitility.await;

import io.junctor.client.Args;
import io.junctor.client.PublishOptions;
import io.junctor.client.Session;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.core.ConditionTimeoutException;

/** One subscriber of several takes nothing of what another router publishes. The others must get the same as before. */
final class SlowSubscriber implements Experiment {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String DROPPED = "junctor_events_dropped_total";
    private static final int EVENTS = 10_000;
    private static final int BYTES = 8_192;
    /** Each so many events the publisher waits until its router has them. */
    private static final int ACKNOWLEDGED = 20;

    @Override
    public void run(ThreeRouters routers, Measurements measurements) throws Exception {
        String topic = "slow.subscriber." + routers.random().nextInt(1 << 30);
        CountDownLatch release = new CountDownLatch(1);
        double droppedBefore = routers.b().metric(DROPPED);
        try (Session publisher = ThreeRouters.join(routers.a());
                Session fast = ThreeRouters.join(routers.b());
                Session slow = ThreeRouters.join(routers.b())) {
            AtomicLong received = new AtomicLong();
            fast.subscribe(topic, event -> received.incrementAndGet());
            Duration without = publish(publisher, topic, received);
            long receivedWithout = received.getAndSet(0);
            slow.subscribe(topic, event -> release.await());
            Duration with = publish(publisher, topic, received);
            measurements.note("time without it and with it", without.toMillis() + " ms, " + with.toMillis() + " ms");
            measurements.count("events that another one gets without it", receivedWithout, EVENTS);
            measurements.atLeast("events that another one gets with it", received.get(), EVENTS * 95 / 100);
            measurements.atLeast(
                    "its events dropped and counted", Math.round(routers.b().metric(DROPPED) - droppedBefore), 1);
        } finally {
            release.countDown();
        }
    }

    /** How long it takes until the fast subscriber has all, or gets no more. */
    private static Duration publish(Session publisher, String topic, AtomicLong received) {
        byte[] payload = new byte[BYTES];
        long began = System.nanoTime();
        for (int i = 1; i <= EVENTS; i++) {
            PublishOptions options =
                    i % ACKNOWLEDGED == 0 ? PublishOptions.DEFAULT.acknowledged() : PublishOptions.DEFAULT;
            publisher.publish(topic, Args.of((Object) payload), options);
        }
        try {
            await("all events").atMost(PATIENCE).until(() -> received.get() == EVENTS);
        } catch (ConditionTimeoutException lost) {
            // The count tells.
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
