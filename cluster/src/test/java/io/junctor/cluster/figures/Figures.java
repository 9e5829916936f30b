package io.junctor.cluster.figures;

import io.junctor.testkit.process.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Measures what a cluster does that {@code bench/cluster} does not see: a request and its reply over NATS, how many messages a lane moves,
 * how long a registration takes, and how long many callees take. Prints a line for each figure: name, value, bound or nothing.
 */
public final class Figures {
    static final String REQUESTS = "figures.requests";
    /** How many messages are taken until the sender may send as many more. */
    static final int CREDIT = 1_000;

    private static final int MOST_UNDER_WAY = 16 * CREDIT;
    private static final int BYTES = 256;
    private static final int BATCH = 16;
    private static final int ROUNDS = 3;
    private static final long WARMUP_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long MEASURED_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final int REQUESTS_SENT = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Figures() {}

    /** Starts a NATS server, and measures. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("junctor-figures");
        try (NatsServer server = NatsServer.start(directory)) {
            print("p50 of a request and its reply over NATS, us", requestMicros(server.url()), "");
            double[] plain = new double[ROUNDS];
            double[] lane = new double[ROUNDS];
            double[] batches = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                plain[i] = perSecond("plain", server.url(), BYTES);
                lane[i] = perSecond("lane", server.url(), BYTES);
                batches[i] = BATCH * perSecond("lane", server.url(), BATCH * BYTES);
            }
            print("messages of 256 bytes that jnats moves, per second", median(plain), "");
            print("of these a lane, ratio", median(lane) / median(plain), "at least 0.7");
            print("of these a lane in batches of 16, ratio", median(batches) / median(plain), "more");
            new Registrations(server.url()).measure();
        }
        System.exit(0);
    }

    static void print(String name, double value, String bound) {
        System.out.println(
                name + "\t" + String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.0f", value) + "\t" + bound);
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double requestMicros(String url) throws Exception {
        Process other = otherSide("answers", url);
        try (Connection connection = Nats.connect(url)) {
            Semaphore answered = new Semaphore(0);
            connection.createDispatcher().subscribe("figures.answers", answer -> answered.release());
            connection.flush(PATIENCE);
            double[] micros = new double[REQUESTS_SENT];
            for (int i = -REQUESTS_SENT; i < REQUESTS_SENT; i++) {
                long sent = System.nanoTime();
                connection.publish(REQUESTS, "figures.answers", new byte[BYTES]);
                acquire(answered, 1);
                if (i >= 0) {
                    micros[i] = (System.nanoTime() - sent) / 1_000.0;
                }
            }
            return median(micros);
        } finally {
            end(other);
        }
    }

    /** How many messages arrive at another process. */
    private static double perSecond(String road, String url, int bytes) throws Exception {
        Process other = otherSide(road, url);
        Semaphore room = new Semaphore(MOST_UNDER_WAY);
        try (Road way = Road.open(road, url, true)) {
            way.take(Road.CREDIT, count -> room.release(count * CREDIT));
            send(way, room, bytes, WARMUP_NANOS);
            long begun = System.nanoTime();
            long sent = send(way, room, bytes, MEASURED_NANOS);
            acquire(room, MOST_UNDER_WAY);
            return sent / ((System.nanoTime() - begun) / 1e9);
        } finally {
            end(other);
        }
    }

    /** Sends for some time, and takes care that not too much is under way. Returns how much it has sent. */
    private static long send(Road way, Semaphore room, int bytes, long nanos) throws InterruptedException {
        long untilNanos = System.nanoTime() + nanos;
        long sent = 0;
        while (System.nanoTime() < untilNanos) {
            acquire(room, CREDIT);
            for (int i = 0; i < CREDIT; i++) {
                way.send(Road.DATA, new byte[bytes]);
            }
            sent += CREDIT;
        }
        return sent;
    }

    private static void acquire(Semaphore permits, int count) throws InterruptedException {
        if (!permits.tryAcquire(count, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("messages were lost");
        }
    }

    private static Process otherSide(String what, String url) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                OtherSide.class.getName(),
                what,
                url);
        Process other = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = other.inputReader(StandardCharsets.UTF_8);
        if (!"ready".equals(output.readLine())) {
            throw new AssertionError("the other process has ended");
        }
        return other;
    }

    private static void end(Process other) throws IOException {
        other.getOutputStream().close();
        other.onExit().join();
    }
}
