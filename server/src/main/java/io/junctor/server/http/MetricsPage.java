package io.junctor.server.http;

import io.junctor.router.cluster.Cluster;
import io.junctor.router.connection.transport.TransportContext;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.metrics.Gauge;
import io.junctor.router.metrics.LabeledCounter;
import io.junctor.router.metrics.Transport;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.router.metrics.TransportCounters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Serves {@code /metrics}: the counters and gauges of the router and of the JVM in the text format of Prometheus.
 * Thread-safe.
 */
public final class MetricsPage implements AutoCloseable {
    private static final String PREFIX = "junctor.";
    private static final HttpField FORMAT =
            new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collector = new JvmGcMetrics();

    public MetricsPage(TransportContext context) {
        for (Counter counter : Counter.values()) {
            bind(counter, context.counters(), registry);
        }
        for (TransportCounter counter : TransportCounter.values()) {
            for (Transport transport : Transport.values()) {
                bind(counter, transport, context.counters().of(transport));
            }
        }
        gauge(new Gauge("connections", "connections open", context.limit()::open));
        gauge(new Gauge(
                "incoming_bytes",
                "bytes of messages that are not complete or not routed yet",
                context.limit().incoming()::held));
        context.gauges().forEach(this::gauge);
        registry.getPrometheusRegistry().register(new RealmCollector(context.realms()));
        Cluster cluster = context.cluster();
        if (cluster != null) {
            cluster.gauges().forEach(this::gauge);
            cluster.counters().forEach(this::bind);
        }
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collector.bindTo(registry);
    }

    private static void bind(Counter counter, Counters counters, MeterRegistry registry) {
        FunctionCounter.builder(PREFIX + counter.metricName(), counters, all -> all.value(counter))
                .description(counter.meaning())
                .register(registry);
    }

    private void bind(TransportCounter counter, Transport transport, TransportCounters counters) {
        FunctionCounter.builder(PREFIX + counter.metricName(), counters, all -> all.value(counter))
                .description(counter.meaning())
                .tag("transport", transport.label())
                .register(registry);
    }

    private void bind(LabeledCounter counter) {
        // The registry holds only a weak reference to the object of a counter, and the page lives as long as the
        // registry.
        FunctionCounter.builder(
                        PREFIX + counter.name(), this, page -> counter.count().getAsLong())
                .description(counter.meaning())
                .tag(counter.label(), counter.value())
                .register(registry);
    }

    private void gauge(Gauge gauge) {
        io.micrometer.core.instrument.Gauge.builder(
                        PREFIX + gauge.name(), () -> gauge.value().getAsLong())
                .description(gauge.meaning())
                .register(registry);
    }

    /** Responds with the current values. */
    public void answer(Response response, Callback callback) {
        response.setStatus(HttpStatus.OK_200);
        response.getHeaders().put(FORMAT);
        response.write(true, ByteBuffer.wrap(registry.scrape().getBytes(StandardCharsets.UTF_8)), callback);
    }

    @Override
    public void close() {
        collector.close();
        registry.close();
    }
}
