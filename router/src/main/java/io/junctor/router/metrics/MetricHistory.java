package io.junctor.router.metrics;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Samples of the last 15 minutes: the values of some counters and of all gauges of a router, read every 5 seconds. Thread-safe. */
public final class MetricHistory {
    /** The time from one sample to the next. */
    public static final Duration PERIOD = Duration.ofSeconds(5);

    private static final int MOST_SAMPLES = 180;
    private static final List<TransportCounter> TRANSPORT_COUNTERS = List.of(
            TransportCounter.MESSAGES_RECEIVED,
            TransportCounter.MESSAGES_SENT,
            TransportCounter.BYTES_RECEIVED,
            TransportCounter.BYTES_SENT,
            TransportCounter.JOINS_REFUSED);
    private static final List<Counter> COUNTERS = List.of(
            Counter.EVENTS_SENT,
            Counter.EVENTS_DROPPED,
            Counter.CALLS,
            Counter.CALLS_FAILED,
            Counter.REQUESTS_NOT_AUTHORIZED,
            Counter.REQUESTS_OVER_LIMIT);

    private final Counters counters;
    private final Supplier<List<Gauge>> gauges;
    private final Deque<List<Long>> samples = new ArrayDeque<>(0);
    private final Instant started;
    private long lastNanos;
    /** The sources of the values of a sample, by name. Filled at the first sample, because the gauges do not exist at the start. */
    private final Map<String, LongSupplier> sources = new LinkedHashMap<>();

    /** Creates an empty series for a router that started at {@code started}. {@code gauges} is called at the first sample. */
    public MetricHistory(Counters counters, Supplier<List<Gauge>> gauges, Instant started) {
        this.counters = counters;
        this.gauges = gauges;
        this.started = started;
    }

    /** The counters of the router. */
    public Counters counters() {
        return counters;
    }

    /** The time at which the router started. */
    public Instant started() {
        return started;
    }

    /**
     * Takes a sample if the last one is old enough.
     *
     * @param nowNanos a monotonic time, by which the age of the last sample is measured
     * @param timeOfDay shown as the time of the sample; it may go backward
     */
    public synchronized void sample(long nowNanos, Instant timeOfDay) {
        if (!samples.isEmpty() && nowNanos - lastNanos < PERIOD.toNanos()) {
            return;
        }
        lastNanos = nowNanos;
        if (samples.size() == MOST_SAMPLES) {
            samples.removeFirst();
        }
        List<Long> sample = new ArrayList<>();
        sample.add(timeOfDay.toEpochMilli());
        sources().values().forEach(source -> sample.add(source.getAsLong()));
        samples.addLast(List.copyOf(sample));
    }

    /** The names of the values of a sample: {@code time}, in milliseconds since 1970, and the names of the counters and gauges. */
    public List<String> columns() {
        List<String> names = new ArrayList<>(List.of("time"));
        names.addAll(sources().keySet());
        return names;
    }

    /** The samples, the oldest first. */
    public synchronized List<List<Long>> rows() {
        return List.copyOf(samples);
    }

    /** The present values of all counters, by name. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (TransportCounter counter : TransportCounter.values()) {
            counts.put(name(counter), counters.value(counter));
        }
        for (Counter counter : Counter.values()) {
            counts.put(name(counter), counters.value(counter));
        }
        return counts;
    }

    /** The present values of all gauges, by name. */
    public Map<String, Long> gauges() {
        Map<String, Long> values = new LinkedHashMap<>();
        present().forEach((name, source) -> values.put(name, source.getAsLong()));
        return values;
    }

    private synchronized Map<String, LongSupplier> sources() {
        if (sources.isEmpty()) {
            TRANSPORT_COUNTERS.forEach(counter -> sources.put(name(counter), () -> counters.value(counter)));
            COUNTERS.forEach(counter -> sources.put(name(counter), () -> counters.value(counter)));
            sources.putAll(present());
        }
        return sources;
    }

    private Map<String, LongSupplier> present() {
        Map<String, LongSupplier> sources = new LinkedHashMap<>();
        gauges.get().forEach(gauge -> sources.put(gauge.name(), gauge.value()));
        Runtime runtime = Runtime.getRuntime();
        sources.put("heap_bytes", () -> runtime.totalMemory() - runtime.freeMemory());
        sources.put("heap_max_bytes", runtime::maxMemory);
        sources.put("processors", runtime::availableProcessors);
        sources.put("cpu_millis", cpuMillis());
        return sources;
    }

    /** The processor time of the process in milliseconds; 0 if the operating system does not report it. */
    private static LongSupplier cpuMillis() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? () -> Math.max(0, TimeUnit.NANOSECONDS.toMillis(system.getProcessCpuTime()))
                : () -> 0;
    }

    private static String name(Enum<?> counter) {
        return counter.name().toLowerCase(Locale.ROOT);
    }
}
