package io.junctor.cli.tracing;

import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports ended spans in batches on a separate thread. Exporting a span takes much less time in a batch than on its own, because
 * the processor's caches already contain the code and the data of OpenTelemetry. A batch is exported as soon as it is full, so that
 * few spans wait. This class replaces the SDK's tracer and batch processor, which create an object with locks for each open span.
 * Thread-safe.
 */
final class SpanQueue {
    private static final Logger LOG = LoggerFactory.getLogger(SpanQueue.class);
    /** The time limit of an export; longer than any exporter tries. */
    private static final Duration EXPORT_LIMIT = Duration.ofSeconds(30);

    private final SpanExporter exporter;
    private final Resource resource;
    private final Bounds bounds;
    private final BlockingQueue<RecordedSpan> waiting;
    private final LongAdder dropped = new LongAdder();
    /** Whether the thread will export full batches. */
    private final AtomicBoolean fullBatchWaits = new AtomicBoolean();

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread spans = new Thread(task, "trace-spans");
        spans.setDaemon(true);
        return spans;
    });

    /**
     * The limits of the queue.
     *
     * @param waiting the most spans that wait; further spans are dropped
     * @param batch the most spans in one export
     * @param delay how long a span waits at most; it waits less if a batch is full
     */
    record Bounds(int waiting, int batch, Duration delay) {
        /** The number of waiting spans at which they are exported at once. */
        int fullBatch() {
            return Math.max(1, Math.min(batch, waiting / 2));
        }
    }

    /** Creates a queue; {@code resource} describes the router. */
    SpanQueue(SpanExporter exporter, Resource resource, Bounds bounds) {
        this.exporter = exporter;
        this.resource = resource;
        this.bounds = bounds;
        this.waiting = new ArrayBlockingQueue<>(bounds.waiting());
        long delay = bounds.delay().toMillis();
        var unused = thread.scheduleWithFixedDelay(this::exportAll, delay, delay, TimeUnit.MILLISECONDS);
    }

    /** Adds a span that has ended. Drops it if the queue is full; the log reports the number of dropped spans. Never blocks. */
    void add(RecordedSpan span) {
        if (!waiting.offer(span)) {
            dropped.increment();
        } else if (waiting.size() >= bounds.fullBatch() && fullBatchWaits.compareAndSet(false, true)) {
            thread.execute(this::exportFullBatches);
        }
    }

    /** Exports all spans in the queue. Blocks at most {@code limit}. */
    void close(Duration limit) {
        thread.execute(this::exportAll);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("not all spans were exported within {} s", limit.toSeconds());
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void exportFullBatches() {
        fullBatchWaits.set(false);
        export(bounds.fullBatch());
    }

    private void exportAll() {
        export(1);
    }

    /** Exports batches while at least {@code least} spans wait. */
    private void export(int least) {
        try {
            while (waiting.size() >= least) {
                // The exporter itself logs a failure.
                exporter.export(next()).join(EXPORT_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (RuntimeException failure) {
            LOG.warn("spans were not exported: {}", failure.toString());
        }
        long lost = dropped.sumThenReset();
        if (lost > 0) {
            LOG.warn("{} spans were dropped because {} were waiting for the collector", lost, bounds.waiting());
        }
    }

    private List<SpanData> next() {
        List<RecordedSpan> spans = new ArrayList<>();
        waiting.drainTo(spans, bounds.batch());
        List<SpanData> batch = new ArrayList<>(spans.size());
        for (RecordedSpan span : spans) {
            batch.add(new ExportedSpan(span, resource));
        }
        return batch;
    }
}
