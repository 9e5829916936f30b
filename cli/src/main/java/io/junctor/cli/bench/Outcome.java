package io.junctor.cli.bench;

import java.util.Map;

/**
 * Immutable. What one run measured.
 *
 * @param unit what is counted: call, event or join
 * @param measured further figures by name, in the order to print them; only what could be measured
 * @param problem the first error, or nothing
 */
record Outcome(
        String unit,
        long operations,
        double seconds,
        Map<String, Double> measured,
        Latency latency,
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
