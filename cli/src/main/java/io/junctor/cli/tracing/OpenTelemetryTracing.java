package io.junctor.cli.tracing;

import io.junctor.router.tracing.TracedRequest;
import io.junctor.router.tracing.Tracing;
import io.junctor.wamp.value.TraceContext;
import io.junctor.wamp.value.Uri;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/** Records spans by OpenTelemetry, with the names of its semantic conventions. Thread-safe. */
final class OpenTelemetryTracing implements Tracing {
    private final Tracer tracer;
    private final RootSampler roots;

    OpenTelemetryTracing(Tracer tracer, RootSampler roots) {
        this.tracer = tracer;
        this.roots = roots;
    }

    @Override
    public @Nullable TracedRequest call(String realm, Uri procedure, @Nullable TraceContext caller) {
        if (caller == null && !roots.draw()) {
            return null;
        }
        SpanBuilder span = tracer.spanBuilder("call " + procedure.text())
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("rpc.system", "wamp")
                .setAttribute("rpc.method", procedure.text());
        return begin(span, realm, caller);
    }

    @Override
    public @Nullable TracedRequest publication(String realm, Uri topic, @Nullable TraceContext publisher) {
        if (publisher == null && !roots.draw()) {
            return null;
        }
        SpanBuilder span = tracer.spanBuilder("publish " + topic.text())
                .setSpanKind(SpanKind.PRODUCER)
                .setAttribute("messaging.system", "wamp")
                .setAttribute("messaging.operation.name", "publish")
                .setAttribute("messaging.destination.name", topic.text());
        return begin(span, realm, publisher);
    }

    private static @Nullable TracedRequest begin(SpanBuilder builder, String realm, @Nullable TraceContext sender) {
        Span span = builder.setParent(parent(sender))
                .setAttribute("wamp.realm", realm)
                .startSpan();
        if (!span.isRecording()) {
            return null;
        }
        SpanContext own = span.getSpanContext();
        TraceContext context = new TraceContext(
                own.getTraceId(),
                own.getSpanId(),
                own.getTraceFlags().asByte() & 0xff,
                sender == null ? null : sender.state());
        return new RecordedSpan(span, context);
    }

    private static Context parent(@Nullable TraceContext sender) {
        return sender == null
                ? Context.root()
                : Context.root()
                        .with(Span.wrap(SpanContext.createFromRemoteParent(
                                sender.traceId(),
                                sender.spanId(),
                                TraceFlags.fromByte((byte) sender.flags()),
                                TraceState.getDefault())));
    }

    private record RecordedSpan(Span span, TraceContext context) implements TracedRequest {
        @Override
        public void end(@Nullable Uri error) {
            if (error != null) {
                span.setAttribute("error.type", error.text());
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }
    }
}
