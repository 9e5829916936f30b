package io.junctor.cli.client.listing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Adds to each row how much its counters have grown per second since the previous call. Confined to one thread.
 */
final class RateCalculator {
    /** The key of the rate in a row. */
    static final String KEY = "per_s";

    private static final double NANOS_PER_SECOND = 1e9;

    private final String idKey;
    private final List<String> counters;
    private Map<Object, Long> last = Map.of();
    private long lastNanos;

    /**
     * Creates a calculator of the rates of rows.
     *
     * @param idKey the key whose value identifies a row
     * @param counters the keys of the counters that are summed
     */
    RateCalculator(String idKey, String... counters) {
        this.idKey = idKey;
        this.counters = List.of(counters);
    }

    /** Returns the rows with their rates, those with the highest first. A new row, or one without counters, has no rate. */
    List<Map<String, @Nullable Object>> of(List<Map<String, @Nullable Object>> rows, long nanos) {
        Map<Object, Long> sums = new HashMap<>();
        List<Map<String, @Nullable Object>> rated = new ArrayList<>();
        for (Map<String, @Nullable Object> row : rows) {
            Object id = Objects.requireNonNullElse(row.get(idKey), "");
            long sum = counters.stream()
                    .mapToLong(key -> row.get(key) instanceof Number number ? number.longValue() : 0)
                    .sum();
            sums.put(id, sum);
            Map<String, @Nullable Object> more = new LinkedHashMap<>(row);
            Long before = last.get(id);
            if (before != null && counters.stream().anyMatch(row::containsKey)) {
                more.put(KEY, Math.round((sum - before) * NANOS_PER_SECOND / (nanos - lastNanos)));
            }
            rated.add(more);
        }
        last = sums;
        lastNanos = nanos;
        rated.sort(Comparator.comparingLong(RateCalculator::rate).reversed());
        return rated;
    }

    private static long rate(Map<String, @Nullable Object> row) {
        return row.get(KEY) instanceof Long rate ? rate : 0;
    }
}
