package io.junctor.cli.tracing;

import io.junctor.router.tracing.TracedRequest;
import io.junctor.wamp.value.TraceContext;
import io.junctor.wamp.value.Uri;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is known of a span until OpenTelemetry gets it, which is after its end. Thread-safe. */
final class RequestSpan implements TracedRequest {
    private final RequestKind kind;
    private final String realm;
    private final Uri uri;
    private final @Nullable TraceContext sender;
    private final TraceContext context;
    private final Consumer<RequestSpan> onEnd;
    private final Instant begin = Instant.now();
    private final long beginNanos = System.nanoTime();
    private final AtomicBoolean ended = new AtomicBoolean();

    // Written before onEnd gets the span.
    private long duration;
    private @Nullable Uri error;

    /**
     * A span that begins now.
     *
     * @param sender the context that came with the request, or null
     * @param context the context of this span
     * @param onEnd gets this span when it has ended; must hand it to other threads safely
     */
    RequestSpan(
            RequestKind kind,
            String realm,
            Uri uri,
            @Nullable TraceContext sender,
            TraceContext context,
            Consumer<RequestSpan> onEnd) {
        this.kind = kind;
        this.realm = realm;
        this.uri = uri;
        this.sender = sender;
        this.context = context;
        this.onEnd = onEnd;
    }

    @Override
    public TraceContext context() {
        return context;
    }

    @Override
    public void end(@Nullable Uri failure) {
        if (ended.compareAndSet(false, true)) {
            duration = System.nanoTime() - beginNanos;
            error = failure;
            onEnd.accept(this);
        }
    }

    /** Hands this span to OpenTelemetry. The tracer must give it the ids of {@link #context}. */
    void record(Tracer tracer) {
        Span span = tracer.spanBuilder(kind.spanName(uri))
                .setSpanKind(kind.spanKind())
                .setParent(RequestSampler.parent(sender))
                .setAllAttributes(kind.attributes(realm, uri))
                .setStartTimestamp(begin)
                .startSpan();
        if (error != null) {
            span.setAttribute("error.type", error.text());
            span.setStatus(StatusCode.ERROR);
        }
        span.end(begin.plusNanos(duration));
    }
}
