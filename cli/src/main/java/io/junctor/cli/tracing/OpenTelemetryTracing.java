package io.junctor.cli.tracing;

import io.junctor.router.tracing.RequestSpan;
import io.junctor.router.tracing.Tracing;
import io.junctor.wamp.value.TraceContext;
import io.junctor.wamp.value.Uri;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Records the calls and publications that the sampler selects. Thread-safe. */
final class OpenTelemetryTracing implements Tracing {
    private final RequestSampler sampler;
    private final Consumer<RecordedSpan> onEnd;

    OpenTelemetryTracing(RequestSampler sampler, SpanQueue spans) {
        this.sampler = sampler;
        this.onEnd = spans::add;
    }

    @Override
    public @Nullable RequestSpan call(String realm, Uri procedure, @Nullable TraceContext caller) {
        return begin(RequestKind.CALL, realm, procedure, caller);
    }

    @Override
    public @Nullable RequestSpan publication(String realm, Uri topic, @Nullable TraceContext publisher) {
        return begin(RequestKind.PUBLICATION, realm, topic, publisher);
    }

    private @Nullable RequestSpan begin(RequestKind kind, String realm, Uri uri, @Nullable TraceContext sender) {
        TraceContext context = sampler.begin(kind, realm, uri, sender);
        return context == null
                ? null
                : new RecordedSpan(new RecordedSpan.Request(kind, realm, uri, sender), context, onEnd);
    }
}
