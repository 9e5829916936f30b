package io.junctor.cli.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Measures the processor time of all routers and of this process between two moments. */
final class CpuMeter {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_SECOND = 1e6;

    private final List<ProcessUsage> servers;
    private final List<ProcessUsage> self =
            List.of(new ProcessUsage(ProcessHandle.current().pid()));
    private final long startNanos = System.nanoTime();
    private final OptionalDouble serverStart;
    private final OptionalDouble selfStart;

    private CpuMeter(List<ProcessUsage> servers) {
        this.servers = servers;
        this.serverStart = cpu(servers);
        this.selfStart = cpu(self);
    }

    static CpuMeter start(List<ProcessUsage> servers) {
        return new CpuMeter(servers);
    }

    double seconds() {
        return (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
    }

    /** Returns the processor time per operation up to now, under names that contain {@code unit}. */
    Map<String, Double> read(long operations, String unit) {
        Map<String, Double> figures = new LinkedHashMap<>();
        double seconds = seconds();
        OptionalDouble used = since(serverStart, cpu(servers));
        if (used.isPresent() && operations > 0) {
            figures.put("server_cpu_us_per_" + unit, used.getAsDouble() * MICROS_PER_SECOND / operations);
        }
        used.ifPresent(cpu -> figures.put("server_cores", cpu / seconds));
        since(selfStart, cpu(self)).ifPresent(cpu -> figures.put("generator_cores", cpu / seconds));
        return figures;
    }

    /** Returns the processor time of the processes; empty if there is no process, or if one of them has ended. */
    private static OptionalDouble cpu(List<ProcessUsage> processes) {
        double sum = 0;
        for (ProcessUsage process : processes) {
            OptionalDouble seconds = process.cpuSeconds();
            if (seconds.isEmpty()) {
                return seconds;
            }
            sum += seconds.getAsDouble();
        }
        return processes.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(sum);
    }

    private static OptionalDouble since(OptionalDouble start, OptionalDouble end) {
        return start.isPresent() && end.isPresent()
                ? OptionalDouble.of(end.getAsDouble() - start.getAsDouble())
                : OptionalDouble.empty();
    }
}
