package io.junctor.conformance.cluster;

import io.junctor.client.Session;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Publishes 1, 2, 3 and so on without acknowledgement, on a thread of its own, until it is ended. Thread-safe. */
final class PublishLoop {
    private final Thread thread;
    private volatile boolean ending;
    private final AtomicInteger published = new AtomicInteger();

    PublishLoop(Session session, String topic, int stepMillis) {
        thread = Thread.ofVirtual().start(() -> {
            try {
                while (!ending) {
                    session.publish(topic, published.incrementAndGet());
                    Thread.sleep(stepMillis);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Publishes nothing more, and returns how much it has published. */
    int end() throws InterruptedException {
        ending = true;
        if (!thread.join(Duration.ofMinutes(1))) {
            throw new AssertionError("a publication takes longer than a minute");
        }
        return published.get();
    }
}
