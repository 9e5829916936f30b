package io.junctor.examples;

import io.junctor.client.Client;
import io.junctor.client.Event;
import io.junctor.client.Session;
import io.junctor.client.WampException;

/**
 * Shows the temperatures that sensors publish. Its two handlers run at the same time on virtual threads; each gets its
 * events in order.
 *
 * <p>Run with {@code examples/run SensorDisplay}, and then {@code examples/run Sensor} beside it.
 */
public final class SensorDisplay {
    private static final double HOT = 30;

    private SensorDisplay() {}

    /** Shows temperatures until the router ends the session; the first argument is the router's address. */
    public static void main(String[] args) {
        String uri = args.length > 0 ? args[0] : "ws://127.0.0.1:8080/ws";
        try (Session session = Client.builder(uri).realm("realm1").build().join()) {
            session.subscribe("plant.line1.temperature", SensorDisplay::show);
            session.subscribe("plant.line1.temperature", SensorDisplay::warn);
            System.out.println("waiting for sensors");
            System.out.println("stopped: " + session.awaitLeave().reason());
        } catch (WampException failure) {
            System.err.println(failure.getMessage());
            System.exit(1);
        }
    }

    private static void show(Event event) {
        System.out.printf("sensor %d: %.1f C%n", event.keyword("sensor", Long.class), event.argument(0, Double.class));
    }

    private static void warn(Event event) {
        if (event.argument(0, Double.class) > HOT) {
            System.out.println("too hot!");
        }
    }
}
