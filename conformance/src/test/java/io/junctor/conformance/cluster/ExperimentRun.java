package io.junctor.conformance.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** Runs experiments one after the other on the same three routers, beside a population of clients. For one thread. */
final class ExperimentRun implements AutoCloseable {
    private final Measurements measurements;
    private final Path directory;
    private final Random random;
    private final int clients;
    private ThreeRouters routers;
    private Population population;
    private int installations;

    /**
     * Starts routers and clients.
     *
     * @param clients how many there are beside the experiments
     */
    ExperimentRun(Path directory, long seed, int clients, Measurements measurements) throws Exception {
        this.measurements = measurements;
        this.directory = directory;
        this.random = new Random(seed);
        this.clients = clients;
        this.routers = start();
        this.population = new Population(routers, clients);
    }

    private ThreeRouters start() throws Exception {
        return ThreeRouters.start(directory.resolve("run" + ++installations), random);
    }

    /** Runs these in their order. After one that failed, the others have new routers. */
    void run(Map<String, Experiment> experiments) throws Exception {
        for (Map.Entry<String, Experiment> each : experiments.entrySet()) {
            run(each.getKey(), each.getValue());
        }
        reportPopulation(clients + " clients beside them");
    }

    /** Runs random ones until the time is over. */
    void soak(List<Function<Random, Experiment>> steps, Duration length) throws Exception {
        long until = System.nanoTime() + length.toNanos();
        int number = 0;
        while (System.nanoTime() < until) {
            Experiment step = steps.get(random.nextInt(steps.size())).apply(random);
            run("soak " + ++number + ", " + step.getClass().getSimpleName(), step);
        }
        reportPopulation("soak, " + clients + " clients");
    }

    /** What the clients have seen beside the experiments so far. */
    void reportPopulation(String name) throws Exception {
        measurements.begin(name);
        try {
            population.report(measurements);
        } catch (RuntimeException | AssertionError failure) {
            measurements.failed(failure);
            startAnew();
        }
    }

    /** Runs one. If it fails, the others have new routers. */
    void run(String name, Experiment experiment) throws Exception {
        measurements.begin(name);
        try {
            experiment.run(routers, measurements);
            routers.heal();
        } catch (Exception | AssertionError failure) {
            measurements.failed(failure);
            startAnew();
        }
    }

    private void startAnew() throws Exception {
        population.close();
        routers.close();
        routers = start();
        population = new Population(routers, clients);
    }

    @Override
    public void close() throws Exception {
        population.close();
        routers.close();
    }
}
