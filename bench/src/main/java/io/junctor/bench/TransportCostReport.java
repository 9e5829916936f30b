package io.junctor.bench;

import com.sun.management.OperatingSystemMXBean;
import io.junctor.client.Client;
import io.junctor.client.Session;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.server.RouterServer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * Measures the cost of a call and of an event over each transport of the Java client, and prints a Markdown table. Router and clients are
 * in one process, so the processor time is that of both sides. Each figure is the median of alternating rounds.
 */
public final class TransportCostReport {
    private static final int ROUNDS = 5;
    private static final int WARMUP_ROUNDS = 2;
    private static final int WINDOW = 16;
    private static final int EVENTS_AT_ONCE = 500;
    private static final int SUBSCRIBERS = 10;
    private static final String TEXT = "x".repeat(64);
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private TransportCostReport() {}

    /** The cost of one operation: its duration, and the processor time of the whole process. */
    private record Cost(double micros, double cpuMicros) {}

    /** The measured load: runs operations and returns their number. */
    private interface Workload {
        long run(Client client, long untilNanos) throws Exception;
    }

    /** Prints the table. The first argument is the duration of each measurement in milliseconds; default 1000. */
    public static void main(String[] arguments) throws Exception {
        long millis = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000;
        RouterConfig config = RouterConfig.builder()
                .listener(ListenerConfig.builder().port(0).compression(true).build())
                .realm(RealmConfig.open("realm1"))
                .build();
        try (RouterServer server = RouterServer.start(config)) {
            Map<String, Client> clients = clients(server);
            Map<String, Workload> works = new LinkedHashMap<>();
            works.put("call, one at a time", (client, until) -> calls(client, 1, until));
            works.put("call, window " + WINDOW, (client, until) -> calls(client, WINDOW, until));
            works.put("event to 1", (client, until) -> events(client, 1, until));
            works.put("event to " + SUBSCRIBERS, (client, until) -> events(client, SUBSCRIBERS, until));
            System.out.println("| us, and us of processor time | " + String.join(" | ", works.keySet()) + " |");
            System.out.println("|---".repeat(works.size() + 1) + "|");
            Map<String, List<List<Cost>>> costs = new LinkedHashMap<>();
            for (int round = -WARMUP_ROUNDS; round < ROUNDS; round++) {
                for (Map.Entry<String, Client> client : clients.entrySet()) {
                    List<Cost> row = new ArrayList<>();
                    for (Workload work : works.values()) {
                        row.add(measure(client.getValue(), work, millis));
                    }
                    if (round >= 0) {
                        costs.computeIfAbsent(client.getKey(), name -> new ArrayList<>())
                                .add(row);
                    }
                }
            }
            costs.forEach((name, rounds) -> System.out.println(row(name, rounds, works.size())));
        }
    }

    private static Map<String, Client> clients(RouterServer server) {
        String address = "127.0.0.1:" + server.listeners().getFirst().port();
        Map<String, Client> clients = new LinkedHashMap<>();
        clients.put("in the process", Client.builder(server.router()).build());
        clients.put("RawSocket", Client.builder("tcp://" + address).build());
        clients.put("WebSocket", Client.builder("ws://" + address + "/ws").build());
        clients.put(
                "WebSocket, batches",
                Client.builder("ws://" + address + "/ws").batches(true).build());
        clients.put(
                "WebSocket, compressed",
                Client.builder("ws://" + address + "/ws").compression(true).build());
        clients.put("long-poll", Client.builder("http://" + address + "/ws").build());
        return clients;
    }

    private static Cost measure(Client client, Workload work, long millis) throws Exception {
        long cpu = PROCESS.getProcessCpuTime();
        long begin = System.nanoTime();
        long operations = work.run(client, begin + millis * 1_000_000);
        double nanos = System.nanoTime() - begin;
        return new Cost(nanos / operations / 1_000, (PROCESS.getProcessCpuTime() - cpu) / 1_000.0 / operations);
    }

    private static long calls(Client client, int window, long untilNanos) throws Exception {
        try (Session callee = client.join();
                Session caller = client.join()) {
            callee.register("com.example.echo", invocation -> invocation.argument(0, String.class));
            long count = 0;
            while (System.nanoTime() < untilNanos) {
                List<CompletableFuture<?>> open = new ArrayList<>();
                for (int i = 0; i < window; i++) {
                    open.add(caller.async().call("com.example.echo", TEXT));
                }
                for (CompletableFuture<?> call : open) {
                    call.get();
                }
                count += window;
            }
            return count;
        }
    }

    private static long events(Client client, int subscribers, long untilNanos) throws Exception {
        List<Session> sessions = new ArrayList<>();
        Semaphore received = new Semaphore(0);
        try (Session publisher = client.join()) {
            for (int i = 0; i < subscribers; i++) {
                Session subscriber = client.join();
                sessions.add(subscriber);
                subscriber.subscribe("com.example.topic", event -> received.release());
            }
            long count = 0;
            while (System.nanoTime() < untilNanos) {
                for (int i = 0; i < EVENTS_AT_ONCE; i++) {
                    var unused = publisher.async().publish("com.example.topic", TEXT);
                }
                received.acquire(EVENTS_AT_ONCE * subscribers);
                count += (long) EVENTS_AT_ONCE * subscribers;
            }
            return count;
        } finally {
            sessions.forEach(Session::close);
        }
    }

    private static String row(String name, List<List<Cost>> rounds, int works) {
        StringBuilder row = new StringBuilder("| " + name + " |");
        for (int work = 0; work < works; work++) {
            int index = work;
            double[] micros = rounds.stream()
                    .mapToDouble(costs -> costs.get(index).micros())
                    .toArray();
            double[] cpu = rounds.stream()
                    .mapToDouble(costs -> costs.get(index).cpuMicros())
                    .toArray();
            row.append(String.format(Locale.ROOT, " %.1f, %.1f |", median(micros), median(cpu)));
        }
        return row.toString();
    }

    private static double median(double[] figures) {
        Arrays.sort(figures);
        return figures[figures.length / 2];
    }
}
