package io.junctor.conformance.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.client.Args;
import io.junctor.client.PublishOptions;
import io.junctor.client.Session;
import io.junctor.client.meta.SessionMetaApi;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.testkit.Http2Frames;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of events over HTTP. */
@Timeout(120)
class EventsOverHttpTest {
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int SMALL_WINDOW_BYTES = 1_000;

    private final GatewayRouter gateway = GatewayRouter.open();
    private final Session publisher = gateway.join("realm1");

    @AfterEach
    void closeRouter() {
        publisher.close();
        gateway.close();
    }

    /** A stream of events. Comments and the time of reconnection are left out. */
    private record Stream(HttpResponse<InputStream> response, BufferedReader lines) implements AutoCloseable {
        /** The next event: its lines, without the empty one at its end. */
        List<String> next() throws IOException {
            List<String> event = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() && !event.isEmpty()) {
                    return event;
                }
                if (!line.isEmpty() && !line.startsWith(":") && !line.startsWith("retry:")) {
                    event.add(line);
                }
            }
            throw new AssertionError("the stream has ended");
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private Stream open(String query, @Nullable String lastEventId) throws Exception {
        var request = gateway.request("/events?" + query).GET();
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        HttpResponse<InputStream> response = gateway.http().send(request.build(), BodyHandlers.ofInputStream());
        return new Stream(response, new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    }

    private long publish(String topic, Object... arguments) {
        return publisher
                .publish(topic, Args.of(arguments), PublishOptions.DEFAULT.acknowledged())
                .orElseThrow();
    }

    @Test
    void eventsOfATopicComeAsTheyArePublished() throws Exception {
        try (Stream stream = open("topic=com.example.one", null)) {
            assertThat(stream.response().statusCode()).isEqualTo(200);
            assertThat(stream.response().headers().firstValue("Content-Type")).hasValue("text/event-stream");
            long id = publish("com.example.one", "line\nbreak");
            assertThat(stream.next())
                    .containsExactly(
                            "id:" + id,
                            "data:{\"topic\":\"com.example.one\",\"args\":[\"line\\nbreak\"],\"kwargs\":{}}");
            for (int i = 0; i < 500; i++) {
                publisher.publish("com.example.one", i);
            }
            for (int i = 0; i < 500; i++) {
                assertThat(stream.next().getLast()).contains("\"args\":[" + i + "]");
            }
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            publish("com.example.one");
            return gateway.router.router().sessions() == 1;
        });
    }

    @Test
    void aPatternTellsTheTopicOfEachEvent() throws Exception {
        try (Stream stream = open("topic=com.example.&match=prefix", null)) {
            long id = publish("com.example.two", 2);
            assertThat(stream.next())
                    .containsExactly(
                            "id:" + id,
                            "data:{\"topic\":\"com.example.two\",\"args\":[2],\"kwargs\":{},"
                                    + "\"details\":{\"topic\":\"com.example.two\"}}");
        }
    }

    @Test
    void theRetainedEventComesIfItIsAskedFor() throws Exception {
        publisher.publish(
                "com.example.state",
                Args.of("on"),
                PublishOptions.DEFAULT.acknowledged().retained());
        try (Stream stream = open("topic=com.example.state&get_retained=true", null)) {
            assertThat(stream.next().getLast())
                    .contains("\"args\":[\"on\"]")
                    .contains("\"details\":{\"retained\":true}");
        }
    }

    @Test
    void aStreamGoesOnBehindTheLastEventOfTheOneBefore() throws Exception {
        long first = publish("stored.one", 1);
        long second = publish("stored.two", 2);
        long third = publish("stored.one", 3);
        try (Stream stream = open("topic=stored.&match=prefix", String.valueOf(first))) {
            assertThat(stream.next().getFirst()).isEqualTo("id:" + second);
            assertThat(stream.next())
                    .containsExactly(
                            "id:" + third,
                            "data:{\"topic\":\"stored.one\",\"args\":[3],\"kwargs\":{},"
                                    + "\"details\":{\"topic\":\"stored.one\"}}");
            long fourth = publish("stored.one", 4);
            assertThat(stream.next().getFirst()).isEqualTo("id:" + fourth);
        }
    }

    @Test
    void nothingIsLostOrRepeatedWhileAStreamBeginsUnderLoad() throws Exception {
        long first = publish("stored.one", 0);
        Thread load = Thread.ofVirtual().start(() -> {
            for (int i = 1; i <= 2_000; i++) {
                publisher.publish("stored.one", i);
            }
        });
        try (Stream stream = open("topic=stored.&match=prefix&last_event_id=" + first, null)) {
            for (int i = 1; i <= 2_000; i++) {
                assertThat(stream.next().getLast()).contains("\"args\":[" + i + "]");
            }
        }
        load.join();
    }

    @Test
    void aGapIsToldWhereTheHistoryDoesNotReachBack() throws Exception {
        publish("stored.one", 1);
        try (Stream stream = open("topic=stored.&match=prefix", "17")) {
            assertThat(stream.next()).containsExactly("event:gap", "data:{\"after\":17}");
        }
        try (Stream stream = open("topic=com.example.one", "17")) {
            assertThat(stream.next()).containsExactly("event:gap", "data:{\"after\":17}");
            long id = publish("com.example.one");
            assertThat(stream.next().getFirst()).isEqualTo("id:" + id);
        }
    }

    @Test
    void theStreamOfAKilledSessionEndsWithTheReason() throws Exception {
        try (Stream stream = open("topic=com.example.one", null)) {
            SessionMetaApi sessions = new SessionMetaApi(publisher);
            for (long session : sessions.list()) {
                if (session != publisher.id()) {
                    sessions.kill(session, "com.example.error.enough", "enough");
                }
            }
            List<String> end = stream.next();
            assertThat(end.getFirst()).isEqualTo("event:end");
            assertThat(end.getLast()).contains("\"error\":\"com.example.error.enough\"");
            assertThat(stream.lines().readLine()).isNull();
        }
    }

    @Test
    void aStreamEndsWhenTheRouterShutsDown() throws Exception {
        try (Stream stream = open("topic=com.example.one", null)) {
            gateway.router.beginShutdown();
            assertThat(stream.next().getFirst()).isEqualTo("event:end");
        }
    }

    @Test
    void aStreamOfHttp2WhoseClientTakesNoEventsIsResetAndOthersGoOn() throws Exception {
        try (GatewayRouter impatient = GatewayRouter.open(
                        listener -> listener.limits(ListenerLimits.DEFAULT.withStalledWriter(Duration.ofMillis(100))),
                        UnaryOperator.identity());
                Session loud = impatient.join("realm1");
                Http2Frames client = Http2Frames.connect(
                        impatient.router.uri().getPort(), INITIAL_WINDOW_SIZE, SMALL_WINDOW_BYTES)) {
            openStream(client, 1, "com.example.large");
            loud.publish(
                    "com.example.large",
                    Args.of("x".repeat(100 * SMALL_WINDOW_BYTES)),
                    PublishOptions.DEFAULT.acknowledged());
            Http2Frames.Frame reset = client.read(Http2Frames.RST_STREAM);
            assertThat(reset.stream()).isEqualTo(1);
            Awaitility.await().until(() -> impatient.router.router().sessions() == 1);

            openStream(client, 3, "com.example.small");
            loud.publish("com.example.small", Args.of("fits"), PublishOptions.DEFAULT.acknowledged());
            Http2Frames.Frame event = client.read(Http2Frames.DATA);
            assertThat(event.stream()).isEqualTo(3);
            assertThat(event.text()).contains("fits");
        }
    }

    /** Returns when the stream has begun. */
    private static void openStream(Http2Frames client, int stream, String topic) throws IOException {
        byte[] fields = Http2Frames.fields(
                ":method", "GET", ":scheme", "http", ":path", "/events?topic=" + topic, ":authority", "localhost");
        client.send(Http2Frames.HEADERS, Http2Frames.END_HEADERS | Http2Frames.END_STREAM, stream, fields);
        assertThat(client.read(Http2Frames.DATA).text()).startsWith("retry:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "topic=",
                "topic=a&topic=b",
                "topic=a&topics=b",
                "topic=a&match=some",
                "topic=a..b",
                "topic=%FF",
                "topic=a&last_event_id=x"
            })
    void aQueryOfAnotherFormIsRefused(String query) throws Exception {
        HttpResponse<String> refused =
                gateway.send(gateway.request("/events?" + query).GET());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }
}
