package io.junctor.server.http;

import io.junctor.router.metrics.RealmMetric;
import io.junctor.router.metrics.RealmMetrics;
import io.junctor.router.metrics.RealmMetricsTable;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Collects the metrics of each realm, with the label {@code realm}: the name of the realm, or of its template in the configuration. After a
 * reload, added realms have metrics and removed realms do not. Thread-safe.
 */
final class RealmCollector implements MultiCollector {
    private static final String PREFIX = "junctor_realm_";
    private static final String MESSAGES = "messages_received";

    private final RealmMetricsTable realms;

    RealmCollector(RealmMetricsTable realms) {
        this.realms = realms;
    }

    @Override
    public MetricSnapshots collect() {
        Map<String, RealmMetrics> byName = realms.byName();
        List<MetricSnapshot> all = new ArrayList<>();
        CounterSnapshot.Builder messages = CounterSnapshot.builder().name(PREFIX + MESSAGES);
        for (RealmMetric figure : RealmMetric.values()) {
            switch (figure.kind()) {
                case GAUGE -> all.add(gauge(figure, byName));
                case COUNTER -> all.add(counter(figure, byName));
                case MESSAGES -> add(messages.help(figure.meaning()), figure, byName);
            }
        }
        all.add(messages.build());
        return new MetricSnapshots(all);
    }

    private static MetricSnapshot gauge(RealmMetric figure, Map<String, RealmMetrics> byName) {
        GaugeSnapshot.Builder gauge =
                GaugeSnapshot.builder().name(PREFIX + figure.key()).help(figure.meaning());
        byName.forEach((realm, series) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of("realm", realm))
                .value((double) series.value(figure))
                .build()));
        return gauge.build();
    }

    private static MetricSnapshot counter(RealmMetric figure, Map<String, RealmMetrics> byName) {
        CounterSnapshot.Builder counter =
                CounterSnapshot.builder().name(PREFIX + figure.key()).help(figure.meaning());
        byName.forEach((realm, series) -> counter.dataPoint(point(Labels.of("realm", realm), series.value(figure))));
        return counter.build();
    }

    /** Adds the number of messages of one type in each realm. */
    private static void add(CounterSnapshot.Builder messages, RealmMetric figure, Map<String, RealmMetrics> byName) {
        byName.forEach((realm, series) ->
                messages.dataPoint(point(Labels.of("realm", realm, "type", figure.key()), series.value(figure))));
    }

    private static CounterDataPointSnapshot point(Labels labels, long value) {
        return CounterDataPointSnapshot.builder()
                .labels(labels)
                .value((double) value)
                .build();
    }
}
