package io.junctor.router.tracing;

import io.junctor.wamp.value.TraceContext;
import io.junctor.wamp.value.Uri;
import org.jspecify.annotations.Nullable;

/** The router's span in the trace of a call or a publication. Thread-safe. */
public interface RequestSpan {
    /** The trace context that the callee or the subscribers get instead of the context of the sender. */
    TraceContext context();

    /** Ends the span. {@code error} is the error that the caller got, or null. A second call has no effect. */
    void end(@Nullable Uri error);
}
