package io.junctor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs one short iteration of the benchmarks in this process; the figures have no meaning. */
class SmokeTest {
    @Test
    void benchmarksRun() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("RouterBenchmark")
                        .include("MatchBenchmark")
                        .include("PatternBenchmark")
                        .include("ReceiverListBenchmark")
                        .param("receivers", "10")
                        .param("topics", "10")
                        .param("patterns", "10")
                        .param("entries", "10")
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(100))
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
        assertThat(results)
                .hasSize(7)
                .allSatisfy(result ->
                        assertThat(result.getPrimaryResult().getScore()).isPositive());
    }
}
