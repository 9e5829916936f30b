package io.junctor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A router that exports traces to a collector, which is an HTTP server that keeps what it gets. */
@Timeout(400)
class TraceExportTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";
    private static final Pattern CONTEXT = Pattern.compile("\"_traceparent\":\"00-" + TRACE + "-([0-9a-f]{16})-01\"");

    private final BlockingQueue<String> exported = new LinkedBlockingQueue<>();
    private HttpServer collector;
    /** The collector answers when this is 0. */
    private volatile CountDownLatch answering = new CountDownLatch(0);

    @TempDir
    private Path directory;

    @BeforeEach
    void startCollector() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            exported.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            awaitAnswering();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
    }

    @AfterEach
    void stopCollector() {
        collector.stop(0);
    }

    @Test
    void aCallAndAPublicationAreSpansOfTheTraceOfTheirSender() throws Exception {
        try (JunctorProcess junctor = start(Map.of("OTEL_TRACES_EXPORTER", "otlp"))) {
            WireClient client = join(junctor);
            client.send("[64,1,{},\"shop.price\"]");
            assertThat(client.take()).startsWith("[65,1,");
            client.send("[32,2,{},\"shop.sold\"]");
            assertThat(client.take()).startsWith("[33,2,");

            client.send("[48,3,{\"_traceparent\":\"00-" + TRACE + "-" + CALLER + "-01\"},\"shop.price\"]");
            String invocation = client.take();
            String span = span(invocation);
            assertThat(span).isNotEqualTo(CALLER);
            client.send("[70," + invocation.split(",", -1)[1] + ",{},[7]]");
            assertThat(client.take()).isEqualTo("[50,3,{},[7]]");
            client.send("[16,4,{\"exclude_me\":false,\"_traceparent\":\"00-" + TRACE + "-" + CALLER
                    + "-01\"},\"shop.sold\"]");
            String publication = span(client.take());

            awaitExported("call shop.price", bytes(TRACE), bytes(CALLER), bytes(span), "realm1", "junctor");
            awaitExported("publish shop.sold", bytes(TRACE), bytes(CALLER), bytes(publication));
        }
    }

    @Test
    void aCallThatFailsIsASpanWithItsErrorAndOneWithoutATraceBeginsIt() throws Exception {
        try (JunctorProcess junctor = start(Map.of("OTEL_TRACES_EXPORTER", "otlp"))) {
            WireClient client = join(junctor);
            client.send("[48,1,{},\"shop.none\"]");
            assertThat(client.take()).startsWith("[8,48,1,");
            awaitExported("call shop.none", "wamp.error.no_such_procedure");
        }
    }

    @Test
    void whatTheSamplerLeavesOutIsNotExportedAndPassesAsItCame() throws Exception {
        Map<String, String> never = Map.of("OTEL_TRACES_EXPORTER", "otlp", "OTEL_TRACES_SAMPLER", "always_off");
        try (JunctorProcess junctor = start(never)) {
            WireClient client = join(junctor);
            client.send("[64,1,{},\"shop.price\"]");
            assertThat(client.take()).startsWith("[65,1,");
            client.send("[48,2,{},\"shop.price\"]");
            assertThat(client.take()).matches("\\[68,[0-9]+,[0-9]+,\\{}]");
            client.send("[48,3,{\"_traceparent\":\"00-" + TRACE + "-" + CALLER + "-00\"},\"shop.price\"]");
            assertThat(client.take()).contains("\"_traceparent\":\"00-" + TRACE + "-" + CALLER + "-00\"");
            junctor.terminate();
            assertThat(junctor.exitCode()).isZero();
            assertThat(exported).isEmpty();
        }
    }

    @Test
    void aShareOfTheTracesThatBeginHereIsExported() throws Exception {
        Map<String, String> half = Map.of(
                "OTEL_TRACES_EXPORTER", "otlp",
                "OTEL_TRACES_SAMPLER", "parentbased_traceidratio",
                "OTEL_TRACES_SAMPLER_ARG", "0.5");
        try (JunctorProcess junctor = start(half)) {
            WireClient client = join(junctor);
            client.send("[64,1,{},\"shop.price\"]");
            assertThat(client.take()).startsWith("[65,1,");
            int recorded = 0;
            for (int request = 2; request < 402; request++) {
                client.send("[48," + request + ",{},\"shop.price\"]");
                String invocation = client.take();
                recorded += invocation.contains("_traceparent") ? 1 : 0;
                client.send("[70," + invocation.split(",", -1)[1] + ",{}]");
                assertThat(client.take()).isEqualTo("[50," + request + ",{}]");
            }
            assertThat(recorded).isBetween(100, 300);
            long expected = recorded;
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(exported.stream()
                                    .mapToLong(body -> Pattern.compile("call shop[.]price")
                                            .matcher(body)
                                            .results()
                                            .count())
                                    .sum())
                            .isEqualTo(expected));
        }
    }

    @Test
    void aFullBatchIsExportedWithoutDelay() throws Exception {
        Map<String, String> batchesOfThree = Map.of(
                "OTEL_TRACES_EXPORTER", "otlp",
                "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "3",
                "OTEL_BSP_SCHEDULE_DELAY", "3600000");
        try (JunctorProcess junctor = start(batchesOfThree)) {
            publish(join(junctor), 1, 3);
            awaitExported("publish shop.sold");
        }
    }

    @Test
    void aCollectorThatDoesNotAnswerCostsSpansOnly() throws Exception {
        answering = new CountDownLatch(1);
        Map<String, String> few = Map.of("OTEL_TRACES_EXPORTER", "otlp", "OTEL_BSP_MAX_QUEUE_SIZE", "4");
        try (JunctorProcess junctor = start(few)) {
            WireClient client = join(junctor);
            publish(client, 1, 4);
            await().atMost(Duration.ofMinutes(2)).until(() -> !exported.isEmpty());
            publish(client, 5, 20);
            answering.countDown();
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(junctor.errors())
                            .anyMatch(line ->
                                    line.contains("spans were dropped because 4 were waiting for the collector")));
        }
    }

    private static void publish(WireClient client, int first, int last) throws Exception {
        for (int request = first; request <= last; request++) {
            client.send("[16," + request + ",{\"acknowledge\":true},\"shop.sold\"]");
            assertThat(client.take()).startsWith("[17," + request + ",");
        }
    }

    @Test
    void withoutTheVariableTheContextOfTheCallerIsPassedOn() throws Exception {
        try (JunctorProcess junctor = start(Map.of())) {
            WireClient client = join(junctor);
            client.send("[64,1,{},\"shop.price\"]");
            assertThat(client.take()).startsWith("[65,1,");
            client.send("[48,2,{\"_traceparent\":\"00-" + TRACE + "-" + CALLER + "-01\"},\"shop.price\"]");
            assertThat(span(client.take())).isEqualTo(CALLER);
        }
    }

    @Test
    void aWrongVariableIsOneClearSentence() throws Exception {
        try (JunctorProcess junctor = start(Map.of("OTEL_TRACES_EXPORTER", "smoke-signals"))) {
            assertThat(junctor.exitCode()).isEqualTo(1);
            assertThat(junctor.errors())
                    .anyMatch(line ->
                            line.startsWith("junctor: Traces cannot be exported: ") && line.contains("smoke-signals"));
        }
    }

    private void awaitAnswering() {
        try {
            answering.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private JunctorProcess start(Map<String, String> variables) throws IOException {
        Path config = Files.writeString(directory.resolve("realms.yaml"), """
                listen: [ { port: 0, host: 127.0.0.1 } ]
                realms:
                  realm1:
                    auth: { anonymous: { role: guest } }
                    roles:
                      guest: { allow: [ { uri: "", match: prefix, actions: [call, register, publish, subscribe] } ] }
                """);
        Map<String, String> environment = new HashMap<>(variables);
        environment.put(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:" + collector.getAddress().getPort());
        environment.putIfAbsent("OTEL_BSP_SCHEDULE_DELAY", "100");
        return JunctorProcess.run(directory, environment, "start", "-c", config.toString());
    }

    private static WireClient join(JunctorProcess junctor) throws Exception {
        WireClient client = WireClient.connect(junctor);
        client.send("[1,\"realm1\",{\"roles\":{\"caller\":{},\"callee\":{},\"publisher\":{},\"subscriber\":{}}}]");
        assertThat(client.take()).startsWith("[2,");
        return client;
    }

    private void awaitExported(String... parts) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() ->
                        assertThat(exported).anySatisfy(body -> assertThat(body).contains(parts)));
    }

    private static String span(String message) {
        Matcher matcher = CONTEXT.matcher(message);
        assertThat(matcher.find()).as(message).isTrue();
        return matcher.group(1);
    }

    private static String bytes(String hexadecimal) {
        return new String(HexFormat.of().parseHex(hexadecimal), StandardCharsets.ISO_8859_1);
    }
}
