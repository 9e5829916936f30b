package io.junctor.cli.tracing;

import io.junctor.wamp.value.TraceContext;
import io.junctor.wamp.value.Uri;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Decides which calls and publications are recorded. A sampler of OpenTelemetry needs a span with its ids, name and attributes.
 * If the environment asks for a ratio of the traces, this class draws a random number before it creates these, so that unrecorded
 * requests cost almost nothing. All other decisions are made by the configured sampler. Thread-safe.
 */
final class RequestSampler {
    private static final Set<String> RATIOS = Set.of("traceidratio", "parentbased_traceidratio");

    private final Sampler configured;
    /** The ratio of traces to record, or 2 if the configured sampler decides on each request. */
    private final double ratio;

    private RequestSampler(Sampler configured, double ratio) {
        this.configured = configured;
        this.ratio = ratio;
    }

    /** Returns the sampler for the variables {@code OTEL_TRACES_SAMPLER} and {@code OTEL_TRACES_SAMPLER_ARG}. */
    static RequestSampler of(Sampler configured, ConfigProperties properties) {
        boolean isRatio = RATIOS.contains(properties.getString("otel.traces.sampler", ""));
        return new RequestSampler(configured, isRatio ? properties.getDouble("otel.traces.sampler.arg", 1) : 2);
    }

    /** Returns the trace context for the span of this request, or null if the request is not recorded. */
    @Nullable
    TraceContext begin(RequestKind kind, String realm, Uri uri, @Nullable TraceContext sender) {
        if (sender == null && ratio <= 1) {
            return ThreadLocalRandom.current().nextDouble() < ratio ? context(newTraceId(), null) : null;
        }
        String traceId = sender == null ? newTraceId() : sender.traceId();
        SamplingDecision decision = configured
                .shouldSample(
                        parent(sender),
                        traceId,
                        kind.spanName(uri),
                        kind.spanKind(),
                        kind.attributes(realm, uri),
                        List.of())
                .getDecision();
        return decision == SamplingDecision.RECORD_AND_SAMPLE
                ? context(traceId, sender == null ? null : sender.state())
                : null;
    }

    /** Returns the span context of the sender of a request. */
    static SpanContext remote(TraceContext sender) {
        return SpanContext.createFromRemoteParent(
                sender.traceId(), sender.spanId(), TraceFlags.fromByte((byte) sender.flags()), TraceState.getDefault());
    }

    private static Context parent(@Nullable TraceContext sender) {
        return sender == null ? Context.root() : Context.root().with(Span.wrap(remote(sender)));
    }

    private static TraceContext context(String traceId, @Nullable String state) {
        return new TraceContext(
                traceId, SpanId.fromLong(newId()), TraceFlags.getSampled().asByte(), state);
    }

    private static String newTraceId() {
        return TraceId.fromLongs(newId(), newId());
    }

    /** Returns a random id other than 0, which is invalid. */
    private static long newId() {
        long id;
        do {
            id = ThreadLocalRandom.current().nextLong();
        } while (id == 0);
        return id;
    }
}
