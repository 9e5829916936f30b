package io.junctor.conformance.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.client.Args;
import io.junctor.client.Event;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.router.config.http.GatewayConfig;
import io.junctor.router.config.listener.JoinRestriction;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that publish and call over HTTP. */
@Timeout(120)
class HttpGatewayTest {
    private final GatewayRouter gateway = GatewayRouter.open();

    @AfterEach
    void closeRouter() {
        gateway.close();
    }

    private static BlockingQueue<Event> events(Session session, String topic) {
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        session.subscribe(topic, events::add);
        return events;
    }

    private static Event next(BlockingQueue<Event> events) throws InterruptedException {
        Event event = events.poll(60, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        return event;
    }

    @Test
    void aPublishedEventReachesSubscribersWithTheIdOfTheResponse() throws Exception {
        try (Session session = gateway.join("realm1")) {
            BlockingQueue<Event> events = events(session, "com.example.one");
            HttpResponse<String> response = gateway.post(
                    "/publish", "{\"topic\":\"com.example.one\",\"args\":[1,\"two\"],\"kwargs\":{\"three\":3.5}}");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            Event event = next(events);
            assertThat(response.body()).isEqualTo("{\"id\":" + event.publication() + "}");
            assertThat(event.arguments()).containsExactly(1L, "two");
            assertThat(event.keywords()).containsEntry("three", 3.5);
        }
    }

    @Test
    void aCallReturnsTheResultOfItsCallee() throws Exception {
        try (Session callee = gateway.join("realm1")) {
            callee.register(
                    "com.example.echo",
                    call -> Args.of(call.arguments().toArray())
                            .with("sum", call.keywords().get("a")));
            HttpResponse<String> response = gateway.post(
                    "/realm1/call",
                    "{\"procedure\":\"com.example.echo\",\"args\":[123456789012345678,null,\"ü\"],\"kwargs\":{\"a\":[{}]}}");
            assertThat(response.body())
                    .isEqualTo("{\"args\":[123456789012345678,null,\"ü\"],\"kwargs\":{\"sum\":[{}]}}");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        }
    }

    @Test
    void anErrorOfACalleeBecomesAProblemWithItsUriAndArguments() throws Exception {
        try (Session callee = gateway.join("realm1")) {
            callee.register("com.example.fail", call -> {
                throw new WampException(
                        "com.example.error.sold_out", Args.of("no more", 7).with("item", "x"));
            });
            HttpResponse<String> response = gateway.post("/call", "{\"procedure\":\"com.example.fail\"}");
            assertThat(response.statusCode()).isEqualTo(422);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(response.body())
                    .isEqualTo("{\"title\":\"Unprocessable Entity\",\"status\":422,\"detail\":\"no more\","
                            + "\"error\":\"com.example.error.sold_out\",\"args\":[\"no more\",7],"
                            + "\"kwargs\":{\"item\":\"x\"}}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/call | {\"procedure\":\"com.example.absent\"} | 404 | wamp.error.no_such_procedure",
                "/call | {\"procedure\":\"a b\"} | 400 | wamp.error.invalid_uri",
                "/call | {\"procedure\":\"com.example.one\",\"options\":{\"timeout\":\"soon\"}} | 400 | wamp.error.invalid_argument",
                "/publish | {\"topic\":\"a..b\"} | 400 | wamp.error.invalid_uri",
                "/absent/publish | {\"topic\":\"com.example.one\"} | 404 | wamp.error.no_such_realm",
                "/users/publish | {\"topic\":\"com.example.one\"} | 401 | wamp.error.authentication_required"
            })
    void anErrorOfTheRouterHasTheStatusOfItsUri(String path, String body, int status, String uri) throws Exception {
        HttpResponse<String> response = gateway.post(path, body);
        assertThat(response.body()).contains("\"error\":\"" + uri + "\"");
        assertThat(response.statusCode()).isEqualTo(status);
        // The session of the requests before is not harmed.
        assertThat(gateway.post("/publish", "{\"topic\":\"com.example.one\"}").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"topic\":1}",
                "{\"topic\":\"\"}",
                "{\"topic\":\"a\"} x",
                "{\"topic\":\"a\",\"args\":{}}",
                "{\"topic\":\"a\",\"kwargs\":[]}",
                "{\"topic\":\"a\",\"options\":1}",
                "{\"topic\":\"a\",\"topics\":1}"
            })
    void aBodyOfAnotherFormIsRefusedWithWhatIsWrong(String body) throws Exception {
        HttpResponse<String> response = gateway.post("/publish", body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"detail\":\"").doesNotContain("\"error\"");
    }

    @Test
    void aBodyThatIsNestedTooDeepIsRefusedAndTheSessionStays() throws Exception {
        int depth = 63;
        String deep = "{\"topic\":\"a\",\"args\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
        String deeper = "{\"topic\":\"a\",\"args\":" + "[".repeat(depth + 1) + "]".repeat(depth + 1) + "}";
        assertThat(gateway.post("/publish", deep).statusCode()).isEqualTo(200);
        assertThat(gateway.post("/publish", deeper).statusCode()).isEqualTo(400);
        assertThat(gateway.router.router().sessions()).isEqualTo(1);
    }

    @Test
    void aBodyOverTheLimitIsRefused() throws Exception {
        String body = "{\"topic\":\"a\",\"args\":[\"" + "x".repeat(1 << 20) + "\"]}";
        HttpResponse<String> known = gateway.post("/publish", body);
        assertThat(known.statusCode()).isEqualTo(413);
        assertThat(known.body()).contains("1048576 bytes (message_bytes)");
        HttpResponse<String> chunked = gateway.send(gateway.request("/publish")
                .POST(BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))));
        assertThat(chunked.statusCode()).isEqualTo(413);
    }

    @Test
    void otherMethodsAndTypesAreRefused() throws Exception {
        HttpResponse<String> get = gateway.send(gateway.request("/publish").GET());
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("Allow")).hasValue("POST, OPTIONS");
        HttpResponse<String> form = gateway.send(gateway.request("/call")
                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("procedure=a")));
        assertThat(form.statusCode()).isEqualTo(415);
        assertThat(gateway.post("/a/b/publish", "{}").statusCode()).isEqualTo(404);
        assertThat(gateway.send(gateway.request("/a/b/publish").GET()).statusCode())
                .isEqualTo(404);
    }

    /** Otherwise the client sends its next request on a connection that closes. */
    @Test
    void aRefusalBeforeTheBodyHasArrivedSaysThatTheConnectionCloses() throws Exception {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), gateway.router.uri().getPort())) {
            socket.getOutputStream().write("""
                    POST /call HTTP/1.1\r
                    Host: 127.0.0.1\r
                    Content-Type: text/plain\r
                    Content-Length: 5\r
                    \r
                    """.getBytes(StandardCharsets.US_ASCII));
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(response).startsWith("HTTP/1.1 415 ").containsIgnoringCase("Connection: close\r\n");
        }
    }

    @Test
    void usersLogInByTicketAndByWampCra() throws Exception {
        for (String realm : List.of("users", "staff")) {
            HttpResponse<String> session = gateway.send(gateway.request("/" + realm + "/call")
                    .header("Authorization", GatewayRouter.basic("anna", GatewayRouter.SECRET))
                    .POST(BodyPublishers.ofString("{\"procedure\":\"wamp.session.list\"}")));
            assertThat(session.body()).startsWith("{\"args\":[[");
            assertThat(session.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aWrongSecretIsRefusedWithAChallenge() throws Exception {
        HttpResponse<String> wrong = gateway.send(gateway.request("/users/call")
                .header("Authorization", GatewayRouter.basic("anna", "wrong"))
                .POST(BodyPublishers.ofString("{\"procedure\":\"wamp.session.list\"}")));
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("\"error\":\"wamp.error.authentication_denied\"");
        assertThat(wrong.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Basic ");
        HttpResponse<String> strange = gateway.send(gateway.request("/users/call")
                .header("Authorization", "Digest x")
                .POST(BodyPublishers.ofString("{\"procedure\":\"wamp.session.list\"}")));
        assertThat(strange.statusCode()).isEqualTo(401);
        assertThat(strange.body()).contains("Authorization must be 'Basic'");
    }

    @Test
    void requestsWithTheSameLoginShareASessionForATime() throws Exception {
        long first = sessionOf("anna");
        assertThat(sessionOf("anna")).isEqualTo(first);
        gateway.advance(Duration.ofMinutes(1));
        assertThat(sessionOf("anna")).isNotEqualTo(first);
        gateway.advance(Duration.ofMinutes(2));
        Awaitility.await().until(() -> gateway.router.router().sessions() == 0);
    }

    private long sessionOf(String authid) throws Exception {
        HttpResponse<String> list = gateway.send(gateway.request("/users/call")
                .header("Authorization", GatewayRouter.basic(authid, GatewayRouter.SECRET))
                .POST(BodyPublishers.ofString("{\"procedure\":\"wamp.session.list\"}")));
        assertThat(list.body()).matches("\\{\"args\":\\[\\[\\d+]],\"kwargs\":\\{}}");
        return Long.parseLong(list.body().replaceAll("\\D", ""));
    }

    @Test
    void aKeyMakesARepeatedRequestPublishOnce() throws Exception {
        try (Session session = gateway.join("realm1")) {
            BlockingQueue<Event> events = events(session, "com.example.one");
            String body = "{\"topic\":\"com.example.one\",\"args\":[1]}";
            HttpResponse<String> first = publishWithKey("order-1", body);
            HttpResponse<String> again = publishWithKey("order-1", body);
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
            assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
            assertThat(publishWithKey("order-1", "{\"topic\":\"com.example.one\",\"args\":[2]}")
                            .statusCode())
                    .isEqualTo(409);
            assertThat(publishWithKey("two words", body).statusCode()).isEqualTo(400);
            HttpResponse<String> other = publishWithKey("order-2", body);
            assertThat(next(events).publication()).isEqualTo(id(first));
            assertThat(next(events).publication()).isEqualTo(id(other));
            gateway.advance(Duration.ofMinutes(10));
            assertThat(id(publishWithKey("order-1", body))).isNotEqualTo(id(first));
        }
    }

    private HttpResponse<String> publishWithKey(String key, String body) throws Exception {
        return gateway.send(
                gateway.request("/publish").header("Idempotency-Key", key).POST(BodyPublishers.ofString(body)));
    }

    private static long id(HttpResponse<String> response) {
        assertThat(response.body()).startsWith("{\"id\":");
        return Long.parseLong(response.body().replaceAll("\\D", ""));
    }

    @Test
    void linesArePublishedInTheirOrderAndAnsweredOneByOne() throws Exception {
        try (Session session = gateway.join("realm1")) {
            BlockingQueue<Event> events = events(session, "com.example.one");
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < 500; i++) {
                lines.append("{\"topic\":\"com.example.one\",\"args\":[")
                        .append(i)
                        .append("]}\r\n");
            }
            lines.append("{\"topic\":\"not valid\"}\n\n");
            HttpResponse<String> response = publishLines(lines.toString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
            List<String> answers = response.body().lines().toList();
            assertThat(answers).hasSize(501);
            assertThat(answers.getLast()).contains("wamp.error.invalid_uri");
            for (long i = 0; i < 500; i++) {
                Event event = next(events);
                assertThat(event.arguments()).containsExactly(i);
                assertThat(answers.get((int) i)).isEqualTo("{\"id\":" + event.publication() + "}");
            }
        }
    }

    @Test
    void oneWrongLineKeepsAllLinesFromBeingPublished() throws Exception {
        try (Session session = gateway.join("realm1")) {
            BlockingQueue<Event> events = events(session, "com.example.one");
            HttpResponse<String> response =
                    publishLines("{\"topic\":\"com.example.one\",\"args\":[1]}\n{\"topic\":1}\n");
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).contains("Line 2: 'topic' must be a URI. Nothing was published.");
            publishLines("{\"topic\":\"com.example.one\",\"args\":[2]}");
            assertThat(next(events).arguments()).containsExactly(2L);
        }
    }

    private HttpResponse<String> publishLines(String lines) throws Exception {
        return gateway.send(gateway.request("/publish")
                .setHeader("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(lines)));
    }

    @Test
    void manyRequestsAtATimeEachGetTheirOwnResult() throws Exception {
        try (Session callee = gateway.join("realm1")) {
            callee.register("com.example.echo", call -> Args.of(call.arguments().toArray()));
            List<CompletableFuture<HttpResponse<String>>> responses = IntStream.range(0, 100)
                    .mapToObj(i -> gateway.http()
                            .sendAsync(
                                    gateway.request("/call")
                                            .POST(BodyPublishers.ofString(
                                                    "{\"procedure\":\"com.example.echo\",\"args\":[" + i + "]}"))
                                            .build(),
                                    BodyHandlers.ofString()))
                    .toList();
            for (int i = 0; i < 100; i++) {
                assertThat(responses.get(i).join().body()).isEqualTo("{\"args\":[" + i + "],\"kwargs\":{}}");
            }
        }
    }

    @Test
    void aCallThatTakesTooLongIsCanceled() throws Exception {
        try (GatewayRouter impatient = GatewayRouter.open(
                        listener -> listener,
                        config -> new GatewayConfig(
                                "/api", "realm1", Duration.ofSeconds(1), Duration.ZERO, 1, Duration.ofSeconds(1), 1));
                Session callee = impatient.join("realm1")) {
            CountDownLatch interrupted = new CountDownLatch(1);
            callee.register("com.example.slow", call -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
                return Args.NONE;
            });
            HttpResponse<String> response = impatient.post("/api/call", "{\"procedure\":\"com.example.slow\"}");
            assertThat(response.statusCode()).isEqualTo(504);
            assertThat(response.body())
                    .contains("\"error\":\"wamp.error.timeout\"")
                    .contains("no result within 1000 ms (call_timeout)");
            assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aPageOfAnotherOriginIsRefused() throws Exception {
        HttpResponse<String> refused = gateway.send(gateway.request("/publish")
                .header("Origin", "https://evil.example")
                .POST(BodyPublishers.ofString("{\"topic\":\"a\"}")));
        assertThat(refused.statusCode()).isEqualTo(403);
        HttpResponse<String> preflight = gateway.send(gateway.request("/publish")
                .header("Origin", gateway.base())
                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValue("Content-Type, Authorization, Idempotency-Key, Last-Event-ID");
    }

    @Test
    void theRestrictionsOfTheListenerHold() throws Exception {
        try (GatewayRouter restricted = GatewayRouter.open(
                listener -> listener.joins(new JoinRestriction(Set.of("users"), Set.of(), Set.of())),
                config -> config)) {
            HttpResponse<String> refused = restricted.post("/publish", "{\"topic\":\"a\"}");
            assertThat(refused.body()).contains("wamp.error.no_such_realm");
            assertThat(refused.statusCode()).isEqualTo(404);
        }
    }

    @Test
    void theDescriptionNamesTheServerOfItsPath() throws Exception {
        HttpResponse<String> document =
                gateway.send(gateway.request("/openapi.json").GET());
        assertThat(document.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(document.body())
                .startsWith("{\"openapi\":\"3.1.0\"")
                .contains("\"servers\":[{\"url\":\"/\"}]")
                .contains("\"/publish\":{\"post\":", "\"/call\":{\"post\":", "\"/events\":{\"get\":");
        assertThat(gateway.send(gateway.request("/some%20realm/openapi.json").GET())
                        .body())
                .contains("\"servers\":[{\"url\":\"/some%20realm\"}]");
    }
}
