package io.junctor.router.metrics;

import java.util.concurrent.atomic.AtomicLongArray;

/** The values of the metrics of one realm, or of all realms of one template together. Thread-safe. */
public final class RealmMetrics {
    private final AtomicLongArray values = new AtomicLongArray(RealmMetric.values().length);

    /** The value of the metric, as of the last reports of the realms. */
    public long value(RealmMetric metric) {
        return values.get(metric.ordinal());
    }

    /** Adds the change of the metric in one realm since its last report. */
    public void add(RealmMetric metric, long change) {
        values.addAndGet(metric.ordinal(), change);
    }
}
