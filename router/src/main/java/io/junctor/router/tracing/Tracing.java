package io.junctor.router.tracing;

import io.junctor.wamp.value.TraceContext;
import io.junctor.wamp.value.Uri;
import org.jspecify.annotations.Nullable;

/**
 * Records calls and publications as spans of traces. Implementations are thread-safe, and their methods return at once:
 * I/O threads call them.
 */
public interface Tracing {
    /**
     * Begins the span of a call, or returns null if the call is not recorded.
     *
     * @param realm the realm
     * @param procedure the procedure that is called
     * @param caller the context that the caller sent, or null
     */
    @Nullable
    RequestSpan call(String realm, Uri procedure, @Nullable TraceContext caller);

    /**
     * Begins the span of a publication, or returns null if the publication is not recorded.
     *
     * @param realm the realm
     * @param topic the topic
     * @param publisher the context that the publisher sent, or null
     */
    @Nullable
    RequestSpan publication(String realm, Uri topic, @Nullable TraceContext publisher);
}
