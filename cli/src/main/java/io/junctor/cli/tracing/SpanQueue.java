package io.junctor.cli.tracing;

import io.junctor.wamp.value.TraceContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands ended spans to OpenTelemetry, many at once and on a thread of its own. One after the other they cost a fraction of what
 * each costs between two messages, because the processor's caches then hold the code and the data of OpenTelemetry. Thread-safe.
 */
final class SpanQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpanQueue.class);
    private static final int MOST_WAITING = 8_192;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final BlockingQueue<RequestSpan> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Tracer tracer;
    private final GivenIds ids;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread spans = new Thread(task, "trace-spans");
        spans.setDaemon(true);
        return spans;
    });

    /** A queue whose spans the tracer gets; {@code ids} is the generator of ids of that tracer. */
    SpanQueue(Tracer tracer, GivenIds ids) {
        this.tracer = tracer;
        this.ids = ids;
        var unused = thread.scheduleWithFixedDelay(
                this::recordAll, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Adds a span that has ended. If the queue is full, the calling thread hands the span to OpenTelemetry itself. */
    void add(RequestSpan span) {
        if (!waiting.offer(span)) {
            record(span);
        }
    }

    /** Hands over what is in the queue. */
    @Override
    public void close() {
        thread.shutdown();
        recordAll();
    }

    /** Synchronized, so that {@link #close} returns after the last span was handed over. */
    private synchronized void recordAll() {
        List<RequestSpan> spans = new ArrayList<>();
        waiting.drainTo(spans);
        spans.forEach(this::record);
    }

    private void record(RequestSpan span) {
        ids.give(span.context());
        try {
            span.record(tracer);
        } catch (RuntimeException failure) {
            LOG.warn("a span was not recorded: {}", failure.toString());
        }
    }

    /** Gives spans the ids that their requests were sent on with. Thread-safe. */
    static final class GivenIds implements IdGenerator {
        private static final ThreadLocal<TraceContext> GIVEN = new ThreadLocal<>();

        /** The ids of the next span that this thread begins. */
        void give(TraceContext context) {
            GIVEN.set(context);
        }

        @Override
        public String generateSpanId() {
            return next().spanId();
        }

        @Override
        public String generateTraceId() {
            return next().traceId();
        }

        private TraceContext next() {
            return Objects.requireNonNull(GIVEN.get(), "no ids given");
        }
    }
}
