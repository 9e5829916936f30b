package io.junctor.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.server.TestListener;
import io.junctor.testkit.RawWebSocketClient;
import io.junctor.testkit.RecordingAcceptor;
import io.junctor.wamp.value.Serializer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebSocketUpgradeTest {
    private static final String JSON = "Sec-WebSocket-Protocol: wamp.2.json";

    @Test
    void theFirstKnownSubprotocolOfTheClientWins() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder())) {
            String answer = ask(
                    listener, RawWebSocketClient.handshake("Sec-WebSocket-Protocol: mqtt, wamp.2.cbor, wamp.2.json"));
            assertThat(answer).startsWith("HTTP/1.1 101").contains("Sec-WebSocket-Protocol: wamp.2.cbor");
            assertThat(listener.acceptor.await().connection.serializer()).isEqualTo(Serializer.CBOR);
        }
    }

    @Test
    void theAcceptHeaderIsThatOfTheSpecification() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder())) {
            assertThat(ask(listener, RawWebSocketClient.handshake(JSON)))
                    .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                    .doesNotContain("Sec-WebSocket-Extensions");
        }
    }

    @Test
    void emptyItemsAndSeveralHeadersOfSubprotocolsAreUnderstood() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder())) {
            assertThat(ask(listener, RawWebSocketClient.handshake("Sec-WebSocket-Protocol: ,wamp.2.json,")))
                    .contains("Sec-WebSocket-Protocol: wamp.2.json");
            assertThat(ask(
                            listener,
                            RawWebSocketClient.handshake(
                                    "Sec-WebSocket-Protocol: soap", "Sec-WebSocket-Protocol: wamp.2.msgpack")))
                    .contains("Sec-WebSocket-Protocol: wamp.2.msgpack");
        }
    }

    @Test
    void withoutAKnownSubprotocolTheAnswerNamesThem() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder())) {
            assertThat(ask(listener, RawWebSocketClient.handshake("Sec-WebSocket-Protocol: wamp.2.flatbuffers")))
                    .startsWith("HTTP/1.1 400")
                    .contains("wamp.2.json, wamp.2.msgpack, wamp.2.cbor");
            assertThat(ask(listener, RawWebSocketClient.handshake())).startsWith("HTTP/1.1 400");
            assertThat(ask(listener, RawWebSocketClient.handshake("Sec-WebSocket-Protocol: soap, wamp, v12.stomp")))
                    .startsWith("HTTP/1.1 400")
                    .endsWith("must name one of wamp.2.json, wamp.2.msgpack, wamp.2.cbor (each also with .batched).\n");
            assertThat(ask(listener, RawWebSocketClient.handshake("Sec-WebSocket-Protocol: ,")))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void onlyTheListenersSerializersAreOffered() throws Exception {
        ListenerConfig cborOnly = ListenerConfig.builder()
                .port(0)
                .serializers(Set.of(Serializer.CBOR))
                .build();
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder(), cborOnly)) {
            assertThat(ask(listener, RawWebSocketClient.handshake(JSON)))
                    .startsWith("HTTP/1.1 400")
                    .endsWith("one of wamp.2.cbor (each also with .batched).\n");
        }
    }

    @Test
    void aRequestWithoutUpgradeIsToldToUseAWebSocket() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder())) {
            assertThat(ask(listener, "GET /ws HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 426")
                    .contains("Upgrade: websocket")
                    .contains("Sec-WebSocket-Version: 13")
                    .contains("This is a WAMP endpoint");
            String oldVersion = RawWebSocketClient.handshake(JSON).replace("Version: 13", "Version: 8");
            assertThat(ask(listener, oldVersion)).startsWith("HTTP/1.1 426");
            String noKey = RawWebSocketClient.handshake(JSON).replaceAll("Sec-WebSocket-Key: .*\r\n", "");
            assertThat(ask(listener, noKey)).startsWith("HTTP/1.1 400").contains("Sec-WebSocket-Key");
        }
    }

    @Test
    void otherPathsNameTheRightOne() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder())) {
            assertThat(ask(listener, "GET /other HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 404")
                    .contains("A WAMP client connects to /ws, by WebSocket or HTTP long-poll.");
            assertThat(ask(listener, "POST /open HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"))
                    .startsWith("HTTP/1.1 404")
                    .contains("A WAMP client connects to /ws, by WebSocket or HTTP long-poll.");
            assertThat(ask(listener, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"))
                    .startsWith("HTTP/1.1 405")
                    .contains("Allow: GET, HEAD");
        }
    }

    @Test
    void pagesOfOtherOriginsAreRefusedAndCounted() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder())) {
            assertThat(ask(listener, RawWebSocketClient.handshake(JSON, "Origin: https://evil.test")))
                    .startsWith("HTTP/1.1 403")
                    .contains("origins");
            assertThat(ask(listener, RawWebSocketClient.handshake(JSON, "Origin: http://127.0.0.1")))
                    .startsWith("HTTP/1.1 101");
            assertThat(listener.counters.value(TransportCounter.CONNECTIONS_REFUSED))
                    .isEqualTo(1);
        }
        try (TestListener listener =
                TestListener.with(RecordingAcceptor.recorder(), TestListener.config(List.of("https://good.test")))) {
            assertThat(ask(listener, RawWebSocketClient.handshake(JSON, "Origin: https://good.test")))
                    .startsWith("HTTP/1.1 101");
        }
    }

    @Test
    void listedPatternsAllowPagesAndHosts() throws Exception {
        ListenerConfig config = TestListener.config(
                List.of("https://*.good.test", "http://localhost:*", "capacitor://localhost", "file://"));
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder(), config)) {
            for (String origin :
                    List.of("https://a.good.test", "http://localhost:3000", "capacitor://localhost", "file://")) {
                assertThat(ask(listener, RawWebSocketClient.handshake(JSON, "Origin: " + origin)))
                        .as(origin)
                        .startsWith("HTTP/1.1 101");
            }
            for (String origin : List.of("https://good.test", "null", "https://a.good.test.evil.test", "file:///x")) {
                assertThat(ask(listener, RawWebSocketClient.handshake(JSON, "Origin: " + origin)))
                        .as(origin)
                        .startsWith("HTTP/1.1 403");
            }
            assertThat(ask(listener, get("/health", "a.good.test:8443"))).startsWith("HTTP/1.1 200");
            assertThat(ask(listener, get("/health", "good.test"))).startsWith("HTTP/1.1 421");
        }
    }

    /** DNS rebinding: a page whose host name resolves to this machine. */
    @Test
    void aLoopbackListenerAnswersToLoopbackNamesAndListedHostsOnly() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder())) {
            for (String foreign :
                    List.of("evil.test", "evil.test:8080", "127.0.0.1.evil.test", "localhost.evil.test", "10.0.0.1")) {
                assertThat(ask(listener, get("/ws", foreign)))
                        .startsWith("HTTP/1.1 421")
                        .contains("origins");
                assertThat(ask(listener, get("/metrics", foreign))).startsWith("HTTP/1.1 421");
            }
            assertThat(listener.counters.value(Counter.HOSTS_REFUSED)).isEqualTo(10);
            for (String own : List.of("localhost", "LOCALHOST:80", "127.0.0.1:9", "127.8.9.10", "[::1]:8080")) {
                assertThat(ask(listener, get("/health", own))).startsWith("HTTP/1.1 200");
            }
        }
        try (TestListener listener = TestListener.with(
                RecordingAcceptor.recorder(), TestListener.config(List.of("https://good.test:8443")))) {
            assertThat(ask(listener, get("/health", "good.test"))).startsWith("HTTP/1.1 200");
            assertThat(ask(listener, get("/health", "evil.test"))).startsWith("HTTP/1.1 421");
        }
    }

    private static String get(String path, String host) {
        return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
    }

    @Test
    void aFullRouterRefusesUntilAConnectionCloses() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder(), 1)) {
            try (RawWebSocketClient first = RawWebSocketClient.open(listener.port(), "wamp.2.json")) {
                await().until(() -> listener.limit.open() == 1);
                assertThat(ask(listener, RawWebSocketClient.handshake(JSON)))
                        .startsWith("HTTP/1.1 503")
                        .contains("as many connections as it takes");
                assertThat(listener.counters.value(TransportCounter.CONNECTIONS_REFUSED))
                        .isEqualTo(1);
                first.frame(0x88, new byte[0]);
            }
            await().until(() -> listener.limit.open() == 0);
            RawWebSocketClient.open(listener.port(), "wamp.2.json").close();
        }
    }

    @Test
    void aClosingRouterRefusesButKeepsOpenConnections() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.echo());
                RawWebSocketClient early = RawWebSocketClient.open(listener.port(), "wamp.2.json")) {
            listener.stopAccepting();
            assertThat(ask(listener, RawWebSocketClient.handshake(JSON)))
                    .startsWith("HTTP/1.1 503")
                    .contains("shuts down");
            assertThat(ask(listener, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 503");
            early.frame(0x81, new byte[] {'x'});
            assertThat(early.read().text()).isEqualTo("x");
        }
    }

    @Test
    void healthAndMetricsAnswerOnTheSamePort() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder());
                RawWebSocketClient open = RawWebSocketClient.open(listener.port(), "wamp.2.json")) {
            assertThat(ask(listener, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("\r\n\r\nok\n");
            assertThat(ask(listener, "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .contains("junctor_connections_opened_total{transport=\"websocket\"} 1.0")
                    .contains("junctor_connections 1.0")
                    .contains("junctor_test_gauge 42.0")
                    .contains("jvm_memory_used_bytes");
            listener.acceptor.await().connection.drop();
            assertThat(open.isAtEnd()).isTrue();
        }
    }

    @Test
    void answersTellNothingAboutTheServersSoftware() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder())) {
            assertThat(ask(listener, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .doesNotContainIgnoringCase("jetty");
            assertThat(ask(listener, "NONSENSE\r\n\r\n"))
                    .startsWith("HTTP/1.1 400")
                    .doesNotContainIgnoringCase("jetty")
                    .doesNotContainIgnoringCase("java");
            String endless = RawWebSocketClient.handshake(JSON, "X: " + "y".repeat(9_000));
            assertThat(ask(listener, endless)).startsWith("HTTP/1.1 431");
        }
    }

    @Test
    void halfAHandshakeIsClosedAfterTheTimeForHello() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder());
                RawWebSocketClient slow = RawWebSocketClient.connect(listener.port())) {
            assertThat(ask(listener, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
            slow.send("GET /ws HTTP/1.1\r\nHos".getBytes(StandardCharsets.US_ASCII));
            await().until(() -> listener.sockets() == 1);
            listener.timers.advance(Duration.ofSeconds(6));
            assertThat(slow.isAtEnd()).isTrue();
        }
    }

    private static String ask(TestListener listener, String request) throws Exception {
        try (RawWebSocketClient client = RawWebSocketClient.connect(listener.port())) {
            return client.request(request);
        }
    }
}
