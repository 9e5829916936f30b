package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.metrics.TransportCounter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests of the HTTP long-poll transport, one by one. The scenarios run over it, too. */
@Timeout(60)
class LongPollTest {
    private static final String HELLO = "[1,\"realm1\",{\"roles\":{\"publisher\":{},\"subscriber\":{}}}]";
    private static final String PAGE = "https://app.example.org";
    private static final int MIB = 1 << 20;

    private HttpClient http = client();
    private final TestRouter router = TestRouter.open(RouterConfig.builder()
            .listener(ListenerConfig.builder()
                    .port(0)
                    .origins(List.of(PAGE))
                    .limits(ListenerLimits.DEFAULT.withMessageBytes(32 * MIB))
                    .build())
            .realm(RealmConfig.open("realm1"))
            .build());
    private final String base = router.uri().toString().replaceFirst("^ws", "http");

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterEach
    void closeRouter() {
        http.shutdownNow();
        router.close();
    }

    @Test
    @Row("TR-LP-01")
    void theFirstProtocolThatTheListenerHasIsChosen() throws Exception {
        HttpResponse<String> opened =
                post("/open", "{\"protocols\":[\"soap\",\"wamp.2.cbor.batched\",\"wamp.2.json\"]}");
        assertThat(opened.body()).startsWith("{\"protocol\":\"wamp.2.cbor.batched\",\"transport\":\"");
        assertThat(opened.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"protocols\":[]}",
                "{\"protocols\":[\"soap\"]}",
                "{\"protocols\":\"wamp.2.json\"}"
            })
    @Row("TR-LP-01")
    void aBodyWithoutACommonProtocolIsRefused(String body) throws Exception {
        HttpResponse<String> refused = post("/open", body);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("wamp.2.json").contains(".batched").contains("wamp.2.cbor");
        assertThat(router.router().connections()).isZero();
    }

    @Test
    @Row("TR-LP-02")
    void aSecondPollTakesThePlaceOfTheFirst() throws Exception {
        String id = join();
        CompletableFuture<HttpResponse<String>> first = poll(id, "");
        CompletableFuture<HttpResponse<String>> second = poll(id, "");
        Awaitility.await().until(() -> first.isDone() || second.isDone());
        CompletableFuture<HttpResponse<String>> waiting = first.isDone() ? second : first;
        assertThat((first.isDone() ? first : second).join().statusCode()).isEqualTo(204);
        send(id, "[32,1,{},\"topic\"]");
        assertThat(waiting.join().body()).startsWith("[33,1,");
    }

    @Test
    @Row("TR-LP-02")
    void aPollWithoutMessagesIsAnsweredInTime() throws Exception {
        String id = join();
        CompletableFuture<HttpResponse<String>> poll = poll(id, "");
        Awaitility.await().until(() -> {
            router.clock().advance(Duration.ofSeconds(2));
            return poll.isDone();
        });
        assertThat(poll.join().statusCode()).isEqualTo(204);
    }

    @Test
    @Row("TR-LP-02")
    void aPollWithANumberGetsWhatCameBehindIt() throws Exception {
        String id = open("wamp.2.json");
        send(id, HELLO);
        assertThat(poll(id, "?after=0").join().body()).startsWith("[2,");
        assertThat(poll(id, "?after=0").join().body()).startsWith("[2,");
        send(id, "[32,1,{},\"topic\"]");
        assertThat(poll(id, "?after=1").join().body()).startsWith("[33,1,");
        HttpResponse<String> gone = poll(id, "?after=0").join();
        assertThat(gone.statusCode()).isEqualTo(410);
        assertThat(poll(id, "").join().statusCode()).isEqualTo(404);
    }

    @Test
    @Row("TR-LP-03")
    void aMessageThatCannotBeReadEndsTheSessionByAbort() throws Exception {
        String id = open("wamp.2.json.batched");
        assertThat(post("/" + id + "/send", HELLO).statusCode()).isEqualTo(400);
        assertThat(poll(id, "").join().body())
                .startsWith("[3,")
                .contains("a batch that does not end with the separator 0x1E")
                .endsWith("\u001e");
        HttpResponse<String> ended = poll(id, "").join();
        assertThat(ended.statusCode()).isEqualTo(404);
        assertThat(ended.body()).contains("code 1002");
    }

    @Test
    @Row("TR-LP-03")
    void anUnknownTransportIsNotFound() throws Exception {
        for (String action : List.of("send", "receive", "close")) {
            assertThat(post("/unknown/" + action, "").statusCode()).isEqualTo(404);
        }
        assertThat(post("/unknown", "").statusCode()).isEqualTo(404);
    }

    @Test
    @Row("TR-LP-03")
    void onlyPostSendsAndReceives() throws Exception {
        String id = open("wamp.2.json");
        for (String path : List.of("/open", "/" + id + "/send", "/" + id + "/receive", "/" + id + "/close")) {
            HttpResponse<String> refused = http.send(get(path).build(), BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(405);
            assertThat(refused.headers().firstValue("Allow")).hasValue("POST");
        }
    }

    @Test
    @Row("TR-LP-04")
    void aClientThatDoesNotPollIsForgotten() throws Exception {
        String id = join();
        router.clock().advance(Duration.ofSeconds(59));
        assertThat(router.router().sessions()).isEqualTo(1);
        router.clock().advance(Duration.ofSeconds(2));
        assertThat(router.router().sessions()).isZero();
        assertThat(router.count(TransportCounter.PONGS_MISSED)).isEqualTo(1);
        // The router has closed the socket, which the client might not have noticed yet.
        http = client();
        assertThat(poll(id, "").join().body()).contains("code 1008");
        router.expectIdle();
    }

    @Test
    @Row("TR-LP-04")
    void goodbyeIsAnsweredBeforeTheTransportIsClosed() throws Exception {
        String id = join();
        send(id, "[6,{},\"wamp.close.close_realm\"]");
        assertThat(poll(id, "").join().body()).startsWith("[6,{},\"wamp.close.goodbye_and_out\"");
        assertThat(post("/" + id + "/close", "").statusCode()).isEqualTo(204);
        assertThat(poll(id, "").join().body()).contains("code 1000");
        router.expectIdle();
    }

    @Test
    @Row("TR-LP-04")
    void responsesAreNotCachedAndPagesOfListedOriginsMayReadThem() throws Exception {
        HttpResponse<String> opened = http.send(
                request("/open", "{\"protocols\":[\"wamp.2.json\"]}")
                        .header("Origin", PAGE)
                        .build(),
                BodyHandlers.ofString());
        assertThat(opened.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(opened.headers().firstValue("Access-Control-Allow-Origin")).hasValue(PAGE);
        HttpResponse<String> asked = http.send(
                get("/open")
                        .method("OPTIONS", BodyPublishers.noBody())
                        .header("Origin", PAGE)
                        .build(),
                BodyHandlers.ofString());
        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(asked.headers().firstValue("Access-Control-Allow-Methods")).hasValue("GET, POST");
        HttpResponse<String> refused = http.send(
                request("/open", "{\"protocols\":[\"wamp.2.json\"]}")
                        .header("Origin", "https://elsewhere.example")
                        .build(),
                BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(403);
    }

    @Test
    void anEventHasTheMessageEvenIfItHasSeveralLines() throws Exception {
        String id = join();
        HttpResponse<Stream<String>> events =
                http.send(get("/" + id + "/events").build(), BodyHandlers.ofLines());
        assertThat(events.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        Iterator<String> lines = events.body().iterator();
        send(id, "[32,1,{},\"topic\"]");
        assertThat(dataOf(lines)).startsWith("[33,1,");
        send(id, "[16,2,{\"exclude_me\":false},\"topic\",[{\"a\":\n1,\r\n\"b\":2}]]");
        assertThat(dataOf(lines)).startsWith("[36,").endsWith("{\"a\":\n1,\n\n\"b\":2}]]");
        assertThat(post("/" + id + "/close", "").statusCode()).isEqualTo(204);
        assertThat(dataOf(lines)).contains("code 1000");
        router.expectIdle();
    }

    @Test
    void eventsNeedJson() throws Exception {
        String id = open("wamp.2.cbor");
        HttpResponse<String> refused = http.send(get("/" + id + "/events").build(), BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("wamp.2.json");
    }

    @Test
    void aStreamBeginsAsSoonAsTheResponseBeforeItIsTaken() throws Exception {
        String id = join();
        send(id, "[32,1,{},\"topic\"]");
        assertThat(poll(id, "").join().body()).startsWith("[33,1,");
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(1 << 16);
            slow.connect(
                    new InetSocketAddress(router.uri().getHost(), router.uri().getPort()));
            String head = "POST " + URI.create(base).getPath() + "/" + id + "/receive HTTP/1.1\r\nHost: "
                    + router.uri().getAuthority() + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            slow.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            // More than the operating system takes from the router before the client reads.
            send(id, "[16,2,{\"exclude_me\":false},\"topic\",[\"" + "x".repeat(24 * MIB) + "\"]]");
            assertThat(slow.getInputStream().read()).isEqualTo('H');
            CompletableFuture<HttpResponse<Stream<String>>> events =
                    http.sendAsync(get("/" + id + "/events").build(), BodyHandlers.ofLines());
            assertThat(slow.getInputStream().readAllBytes()).hasSizeGreaterThan(24 * MIB);
            assertThat(events.get().headers().firstValue("Content-Type")).hasValue("text/event-stream");
        }
        post("/" + id + "/close", "");
        router.expectIdle();
    }

    /** The lines of the next event that has data. */
    private static String dataOf(Iterator<String> lines) {
        StringBuilder data = new StringBuilder();
        while (true) {
            String line = lines.next();
            if (line.startsWith("data:")) {
                data.append(data.isEmpty() ? "" : "\n").append(line, 5, line.length());
            } else if (line.isEmpty() && !data.isEmpty()) {
                return data.toString();
            }
        }
    }

    private String join() throws IOException, InterruptedException {
        String id = open("wamp.2.json");
        send(id, HELLO);
        assertThat(poll(id, "").join().body()).startsWith("[2,");
        return id;
    }

    private String open(String protocol) throws IOException, InterruptedException {
        String opened = post("/open", "{\"protocols\":[\"" + protocol + "\"]}").body();
        return opened.replaceFirst(".*\"transport\":\"([^\"]+)\".*", "$1");
    }

    private void send(String id, String message) throws IOException, InterruptedException {
        assertThat(post("/" + id + "/send", message).statusCode()).isEqualTo(204);
    }

    private CompletableFuture<HttpResponse<String>> poll(String id, String query) {
        return http.sendAsync(request("/" + id + "/receive" + query, "").build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return http.send(request(path, body).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String body) {
        return get(path).POST(BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }
}
