package io.junctor.cli.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Processor time of the router and of this process between two moments. */
final class CpuMeter {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_SECOND = 1e6;

    private final @Nullable ServerProcess server;
    private final ServerProcess self = new ServerProcess(ProcessHandle.current().pid());
    private final long startNanos = System.nanoTime();
    private final OptionalDouble serverStart;
    private final OptionalDouble selfStart;

    private CpuMeter(@Nullable ServerProcess server) {
        this.server = server;
        this.serverStart = cpu(server);
        this.selfStart = cpu(self);
    }

    static CpuMeter start(@Nullable ServerProcess server) {
        return new CpuMeter(server);
    }

    double seconds() {
        return (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
    }

    /** The figures up to now, for so many operations, named after what an operation is. */
    Map<String, Double> read(long operations, String unit) {
        Map<String, Double> figures = new LinkedHashMap<>();
        double seconds = seconds();
        OptionalDouble used = since(serverStart, cpu(server));
        if (used.isPresent() && operations > 0) {
            figures.put("server_cpu_us_per_" + unit, used.getAsDouble() * MICROS_PER_SECOND / operations);
        }
        used.ifPresent(cpu -> figures.put("server_cores", cpu / seconds));
        since(selfStart, cpu(self)).ifPresent(cpu -> figures.put("generator_cores", cpu / seconds));
        return figures;
    }

    private static OptionalDouble cpu(@Nullable ServerProcess process) {
        return process == null ? OptionalDouble.empty() : process.cpuSeconds();
    }

    private static OptionalDouble since(OptionalDouble start, OptionalDouble end) {
        return start.isPresent() && end.isPresent()
                ? OptionalDouble.of(end.getAsDouble() - start.getAsDouble())
                : OptionalDouble.empty();
    }
}
