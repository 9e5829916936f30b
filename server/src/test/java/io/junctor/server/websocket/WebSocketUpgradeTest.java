package io.junctor.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.router.config.ListenerConfig;
import io.junctor.router.metrics.Counter;
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
        try (Edge edge = Edge.with(Switchboard.recorder())) {
            String answer = ask(edge, RawClient.handshake("Sec-WebSocket-Protocol: mqtt, wamp.2.cbor, wamp.2.json"));
            assertThat(answer).startsWith("HTTP/1.1 101").contains("Sec-WebSocket-Protocol: wamp.2.cbor");
            assertThat(edge.switchboard.await().connection.serializer()).isEqualTo(Serializer.CBOR);
        }
    }

    @Test
    void theAcceptHeaderIsThatOfTheSpecification() throws Exception {
        try (Edge edge = Edge.with(Switchboard.recorder())) {
            assertThat(ask(edge, RawClient.handshake(JSON)))
                    .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                    .doesNotContain("Sec-WebSocket-Extensions");
        }
    }

    @Test
    void emptyItemsAndSeveralHeadersOfSubprotocolsAreUnderstood() throws Exception {
        try (Edge edge = Edge.with(Switchboard.recorder())) {
            assertThat(ask(edge, RawClient.handshake("Sec-WebSocket-Protocol: ,wamp.2.json,")))
                    .contains("Sec-WebSocket-Protocol: wamp.2.json");
            assertThat(ask(
                            edge,
                            RawClient.handshake(
                                    "Sec-WebSocket-Protocol: soap", "Sec-WebSocket-Protocol: wamp.2.msgpack")))
                    .contains("Sec-WebSocket-Protocol: wamp.2.msgpack");
        }
    }

    @Test
    void withoutAKnownSubprotocolTheAnswerNamesThem() throws Exception {
        try (Edge edge = Edge.with(Switchboard.recorder())) {
            assertThat(ask(edge, RawClient.handshake("Sec-WebSocket-Protocol: wamp.2.flatbuffers")))
                    .startsWith("HTTP/1.1 400")
                    .contains("wamp.2.json, wamp.2.msgpack, wamp.2.cbor");
            assertThat(ask(edge, RawClient.handshake())).startsWith("HTTP/1.1 400");
            assertThat(ask(edge, RawClient.handshake("Sec-WebSocket-Protocol: ,")))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void onlyTheListenersSerializersAreOffered() throws Exception {
        ListenerConfig cborOnly = ListenerConfig.builder()
                .port(0)
                .serializers(Set.of(Serializer.CBOR))
                .build();
        try (Edge edge = Edge.with(Switchboard.recorder(), cborOnly)) {
            assertThat(ask(edge, RawClient.handshake(JSON)))
                    .startsWith("HTTP/1.1 400")
                    .endsWith("one of wamp.2.cbor.\n");
        }
    }

    @Test
    void whoeverComesWithoutAWebSocketIsToldToUseOne() throws Exception {
        try (Edge edge = Edge.with(Switchboard.recorder())) {
            assertThat(ask(edge, "GET /ws HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 426")
                    .contains("Upgrade: websocket")
                    .contains("Sec-WebSocket-Version: 13")
                    .contains("This is a WAMP endpoint");
            String oldVersion = RawClient.handshake(JSON).replace("Version: 13", "Version: 8");
            assertThat(ask(edge, oldVersion)).startsWith("HTTP/1.1 426");
            String noKey = RawClient.handshake(JSON).replaceAll("Sec-WebSocket-Key: .*\r\n", "");
            assertThat(ask(edge, noKey)).startsWith("HTTP/1.1 400").contains("Sec-WebSocket-Key");
        }
    }

    @Test
    void otherPathsNameTheRightOne() throws Exception {
        try (Edge edge = Edge.with(Switchboard.recorder())) {
            assertThat(ask(edge, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 404")
                    .contains("/ws");
            assertThat(ask(edge, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"))
                    .startsWith("HTTP/1.1 405");
        }
    }

    @Test
    void pagesOfOtherOriginsAreRefusedAndCounted() throws Exception {
        try (Edge edge = Edge.with(Switchboard.recorder())) {
            assertThat(ask(edge, RawClient.handshake(JSON, "Origin: https://evil.test")))
                    .startsWith("HTTP/1.1 403")
                    .contains("origins");
            assertThat(ask(edge, RawClient.handshake(JSON, "Origin: http://127.0.0.1")))
                    .startsWith("HTTP/1.1 101");
            assertThat(edge.counters.value(Counter.CONNECTIONS_REFUSED)).isEqualTo(1);
        }
        try (Edge edge = Edge.with(Switchboard.recorder(), Edge.config(List.of("https://good.test")))) {
            assertThat(ask(edge, RawClient.handshake(JSON, "Origin: https://good.test")))
                    .startsWith("HTTP/1.1 101");
        }
    }

    /** DNS rebinding: the name of a page that stands for this machine. */
    @Test
    void aLoopbackListenerAnswersToLoopbackNamesAndListedHostsOnly() throws Exception {
        try (Edge edge = Edge.with(Switchboard.recorder())) {
            for (String foreign :
                    List.of("evil.test", "evil.test:8080", "127.0.0.1.evil.test", "localhost.evil.test", "10.0.0.1")) {
                assertThat(ask(edge, get("/ws", foreign)))
                        .startsWith("HTTP/1.1 421")
                        .contains("origins");
                assertThat(ask(edge, get("/metrics", foreign))).startsWith("HTTP/1.1 421");
            }
            assertThat(edge.counters.value(Counter.HOSTS_REFUSED)).isEqualTo(10);
            for (String own : List.of("localhost", "LOCALHOST:80", "127.0.0.1:9", "127.8.9.10", "[::1]:8080")) {
                assertThat(ask(edge, get("/health", own))).startsWith("HTTP/1.1 200");
            }
        }
        try (Edge edge = Edge.with(Switchboard.recorder(), Edge.config(List.of("https://good.test:8443")))) {
            assertThat(ask(edge, get("/health", "good.test"))).startsWith("HTTP/1.1 200");
            assertThat(ask(edge, get("/health", "evil.test"))).startsWith("HTTP/1.1 421");
        }
    }

    private static String get(String path, String host) {
        return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
    }

    @Test
    void aFullRouterRefusesUntilSomebodyLeaves() throws Exception {
        try (Edge edge = Edge.with(Switchboard.recorder(), 1)) {
            try (RawClient first = RawClient.open(edge.port(), "wamp.2.json")) {
                await().until(() -> edge.limit.open() == 1);
                assertThat(ask(edge, RawClient.handshake(JSON)))
                        .startsWith("HTTP/1.1 503")
                        .contains("as many connections as it takes");
                assertThat(edge.counters.value(Counter.CONNECTIONS_REFUSED)).isEqualTo(1);
                first.frame(0x88, new byte[0]);
            }
            await().until(() -> edge.limit.open() == 0);
            RawClient.open(edge.port(), "wamp.2.json").close();
        }
    }

    @Test
    void aClosingRouterRefusesButKeepsWhoIsThere() throws Exception {
        try (Edge edge = Edge.with(Switchboard.echo());
                RawClient early = RawClient.open(edge.port(), "wamp.2.json")) {
            edge.listening.stopAccepting();
            assertThat(ask(edge, RawClient.handshake(JSON)))
                    .startsWith("HTTP/1.1 503")
                    .contains("shuts down");
            assertThat(ask(edge, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 503");
            early.frame(0x81, new byte[] {'x'});
            assertThat(early.read().text()).isEqualTo("x");
        }
    }

    @Test
    void healthAndMetricsAnswerOnTheSamePort() throws Exception {
        try (Edge edge = Edge.with(Switchboard.recorder());
                RawClient open = RawClient.open(edge.port(), "wamp.2.json")) {
            assertThat(ask(edge, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("\r\n\r\nok\n");
            assertThat(ask(edge, "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .contains("junctor_connections_opened_total 1.0")
                    .contains("junctor_connections 1.0")
                    .contains("junctor_test_gauge 42.0")
                    .contains("jvm_memory_used_bytes");
            edge.switchboard.await().connection.drop();
            assertThat(open.isAtEnd()).isTrue();
        }
    }

    @Test
    void answersTellNothingAboutTheServersSoftware() throws Exception {
        try (Edge edge = Edge.with(Switchboard.recorder())) {
            assertThat(ask(edge, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")).doesNotContainIgnoringCase("jetty");
            assertThat(ask(edge, "NONSENSE\r\n\r\n"))
                    .startsWith("HTTP/1.1 400")
                    .doesNotContainIgnoringCase("jetty")
                    .doesNotContainIgnoringCase("java");
            String endless = RawClient.handshake(JSON, "X: " + "y".repeat(9_000));
            assertThat(ask(edge, endless)).startsWith("HTTP/1.1 431");
        }
    }

    @Test
    void halfAHandshakeIsClosedAfterTheTimeForHello() throws Exception {
        try (Edge edge = Edge.with(Switchboard.recorder());
                RawClient slow = RawClient.connect(edge.port())) {
            assertThat(ask(edge, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
            slow.send("GET /ws HTTP/1.1\r\nHos".getBytes(StandardCharsets.US_ASCII));
            await().until(() -> edge.sockets() == 1);
            edge.timers.advance(Duration.ofSeconds(6));
            assertThat(slow.isAtEnd()).isTrue();
        }
    }

    private static String ask(Edge edge, String request) throws Exception {
        try (RawClient client = RawClient.connect(edge.port())) {
            return client.request(request);
        }
    }
}
