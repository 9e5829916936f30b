package io.junctor.conformance.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Stream;

/** What {@code cluster/experiments} runs: all experiments, then a soak of random ones. Prints a Markdown table. */
public final class Experiments {
    private static final int CLIENTS = 200;

    private Experiments() {}

    /** Options: {@code --seed N}, {@code --minutes M} of soak, {@code --only TEXT,TEXT} for experiments whose name has a text. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = options(arguments);
        long seed = options.containsKey("--seed")
                ? Long.parseLong(options.get("--seed"))
                : ThreadLocalRandom.current().nextLong(1L << 40);
        long minutes = Long.parseLong(options.getOrDefault("--minutes", "0"));
        String only = options.getOrDefault("--only", "");
        int clients = Integer.parseInt(options.getOrDefault("--clients", Integer.toString(CLIENTS)));
        Path root = Files.createDirectories(Path.of(options.getOrDefault("--directory", "target/experiments")));
        // Streams of an earlier run would have its routers.
        Path directory = Files.createTempDirectory(root, "run");
        System.out.println("seed " + seed + ", files in " + directory.toRealPath());

        Map<String, Experiment> selected = new LinkedHashMap<>(all(directory));
        selected.keySet().removeIf(name -> Stream.of(only.split(",", -1)).noneMatch(name::contains));
        Measurements measurements = new Measurements(System.out::println);
        try (ExperimentRun run = new ExperimentRun(directory, seed, clients, measurements)) {
            run.run(selected);
            if (minutes > 0) {
                run.soak(soak(), Duration.ofMinutes(minutes));
            }
        }
        System.out.println();
        System.out.println(measurements.table());
        List<String> failures = measurements.failures();
        failures.forEach(failure -> System.out.println("failed: " + failure));
        System.exit(failures.isEmpty() ? 0 : 1);
    }

    private static Map<String, Experiment> all(Path directory) {
        Map<String, Experiment> all = new LinkedHashMap<>();
        all.put("1 subscribe, then publish", new SubscribeThenPublish(2_000));
        all.put("2 the same procedure", new SameProcedure(1_000));
        all.put("3 a killed router", new KilledRouter(20));
        all.put("4 a router stopped for 1 s", new StoppedRouter(1));
        all.put("4 a router stopped for 8 s", new StoppedRouter(8));
        all.put("4 a router stopped for 30 s", new StoppedRouter(30));
        all.put("5 a killed NATS server", new KilledServer());
        all.put("6 a stopped NATS server", new StoppedServer(800, 1_200, 1_800, 4_000));
        all.put("7 a lost leader", new LostLeader(10));
        all.put("8 two NATS servers away for 30 s", new Outage(2, 30));
        all.put("8 all NATS servers away for 3 s", new Outage(3, 3));
        all.put("8 all NATS servers away for 30 s", new Outage(3, 30));
        all.put("8 engine_lost: serve and leave", new ServeOrLeave());
        all.put("9 a router cut off from NATS", new CutOff(directory.resolve("cut-router"), false, 5, 14, 40));
        all.put("9 a router and its NATS server cut off", new CutOff(directory.resolve("cut-server"), true, 5, 14, 40));
        all.put("10 a wiped registry", new WipedRegistry());
        all.put("11 progress and cancel", new ProgressAndCancel());
        all.put("12 a subscriber that reads nothing", new SlowSubscriber());
        all.put("12 a flood of events", new Flood(directory));
        all.put("13 strange URIs", new StrangeUris());
        all.put("14 strange messages", new StrangeMessages());
        all.put("15 who clears up is killed", new KilledClearer(3));
        all.put("15 large messages", new LargeMessages(6));
        return all;
    }

    /** What one step of the soak may be. */
    private static List<Function<Random, Experiment>> soak() {
        List<Function<Random, Experiment>> steps = new ArrayList<>();
        steps.add(random -> new SubscribeThenPublish(100 + random.nextInt(200)));
        steps.add(random -> new SameProcedure(10 + random.nextInt(20)));
        steps.add(random -> new KilledRouter(1));
        steps.add(random -> new StoppedRouter(1 + random.nextInt(8)));
        steps.add(random -> new KilledServer());
        steps.add(random -> new StoppedServer(500 + random.nextInt(3_500)));
        steps.add(random -> new LostLeader(1));
        steps.add(random -> new Outage(1 + random.nextInt(3), 2 + random.nextInt(8)));
        steps.add(random -> new ProgressAndCancel());
        steps.add(random -> new LargeMessages(1));
        return steps;
    }

    private static Map<String, String> options(String[] arguments) {
        Map<String, String> options = new LinkedHashMap<>();
        List<String> known = List.of("--seed", "--minutes", "--only", "--clients", "--directory");
        for (int i = 0; i < arguments.length; i += 2) {
            if (!known.contains(arguments[i]) || i + 1 == arguments.length) {
                System.err.println("experiments: options are " + known + ", each with a value");
                System.exit(2);
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        return options;
    }
}
