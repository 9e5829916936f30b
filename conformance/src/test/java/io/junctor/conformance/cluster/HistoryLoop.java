package io.junctor.conformance.cluster;

import static org.awaitility.Awaitility.await;

import io.junctor.client.Args;
import io.junctor.client.HistoryOptions;
import io.junctor.client.PublishOptions;
import io.junctor.client.Session;
import io.junctor.client.SubscribeOptions;
import io.junctor.client.Subscription;
import io.junctor.client.WampException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Publishes 1, 2, 3 and so on to a topic with a history, each when the one before is acknowledged or refused, on a thread of its own, until
 * it is ended. Thread-safe.
 */
final class HistoryLoop {
    private static final String PREFIX = "history.";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration STEP = Duration.ofMillis(200);

    private final Session session;
    private final String topic;
    private final Thread thread;
    private final List<Integer> acknowledged = new ArrayList<>();
    private int refused;
    private volatile boolean ending;

    /** @param name the rest of the topic */
    HistoryLoop(Session session, String name) {
        this.session = session;
        this.topic = PREFIX + name;
        this.thread = Thread.ofVirtual().start(this::run);
    }

    private void run() {
        try {
            for (int number = 1; !ending; number++) {
                publish(number);
                Thread.sleep(STEP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish(int number) {
        boolean isAcknowledged;
        try {
            session.publish(topic, Args.of(number), PublishOptions.DEFAULT.acknowledged());
            isAcknowledged = true;
        } catch (WampException noStore) {
            isAcknowledged = false;
        }
        note(number, isAcknowledged);
    }

    private synchronized void note(int number, boolean isAcknowledged) {
        if (isAcknowledged) {
            acknowledged.add(number);
        } else {
            refused++;
        }
    }

    synchronized int acknowledged() {
        return acknowledged.size();
    }

    /** Publishes nothing more. Tells how many acknowledged events the history lacks, and how many come behind a later one. */
    void end(Session reader, Measurements measurements) throws InterruptedException {
        ending = true;
        if (!thread.join(PATIENCE)) {
            throw new AssertionError("a publication to " + topic + " has no answer after a minute");
        }
        List<Integer> all = stored(reader);
        // One that was refused may come late.
        List<Integer> stored = all.stream().filter(acknowledged::contains).toList();
        int wrong = 0;
        for (int i = 1; i < stored.size(); i++) {
            wrong += stored.get(i) > stored.get(i - 1) ? 0 : 1;
        }
        List<Integer> lacking = new ArrayList<>(acknowledged);
        lacking.removeAll(stored);
        measurements.note("events for a history acknowledged, refused", acknowledged.size() + ", " + refused);
        measurements.count("acknowledged events that the history lacks", lacking.size(), 0);
        measurements.count("acknowledged events of the history twice or out of order", wrong, 0);
        measurements.note("refused events that the history has", Integer.toString(all.size() - stored.size()));
    }

    private List<Integer> stored(Session reader) {
        Subscription all = reader.subscribe(PREFIX, SubscribeOptions.DEFAULT.prefix(), event -> {});
        List<Integer> stored = new ArrayList<>();
        await("the history").atMost(PATIENCE).until(() -> {
            try {
                stored.clear();
                reader.history(all, HistoryOptions.DEFAULT.topic(topic)).stream()
                        .map(past -> past.event().argument(0, Integer.class))
                        .forEach(stored::add);
                return true;
            } catch (WampException notYet) {
                return false;
            }
        });
        all.close();
        return stored;
    }
}
