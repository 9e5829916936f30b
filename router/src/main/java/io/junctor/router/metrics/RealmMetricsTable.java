package io.junctor.router.metrics;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The metrics of the realms of a router, by the names of realms and templates in its configuration, so that clients cannot increase the
 * number of series. Thread-safe.
 */
public final class RealmMetricsTable {
    private volatile Map<String, RealmMetrics> byName = Map.of();

    /** Creates series for new names and removes the series of other names; the existing series of {@code names} continue. */
    public synchronized void use(Collection<String> names) {
        Map<String, RealmMetrics> next = new LinkedHashMap<>();
        for (String name : names) {
            RealmMetrics known = byName.get(name);
            next.put(name, known == null ? new RealmMetrics() : known);
        }
        byName = Collections.unmodifiableMap(next);
    }

    /** The series by the names of realms and templates, in the order of the configuration. */
    public Map<String, RealmMetrics> byName() {
        return byName;
    }
}
