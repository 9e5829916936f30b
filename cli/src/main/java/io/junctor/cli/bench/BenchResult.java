package io.junctor.cli.bench;

import java.util.Map;

/**
 * The measurements of one run. Immutable.
 *
 * @param unit the kind of operation that is counted: call, event or join
 * @param measured further figures by name, in the order in which they are printed; without figures that could not be measured
 * @param problem the first error, or an empty text
 */
record BenchResult(
        String unit,
        long operations,
        double seconds,
        Map<String, Double> measured,
        LatencyPercentiles latency,
        long errors,
        long lost,
        String problem) {

    double perSecond() {
        return seconds > 0 ? operations / seconds : 0;
    }

    boolean isFlawless() {
        return errors == 0 && lost == 0;
    }
}
