package io.junctor.cli.bench;

import org.HdrHistogram.Histogram;

/** Percentiles of the latency in microseconds; zeros if nothing was measured. Immutable. */
record LatencyPercentiles(long p50Micros, long p90Micros, long p99Micros, long p999Micros, long maxMicros) {
    static LatencyPercentiles of(Histogram micros) {
        return new LatencyPercentiles(
                micros.getValueAtPercentile(50),
                micros.getValueAtPercentile(90),
                micros.getValueAtPercentile(99),
                micros.getValueAtPercentile(99.9),
                micros.getMaxValue());
    }
}
