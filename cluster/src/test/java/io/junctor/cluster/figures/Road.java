package io.junctor.cluster.figures;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.Lane;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Traffic;
import io.junctor.cluster.nats.NatsEngines;
import io.junctor.cluster.nats.NatsSettings;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Nats;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/** A way between two JVMs on which one sends data and the other one credit. For one thread that sends. */
sealed interface Road extends AutoCloseable permits Road.Plain, Road.OfLane {
    String DATA = "data";
    String CREDIT = "credit";

    /** Sends a message on a subject. */
    void send(String subject, byte[] body);

    /** Tells {@code taker} how many messages have come on a subject. Returns when the server knows that. */
    void take(String subject, IntConsumer taker) throws InterruptedException, TimeoutException;

    @Override
    void close();

    /** Opens the road that is called so, as sender or receiver. */
    static Road open(String name, String url, boolean sends) throws IOException, InterruptedException {
        return name.equals("lane") ? OfLane.open(url, sends) : new Plain(Nats.connect(url));
    }

    /** The library alone. */
    record Plain(Connection connection) implements Road {
        private static final String PREFIX = "figures.";

        @Override
        public void send(String subject, byte[] body) {
            connection.publish(PREFIX + subject, body);
        }

        @Override
        public void take(String subject, IntConsumer taker) throws InterruptedException, TimeoutException {
            Dispatcher dispatcher = connection.createDispatcher();
            dispatcher.setPendingLimits(-1, -1);
            dispatcher.subscribe(PREFIX + subject, message -> taker.accept(1));
            connection.flush(Duration.ofSeconds(2));
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A lane of a router. */
    final class OfLane implements Road {
        private final Engine engine;
        private final Lane lane;
        private volatile IntConsumer taker = count -> {};

        private OfLane(Engine engine) {
            this.engine = engine;
            this.lane = engine.lane(Traffic.EVENTS, "figures", messages -> taker.accept(messages.size()));
        }

        static OfLane open(String url, boolean sends) {
            RouterId router = new RouterId(sends ? 1 : 2);
            return new OfLane(new NatsEngines(NatsSettings.of("figures-lane", url)).open(router));
        }

        @Override
        public void send(String subject, byte[] body) {
            lane.publish(subject, body);
        }

        @Override
        public void take(String subject, IntConsumer next) {
            taker = next;
            lane.subscribe(subject);
            lane.confirmed(lane.position()).toCompletableFuture().join();
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
