package io.junctor.cli.tracing;

import io.junctor.cli.tracing.RecordedSpan.Request;
import io.junctor.wamp.value.TraceContext;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;

/** An ended span in the form that exporters of OpenTelemetry read. Immutable. */
final class ExportedSpan implements SpanData {
    private static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create("io.junctor.router");

    private final RecordedSpan span;
    private final Attributes attributes;
    private final Resource resource;

    /** Creates the exported form of {@code span}; {@code resource} describes the router. */
    ExportedSpan(RecordedSpan span, Resource resource) {
        Request request = span.request();
        Attributes known = request.kind().attributes(request.realm(), request.uri());
        this.span = span;
        this.attributes = span.error() == null
                ? known
                : known.toBuilder().put("error.type", span.error().text()).build();
        this.resource = resource;
    }

    @Override
    public String getName() {
        return span.request().kind().spanName(span.request().uri());
    }

    @Override
    public SpanKind getKind() {
        return span.request().kind().spanKind();
    }

    @Override
    public SpanContext getSpanContext() {
        TraceContext own = span.context();
        return SpanContext.create(own.traceId(), own.spanId(), TraceFlags.getSampled(), TraceState.getDefault());
    }

    @Override
    public SpanContext getParentSpanContext() {
        TraceContext sender = span.request().sender();
        return sender == null ? SpanContext.getInvalid() : RequestSampler.remote(sender);
    }

    @Override
    public StatusData getStatus() {
        return span.error() == null ? StatusData.unset() : StatusData.error();
    }

    @Override
    public long getStartEpochNanos() {
        return span.beginEpochNanos();
    }

    @Override
    public long getEndEpochNanos() {
        return span.beginEpochNanos() + span.durationNanos();
    }

    @Override
    public boolean hasEnded() {
        return true;
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
        return attributes.size();
    }

    @Override
    public List<EventData> getEvents() {
        return List.of();
    }

    @Override
    public int getTotalRecordedEvents() {
        return 0;
    }

    @Override
    public List<LinkData> getLinks() {
        return List.of();
    }

    @Override
    public int getTotalRecordedLinks() {
        return 0;
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return SCOPE;
    }

    /** Returns the older form of {@link #getInstrumentationScopeInfo}, which the interface still requires. */
    @Override
    @SuppressWarnings("deprecation")
    public io.opentelemetry.sdk.common.InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
        return io.opentelemetry.sdk.common.InstrumentationLibraryInfo.create(SCOPE.getName(), null);
    }

    @Override
    public Resource getResource() {
        return resource;
    }
}
