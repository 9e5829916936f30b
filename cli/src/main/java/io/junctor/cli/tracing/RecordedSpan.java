package io.junctor.cli.tracing;

import io.junctor.router.tracing.RequestSpan;
import io.junctor.wamp.value.TraceContext;
import io.junctor.wamp.value.Uri;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The span of a call or publication: the request, the time of its message, and its outcome. Thread-safe. */
final class RecordedSpan implements RequestSpan {
    private final Request request;
    private final TraceContext context;
    private final Consumer<RecordedSpan> onEnd;
    private final long beginEpochNanos = epochNanos(Instant.now());
    private final long beginNanos = System.nanoTime();
    private final AtomicBoolean ended = new AtomicBoolean();

    // Set before onEnd receives the span.
    private long durationNanos;
    private @Nullable Uri error;

    /**
     * The request of a client.
     *
     * @param uri the procedure or topic
     * @param sender the trace context in the message, or null if it has none
     */
    record Request(
            RequestKind kind,
            String realm,
            Uri uri,
            @Nullable TraceContext sender) {}

    /**
     * Creates a span that begins now.
     *
     * @param context the context of this span
     * @param onEnd receives this span when it has ended; must pass it to other threads safely
     */
    RecordedSpan(Request request, TraceContext context, Consumer<RecordedSpan> onEnd) {
        this.request = request;
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
            durationNanos = System.nanoTime() - beginNanos;
            error = failure;
            onEnd.accept(this);
        }
    }

    Request request() {
        return request;
    }

    /** Returns the time at which the message arrived, in nanoseconds since 1970. */
    long beginEpochNanos() {
        return beginEpochNanos;
    }

    private static long epochNanos(Instant time) {
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }

    /** Returns the time from the message to its answer. Must be called after the end only. */
    long durationNanos() {
        return durationNanos;
    }

    /** Returns the error that was sent as the answer; null if there was none. Must be called after the end only. */
    @Nullable
    Uri error() {
        return error;
    }
}
