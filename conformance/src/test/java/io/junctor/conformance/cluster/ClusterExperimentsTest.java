package io.junctor.conformance.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.junctor.testkit.process.NatsBinary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Some of what {@code cluster/experiments} runs, with fewer rounds and clients. */
@Tag("interop")
class ClusterExperimentsTest {
    private static final int CLIENTS = 20;

    @TempDir
    private Path directory;

    private final List<String> lines = new ArrayList<>();
    private final Measurements measurements = new Measurements(lines::add);
    private ExperimentRun run;

    @BeforeAll
    static void needsServer() {
        NatsBinary.missing().ifPresent(Assumptions::abort);
    }

    @AfterEach
    void endAll() throws Exception {
        if (run != null) {
            run.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> clientsNoticeNoMoreThanIsPromised() throws Exception {
        long seed = ThreadLocalRandom.current().nextLong(1L << 40);
        run = new ExperimentRun(directory, seed, CLIENTS, measurements);
        Map<String, Experiment> experiments = new LinkedHashMap<>();
        experiments.put("1 subscribe, then publish", new SubscribeThenPublish(300));
        experiments.put("2 the same procedure", new SameProcedure(60));
        experiments.put("3 a killed router", new KilledRouter(3));
        experiments.put("5 a killed NATS server", new KilledServer());
        experiments.put("6 a stopped NATS server", new StoppedServer(1_200, 4_000));
        experiments.put("13 strange URIs", new StrangeUris());
        experiments.put("14 strange messages", new StrangeMessages());
        Stream<DynamicTest> tests = experiments.entrySet().stream()
                .map(each -> test(each.getKey(), seed, () -> run.run(each.getKey(), each.getValue())));
        return Stream.concat(
                tests, Stream.of(test("the clients beside them", seed, () -> run.reportPopulation("clients"))));
    }

    private DynamicTest test(String name, long seed, Executable experiment) {
        return dynamicTest(name, () -> {
            int failuresBefore = measurements.failures().size();
            lines.clear();
            experiment.execute();
            List<String> failures = measurements.failures();
            assertThat(failures.subList(failuresBefore, failures.size()))
                    .as("what was found with seed " + seed + ":\n" + String.join("\n", lines))
                    .isEmpty();
        });
    }
}
