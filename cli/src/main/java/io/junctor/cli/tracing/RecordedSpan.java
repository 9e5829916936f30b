package io.junctor.cli.tracing;

import io.junctor.router.tracing.RequestSpan;
import io.junctor.wamp.value.TraceContext;
import io.junctor.wamp.value.Uri;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The span of a call or publication: what is known of it when the message comes, and its end. Thread-safe. */
final class RecordedSpan implements RequestSpan {
    private final Request request;
    private final TraceContext context;
    private final Consumer<RecordedSpan> onEnd;
    private final Instant begin = Instant.now();
    private final long beginNanos = System.nanoTime();
    private final AtomicBoolean ended = new AtomicBoolean();

    // Written before onEnd gets the span.
    private long durationNanos;
    private @Nullable Uri error;

    /**
     * What a client asked for.
     *
     * @param uri the procedure or topic
     * @param sender the context that came with the message, or null if none came
     */
    record Request(
            RequestKind kind,
            String realm,
            Uri uri,
            @Nullable TraceContext sender) {}

    /**
     * A span that begins now.
     *
     * @param context the context of this span
     * @param onEnd gets this span when it has ended; must hand it to other threads safely
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

    /** When the message came, in nanoseconds since 1970. */
    long beginEpochNanos() {
        return TimeUnit.SECONDS.toNanos(begin.getEpochSecond()) + begin.getNano();
    }

    /** The time from the message to its answer. Only after the end. */
    long durationNanos() {
        return durationNanos;
    }

    /** The error that was sent as the answer; null if there was none. Only after the end. */
    @Nullable
    Uri error() {
        return error;
    }
}
