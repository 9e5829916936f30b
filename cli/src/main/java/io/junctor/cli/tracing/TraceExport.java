package io.junctor.cli.tracing;

import io.junctor.cli.tracing.SpanQueue.GivenIds;
import io.junctor.router.tracing.Traces;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.trace.samplers.Sampler;
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
            "otel.propagators", "tracecontext",
            "otel.bsp.max.queue.size", "16384",
            "otel.bsp.max.export.batch.size", "2048");

    /** Kept, as the logging of the JDK forgets loggers that nothing refers to. */
    private final Logger problems = Logger.getLogger("io.opentelemetry");

    private final OpenTelemetrySdk sdk;
    private final AtomicReference<RequestSampler> sampler = new AtomicReference<>();
    private final SpanQueue spans;

    private TraceExport() {
        problems.setUseParentHandlers(false);
        problems.addHandler(new SLF4JBridgeHandler());
        GivenIds ids = new GivenIds();
        this.sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .addPropertiesSupplier(() -> DEFAULTS)
                .addSamplerCustomizer((configured, properties) -> {
                    sampler.set(RequestSampler.of(configured, properties));
                    // Only what was chosen becomes a span.
                    return Sampler.alwaysOn();
                })
                .addTracerProviderCustomizer((provider, properties) -> provider.setIdGenerator(ids))
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk();
        this.spans = new SpanQueue(sdk.getTracer("io.junctor.router"), ids);
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
        Traces.recordBy(new OpenTelemetryTracing(export.sampler.get(), export.spans));
        return export;
    }

    /** Exports what is left; blocks at most 5 s. */
    @Override
    public void close() {
        Traces.recordBy(null);
        spans.close();
        sdk.shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS);
    }
}
