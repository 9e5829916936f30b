package io.junctor.examples;

import io.junctor.client.Args;
import io.junctor.client.Client;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import java.time.Duration;

/**
 * A device: publishes temperatures.
 *
 * <p>Run with {@code examples/run Sensor}, as often as you like, while {@code examples/run SensorDisplay} runs.
 */
public final class Sensor {
    private Sensor() {}

    /** Publishes; the arguments are the router's address, the number of readings, and the milliseconds between two. */
    public static void main(String[] args) throws InterruptedException {
        String uri = args.length > 0 ? args[0] : "ws://127.0.0.1:8080/ws";
        int readings = args.length > 1 ? Integer.parseInt(args[1]) : 60;
        Duration pause = Duration.ofMillis(args.length > 2 ? Long.parseLong(args[2]) : 1000);
        try (Session session = Client.builder(uri).realm("realm1").build().join()) {
            for (int i = 0; i < readings; i++) {
                double celsius = 20 + 15 * Math.sin(i / 5.0);
                session.publish("plant.line1.temperature", Args.of(celsius).with("sensor", session.id()));
                Thread.sleep(pause);
            }
        } catch (WampException failure) {
            System.err.println(failure.getMessage());
            System.exit(1);
        }
    }
}
