package io.junctor.cli.tracing;

import io.junctor.router.tracing.Traces;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Exports spans as the environment variables of OpenTelemetry say: {@code OTEL_EXPORTER_OTLP_ENDPOINT}, {@code
 * OTEL_TRACES_SAMPLER} and others. Thread-safe.
 */
public final class TraceExport implements AutoCloseable {
    private static final long FLUSH_SECONDS = 5;

    /** The variables decide before these. Metrics are read from /metrics, and the log has a form of its own. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.service.name", "junctor",
            "otel.exporter.otlp.protocol", "http/protobuf",
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none",
            "otel.propagators", "tracecontext");

    /** Kept, as the logging of the JDK forgets loggers that nothing refers to. */
    private final Logger problems = Logger.getLogger("io.opentelemetry");

    private final OpenTelemetrySdk sdk;
    private final AtomicReference<RootSampler> roots = new AtomicReference<>();

    private TraceExport() {
        problems.setUseParentHandlers(false);
        problems.addHandler(new SLF4JBridgeHandler());
        this.sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .addPropertiesSupplier(() -> DEFAULTS)
                .addSamplerCustomizer((configured, properties) -> {
                    roots.set(RootSampler.of(configured, properties));
                    return roots.get();
                })
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk();
    }

    /**
     * Records the calls and publications of all sessions that join from now on.
     *
     * @throws IllegalArgumentException if a variable has a wrong value; the text says which
     */
    public static TraceExport start() {
        TraceExport export;
        try {
            export = new TraceExport();
        } catch (ConfigurationException wrong) {
            throw new IllegalArgumentException("Traces cannot be exported: " + wrong.getMessage(), wrong);
        }
        Tracer tracer = export.sdk.getTracer("io.junctor.router");
        Traces.recordBy(new OpenTelemetryTracing(tracer, export.roots.get()));
        return export;
    }

    /** Exports what is left; blocks at most 5 s. */
    @Override
    public void close() {
        Traces.recordBy(null);
        sdk.shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS);
    }
}
