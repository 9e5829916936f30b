package io.junctor.cli.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Decides which traces that begin in the router are recorded. A sampler of OpenTelemetry gets a span with its ids, name and
 * attributes. Where the environment asks for a share of the traces, {@link #draw} decides before the span exists, which costs
 * the calls that are not recorded almost nothing. All other decisions are those of the configured sampler. Thread-safe.
 */
final class RootSampler implements Sampler {
    private static final Set<String> RATIOS = Set.of("traceidratio", "parentbased_traceidratio");

    private final Sampler configured;
    /** The share of the traces to record, or 2 if the configured sampler decides about each. */
    private final double ratio;

    private RootSampler(Sampler configured, double ratio) {
        this.configured = configured;
        this.ratio = ratio;
    }

    /** The sampler for the variables {@code OTEL_TRACES_SAMPLER} and {@code OTEL_TRACES_SAMPLER_ARG}. */
    static RootSampler of(Sampler configured, ConfigProperties properties) {
        boolean isRatio = RATIOS.contains(properties.getString("otel.traces.sampler", ""));
        return new RootSampler(configured, isRatio ? properties.getDouble("otel.traces.sampler.arg", 1) : 2);
    }

    /** Whether to begin the span of a request without a trace context. */
    boolean draw() {
        return ratio > 1 || ThreadLocalRandom.current().nextDouble() < ratio;
    }

    @Override
    public SamplingResult shouldSample(
            Context parent, String traceId, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        boolean isDrawn =
                ratio <= 1 && !Span.fromContext(parent).getSpanContext().isValid();
        return isDrawn
                ? SamplingResult.recordAndSample()
                : configured.shouldSample(parent, traceId, name, kind, attributes, links);
    }

    @Override
    public String getDescription() {
        return configured.getDescription();
    }
}
