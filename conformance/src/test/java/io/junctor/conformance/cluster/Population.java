package io.junctor.conformance.cluster;

import static org.awaitility.Awaitility.await;

import io.junctor.client.Client;
import io.junctor.client.Membership;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients on all three routers that stay joined, call each other, publish and subscribe as long as the experiments last, and check
 * what they get. Thread-safe.
 */
final class Population implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final int GROUPS = 10;

    private final List<Membership> members = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    /** The last number of each publisher, for each subscriber. */
    private final Map<String, Long> heard = new ConcurrentHashMap<>();

    private final AtomicLong wrongAnswers = new AtomicLong();
    private final AtomicLong wrongOrders = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private volatile boolean ending;

    Population(ThreeRouters routers, int size) {
        String[] urls = routers.all().stream().map(ClusterRouter::url).toArray(String[]::new);
        for (int i = 0; i < size; i++) {
            int number = i;
            String[] others = {urls[(i + 1) % urls.length], urls[(i + 2) % urls.length]};
            Client client = Client.builder(urls[i % urls.length], others).build();
            members.add(client.stayJoined(session -> setUp(session, number)));
        }
        members.forEach(member -> member.awaitSession(PATIENCE));
        for (int i = 0; i < size; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().start(() -> live(number)));
        }
    }

    private void setUp(Session session, int number) {
        String subscriber = number + " " + session.id();
        session.subscribe("population.topic." + number % GROUPS, event -> {
            events.incrementAndGet();
            String publisher = event.argument(0, String.class);
            long sequence = event.argument(1, Long.class);
            Long before = heard.put(subscriber + " " + publisher, sequence);
            if (before != null && before >= sequence) {
                wrongOrders.incrementAndGet();
                System.out.println("session " + session.id() + " of client " + number + " has event " + sequence
                        + " of session " + publisher + " after event " + before + " of it");
            }
        });
        register(session, number);
    }

    /** The session before may not be gone yet, for example where its router was stopped. */
    private static void register(Session session, int number) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
            try {
                session.register(
                        "population.member." + number,
                        invocation -> List.of(number, invocation.argument(0, Long.class)));
                return true;
            } catch (WampException taken) {
                if (!session.isOpen()) {
                    throw taken;
                }
                return false;
            }
        });
    }

    private void live(int number) {
        long sequence = 0;
        while (!ending) {
            try {
                Thread.sleep(STEP.toMillis() / 2 + ThreadLocalRandom.current().nextLong(STEP.toMillis()));
                Session session = members.get(number).awaitSession(PATIENCE);
                session.publish("population.topic." + (number + 1) % GROUPS, Long.toString(session.id()), ++sequence);
                int other = ThreadLocalRandom.current().nextInt(members.size());
                long question = ThreadLocalRandom.current().nextLong(1L << 40);
                List<?> answer =
                        session.call("population.member." + other, question).as(List.class);
                boolean isRight = ((Number) answer.get(0)).intValue() == other
                        && ((Number) answer.get(1)).longValue() == question;
                answers.incrementAndGet();
                wrongAnswers.addAndGet(isRight ? 0 : 1);
            } catch (WampException refused) {
                errors.incrementAndGet();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Waits until all are joined again and reach each other, then tells what they have seen. */
    void report(Measurements measurements) {
        await("all clients are joined and can be called")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    for (int i = 0; i < members.size(); i++) {
                        try {
                            members.get((i + 1) % members.size())
                                    .awaitSession(PATIENCE)
                                    .call("population.member." + i, 1L);
                        } catch (WampException notYet) {
                            return false;
                        }
                    }
                    return true;
                });
        measurements.count("wrong answers", wrongAnswers.get(), 0);
        measurements.count("events twice or out of order", wrongOrders.get(), 0);
        measurements.note("answers", Long.toString(answers.get()));
        measurements.note("events", Long.toString(events.get()));
        measurements.note("calls with errors", Long.toString(errors.get()));
    }

    @Override
    public void close() throws InterruptedException {
        ending = true;
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join();
        }
        members.forEach(Membership::close);
    }
}
