package io.junctor.cli.tracing;

import io.junctor.router.tracing.GlobalTracing;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Exports spans, configured by the environment variables of OpenTelemetry: {@code OTEL_EXPORTER_OTLP_ENDPOINT}, {@code
 * OTEL_TRACES_SAMPLER} and others. Thread-safe.
 */
public final class TraceExport implements AutoCloseable {
    private static final Duration EXPORT_LIMIT = Duration.ofSeconds(5);
    private static final String MOST_WAITING = "otel.bsp.max.queue.size";
    private static final String LARGEST_BATCH = "otel.bsp.max.export.batch.size";
    private static final String DELAY = "otel.bsp.schedule.delay";

    /** Defaults for variables that are not set. Metrics are off because they are read from /metrics, and logs have their own format. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.service.name",
            "junctor",
            "otel.exporter.otlp.protocol",
            "http/protobuf",
            "otel.metrics.exporter",
            "none",
            "otel.logs.exporter",
            "none",
            "otel.propagators",
            "tracecontext",
            MOST_WAITING,
            "16384",
            LARGEST_BATCH,
            "4096",
            DELAY,
            "5000");

    /** Referenced here because java.util.logging discards loggers that nothing references. */
    private final Logger problems = Logger.getLogger("io.opentelemetry");

    // The configuration from the environment. The queue passes spans to the exporters, which the SDK closes.
    private final AtomicReference<Resource> resource = new AtomicReference<>();
    private final AtomicReference<RequestSampler> sampler = new AtomicReference<>();
    private final AtomicReference<SpanQueue.Bounds> bounds = new AtomicReference<>();
    private final List<SpanExporter> exporters = new ArrayList<>();
    private final OpenTelemetrySdk sdk;
    private final SpanQueue spans;

    private TraceExport() {
        problems.setUseParentHandlers(false);
        problems.addHandler(new SLF4JBridgeHandler());
        this.sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .addPropertiesSupplier(() -> DEFAULTS)
                .addResourceCustomizer((configured, properties) -> {
                    resource.set(configured);
                    return configured;
                })
                .addSamplerCustomizer((configured, properties) -> {
                    sampler.set(RequestSampler.of(configured, properties));
                    bounds.set(bounds(properties));
                    return configured;
                })
                .addSpanExporterCustomizer((configured, properties) -> {
                    exporters.add(configured);
                    return configured;
                })
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk();
        this.spans = new SpanQueue(SpanExporter.composite(exporters), resource.get(), bounds.get());
    }

    private static SpanQueue.Bounds bounds(ConfigProperties properties) {
        return new SpanQueue.Bounds(
                properties.getInt(MOST_WAITING, 0),
                properties.getInt(LARGEST_BATCH, 0),
                properties.getDuration(DELAY, Duration.ZERO));
    }

    /**
     * Records the calls and publications of all sessions that join from now on.
     *
     * @throws IllegalArgumentException if a variable has an invalid value; the message names the variable
     */
    public static TraceExport start() {
        TraceExport export;
        try {
            export = new TraceExport();
        } catch (ConfigurationException wrong) {
            throw new IllegalArgumentException("Traces cannot be exported: " + wrong.getMessage(), wrong);
        }
        GlobalTracing.recordBy(new OpenTelemetryTracing(export.sampler.get(), export.spans));
        return export;
    }

    /** Exports the remaining spans; blocks at most 5 s. */
    @Override
    public void close() {
        GlobalTracing.recordBy(null);
        spans.close(EXPORT_LIMIT);
        sdk.close();
    }
}
