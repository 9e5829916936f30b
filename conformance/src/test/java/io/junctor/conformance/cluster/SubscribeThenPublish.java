package io.junctor.conformance.cluster;

import io.junctor.client.Args;
import io.junctor.client.PublishOptions;
import io.junctor.client.Session;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A session subscribes on one router, and another one publishes on another router as soon as the subscription is acknowledged. */
final class SubscribeThenPublish implements Experiment {
    private static final int PATIENCE_SECONDS = 20;

    private final int rounds;

    SubscribeThenPublish(int rounds) {
        this.rounds = rounds;
    }

    @Override
    public void run(ThreeRouters routers, Measurements measurements) throws Exception {
        measurements.count("events lost of " + rounds, lost(routers, ClusterRouter.REALM, PATIENCE_SECONDS), 0);
        measurements.note(
                "events lost of " + rounds + " with subscribe_ack: local",
                Long.toString(lost(routers, ClusterRouter.HASTY_REALM, 2)));
    }

    private long lost(ThreeRouters routers, String realm, int patienceSeconds) throws Exception {
        CountDownLatch missing = new CountDownLatch(rounds);
        try (Session subscriber = ThreeRouters.join(routers.a(), realm);
                Session publisher = ThreeRouters.join(routers.b(), realm)) {
            for (int i = 0; i < rounds; i++) {
                String topic = "subscribe.then.publish." + i;
                subscriber.subscribe(topic, event -> missing.countDown());
                publisher.publish(topic, Args.of(i), PublishOptions.DEFAULT.acknowledged());
            }
            boolean unused = missing.await(patienceSeconds, TimeUnit.SECONDS);
            return missing.getCount();
        }
    }
}
