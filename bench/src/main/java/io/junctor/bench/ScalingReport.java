package io.junctor.bench;

import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures how the router's cost grows with topics, sessions and readers, without a network, and prints Markdown
 * tables. Each figure is the median of alternating rounds, so that disturbances of the machine affect all figures.
 */
public final class ScalingReport {
    private static final int ROUNDS = 7;
    private static final int WARMUP_ROUNDS = 2;
    private static final int[] TOPICS = {10, 1_000, 100_000};
    private static final int[] SESSIONS = {12_500, 25_000, 50_000, 100_000};
    private static final int TOPICS_PER_SESSION = 1_000;
    private static final int PUBLICATIONS = 200_000;
    private static final long READING_MILLIS = 1_500;
    private static final Payload PAYLOAD = BenchMessages.payload(Serializer.MSGPACK, 64);

    private ScalingReport() {}

    /** Prints the three tables. */
    public static void main(String[] arguments) throws InterruptedException {
        readers();
        topics();
        joins();
    }

    private static void readers() throws InterruptedException {
        double[] one = new double[ROUNDS];
        double[] two = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        for (int round = -WARMUP_ROUNDS; round < ROUNDS; round++) {
            double inOne = RealmContention.callsPerSecond(true, READING_MILLIS);
            double inTwo = RealmContention.callsPerSecond(false, READING_MILLIS);
            if (round >= 0) {
                one[round] = inOne;
                two[round] = inTwo;
                ratios[round] = inOne / inTwo;
            }
        }
        print("| two readers on | calls/s |%n|---|---|");
        print("| one realm | %,.0f |", median(one));
        print("| two realms | %,.0f |", median(two));
        print("| ratio | %.2f (%.2f to %.2f) |%n", median(ratios), ratios[0], ratios[ROUNDS - 1]);
    }

    private static void topics() {
        double[][] nanos = new double[TOPICS.length][ROUNDS];
        try (InMemoryRouter few = subscribed(TOPICS[0]);
                InMemoryRouter some = subscribed(TOPICS[1]);
                InMemoryRouter many = subscribed(TOPICS[2])) {
            Publisher[] publishers = {new Publisher(few), new Publisher(some), new Publisher(many)};
            for (int round = -WARMUP_ROUNDS; round < ROUNDS; round++) {
                for (int i = 0; i < publishers.length; i++) {
                    double each = publishers[i].nanosPerPublication();
                    if (round >= 0) {
                        nanos[i][round] = each;
                    }
                }
            }
        }
        double base = median(nanos[0]);
        print("| topics with a subscriber | ns per publication | to the first |%n|---|---|---|");
        for (int i = 0; i < TOPICS.length; i++) {
            print("| %,d | %,.0f | %.2f |", TOPICS[i], median(nanos[i]), median(nanos[i]) / base);
        }
        print("");
    }

    private static InMemoryRouter subscribed(int topics) {
        InMemoryRouter router = new InMemoryRouter();
        InMemoryClient subscriber = router.join();
        for (int i = 0; i < topics; i++) {
            if (i > 0 && i % TOPICS_PER_SESSION == 0) {
                subscriber = router.join();
            }
            subscriber.send(subscription(1 + i % TOPICS_PER_SESSION, "com.bench.item" + i));
        }
        return router;
    }

    private static void joins() {
        double[][] micros = new double[SESSIONS.length][ROUNDS];
        for (int round = -WARMUP_ROUNDS; round < ROUNDS; round++) {
            for (int i = 0; i < SESSIONS.length; i++) {
                double total = joinAndLeave(SESSIONS[i]);
                if (round >= 0) {
                    micros[i][round] = total;
                }
            }
        }
        print("| sessions on one topic | subscribing and leaving, ms | doubling ratio |%n|---|---|---|");
        for (int i = 0; i < SESSIONS.length; i++) {
            double millis = median(micros[i]);
            print("| %,d | %,.1f | %s |", SESSIONS[i], millis, i == 0 ? "-" : ratio(millis, median(micros[i - 1])));
        }
    }

    /**
     * Returns the milliseconds for all sessions to subscribe to one topic and to leave, without the time to join the
     * realm.
     */
    private static double joinAndLeave(int sessions) {
        InMemoryRouter router = new InMemoryRouter();
        List<InMemoryClient> subscribers = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            subscribers.add(router.join());
        }
        byte[][] subscriptions = new byte[sessions][];
        Arrays.setAll(subscriptions, i -> subscription(1, "com.bench.item0"));
        long start = System.nanoTime();
        for (int i = 0; i < sessions; i++) {
            subscribers.get(i).send(subscriptions[i]);
        }
        router.close();
        return (System.nanoTime() - start) / 1e6;
    }

    private static byte[] subscription(long request, String topic) {
        return BenchMessages.encode(
                Serializer.MSGPACK, new Subscribe(request, SubscribeMessageOptions.DEFAULT, new Uri(topic)));
    }

    private static String ratio(double value, double before) {
        return String.format(Locale.ROOT, "%.2f", value / before);
    }

    /** Returns the median and sorts {@code values}. */
    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }

    /** Publishes to one of the topics without acknowledgement. */
    private static final class Publisher {
        private final InMemoryClient session;
        private final MessageTemplate publications = new MessageTemplate(
                1, id -> new Publish(id, PublishMessageOptions.DEFAULT, new Uri("com.bench.item7"), PAYLOAD));

        Publisher(InMemoryRouter router) {
            this.session = router.join();
        }

        double nanosPerPublication() {
            long start = System.nanoTime();
            for (int i = 0; i < PUBLICATIONS; i++) {
                session.send(publications.next());
            }
            return (double) (System.nanoTime() - start) / PUBLICATIONS;
        }
    }
}
