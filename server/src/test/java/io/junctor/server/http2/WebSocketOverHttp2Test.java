package io.junctor.server.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.router.config.http.IpNetwork;
import io.junctor.router.config.listener.AcceptLimits;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.config.listener.ProxyConfig;
import io.junctor.router.connection.transport.CloseStatus;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.server.TestListener;
import io.junctor.testkit.Http2Connection;
import io.junctor.testkit.Http2Stream;
import io.junctor.testkit.ReceivedItem;
import io.junctor.testkit.RecordingAcceptor;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.testkit.tls.TestCertificate;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Subprotocol;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets in streams of HTTP/2 (RFC 8441), over real sockets. */
@Timeout(120)
class WebSocketOverHttp2Test {
    /** So many messages are more than the windows of a stream. */
    private static final int MANY = 60;

    private static final Subprotocol JSON = new Subprotocol(Serializer.JSON, false);
    private static final Duration HELLO_TIMEOUT = Duration.ofSeconds(6);
    private static final byte[] ONE = "[1]".getBytes(StandardCharsets.US_ASCII);

    private final RecordingAcceptor acceptor = RecordingAcceptor.echo();

    private static WebSocketTransport open(Http2Connection connection) {
        return WebSocketTransport.open(connection, JSON, false);
    }

    private static void echo(WebSocketTransport webSocket) {
        webSocket.send(ONE);
        assertThat(webSocket.receive(20_000)).isInstanceOf(ReceivedItem.Message.class);
    }

    @Test
    void severalWebSocketsShareAConnection() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                Http2Connection connection = Http2Connection.open(listener.uri())) {
            WebSocketTransport first = open(connection);
            WebSocketTransport second = open(connection);
            echo(first);
            echo(second);
            echo(first);
            assertThat(listener.sockets()).isEqualTo(1);
            assertThat(listener.limit.open()).isEqualTo(2);
        }
    }

    @Test
    void tlsChoosesHttp2ByAlpn() throws Exception {
        ListenerConfig config = ListenerConfig.builder()
                .port(0)
                .tls(TestCertificate.LOCALHOST.config())
                .build();
        try (TestListener listener = TestListener.with(acceptor, config);
                Http2Connection connection = Http2Connection.open(listener.uri())) {
            WebSocketTransport webSocket = open(connection);
            echo(webSocket);
            assertThat(acceptor.await().connection.channelBinding("tls-exporter"))
                    .isEqualTo(webSocket.channelBinding("tls-exporter"));
        }
    }

    @Test
    void moreThanTheWindowsTravelsBothWays() throws Exception {
        byte[] message = ("\"" + "x".repeat(60_000) + "\"").getBytes(StandardCharsets.US_ASCII);
        try (TestListener listener = TestListener.with(acceptor);
                Http2Connection connection = Http2Connection.open(listener.uri())) {
            WebSocketTransport webSocket = open(connection);
            Thread sender = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < MANY; i++) {
                    webSocket.send(message);
                }
            });
            for (int i = 0; i < MANY; i++) {
                assertThat(webSocket.receive(20_000)).as("message %s", i).isInstanceOf(ReceivedItem.Message.class);
            }
            sender.join();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void batchesTravelBothWaysAlsoCompressed(boolean compressed) throws Exception {
        byte[] first = ("\"" + "x".repeat(5_000) + "\"").getBytes(StandardCharsets.US_ASCII);
        byte[] second = ("\"" + "y".repeat(5_000) + "\"").getBytes(StandardCharsets.US_ASCII);
        ListenerConfig config =
                ListenerConfig.builder().port(0).compression(true).build();
        try (TestListener listener = TestListener.with(acceptor, config);
                Http2Connection connection = Http2Connection.open(listener.uri())) {
            WebSocketTransport webSocket =
                    WebSocketTransport.open(connection, new Subprotocol(Serializer.JSON, true), compressed);
            webSocket.sendTogether(List.of(first, second));
            for (byte[] sent : List.of(first, second)) {
                assertThat(webSocket.receive(20_000))
                        .isInstanceOfSatisfying(
                                ReceivedItem.Message.class,
                                message -> assertThat(message.bytes()).isEqualTo(sent));
            }
            assertThat(listener.counters.value(TransportCounter.BYTES_RECEIVED) < first.length)
                    .as("whether fewer bytes came than one message has")
                    .isEqualTo(compressed);
        }
    }

    @Test
    void aClosedWebSocketLeavesNothingBehind() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                Http2Connection connection = Http2Connection.open(listener.uri())) {
            int timers = listener.timers.waiting();
            for (int i = 0; i < 3 * Http2ConnectionFactory.MOST_STREAMS; i++) {
                WebSocketTransport webSocket = open(connection);
                RecordingAcceptor.AcceptedConnection accepted = acceptor.await();
                switch (i % 4) {
                    case 0 -> {}
                    case 1 -> webSocket.cut();
                    case 2 -> accepted.connection.close(CloseStatus.NORMAL);
                    default -> accepted.connection.drop();
                }
                webSocket.close();
                assertThat(accepted.ending()).as("ending %s", i).isNotNull();
            }
            await().until(() -> listener.limit.open() == 0 && listener.timers.waiting() == timers);
            assertThat(listener.sockets()).isEqualTo(1);
            echo(open(connection));
        }
    }

    @Test
    void theClientsCloseCodeComesBackAndTheStreamEnds() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                Http2Connection connection = Http2Connection.open(listener.uri())) {
            WebSocketTransport webSocket = open(connection);
            webSocket.sendFrame(0x88, new byte[] {0x0B, (byte) 0xB8});
            assertThat(webSocket.receive(20_000)).isEqualTo(new ReceivedItem.Closed(3000));
            assertThat(acceptor.await().ending()).isEqualTo("the client closed with code 3000");
        }
    }

    @Test
    void aClientThatEndsOrResetsItsStreamIsNoticed() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                Http2Connection connection = Http2Connection.open(listener.uri())) {
            Http2Stream ended = connection.open(JSON.name(), List.of());
            RecordingAcceptor.AcceptedConnection first = acceptor.await();
            ended.close();
            assertThat(first.ending()).isEqualTo("the client closed the connection");
            WebSocketTransport reset = open(connection);
            RecordingAcceptor.AcceptedConnection second = acceptor.await();
            reset.cut();
            assertThat(second.ending()).isEqualTo("the connection broke");
            WebSocketTransport lost = open(connection);
            RecordingAcceptor.AcceptedConnection third = acceptor.await();
            echo(lost);
            connection.close();
            assertThat(third.ending()).isNotNull();
            await().until(() -> listener.limit.open() == 0 && listener.sockets() == 0);
        }
    }

    @Test
    void aStreamWithoutAWindowIsASlowReaderAndDoesNotStopTheOthers() throws Exception {
        byte[] large = new byte[1 << 20];
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder());
                Http2Connection connection = Http2Connection.open(listener.uri())) {
            Http2Stream slow = connection.open(JSON.name(), List.of());
            RecordingAcceptor.AcceptedConnection accepted = listener.acceptor.await();
            List<String> done = new ArrayList<>();
            // The test does not read from the stream, so the client gives no more window than the first.
            accepted.connection.write(List.of(large), () -> done.add("done"));
            WebSocketTransport other = open(connection);
            RecordingAcceptor.AcceptedConnection quick = listener.acceptor.await();
            for (int i = 0; i < 10; i++) {
                quick.send(ONE);
                assertThat(other.receive(20_000)).isInstanceOf(ReceivedItem.Message.class);
            }
            assertThat(done).isEmpty();
            slow.setSoLinger(true, 0);
            slow.close();
            assertThat(accepted.ending()).isNotNull();
            assertThat(done)
                    .as("the writer is told that its messages are discarded")
                    .containsExactly("done");
        }
    }

    @Test
    void aSilentClientGetsAPingAndItsStreamAloneIsDropped() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                Http2Connection connection = Http2Connection.open(listener.uri())) {
            WebSocketTransport silent = open(connection);
            RecordingAcceptor.AcceptedConnection accepted = acceptor.await();
            silent.ignorePings();
            ListenerLimits limits = ListenerLimits.DEFAULT;
            listener.timers.advance(limits.pingInterval().plusSeconds(2));
            WebSocketTransport other = open(connection);
            echo(other);
            listener.timers.advance(limits.pongWait().plusSeconds(2));
            assertThat(accepted.ending()).startsWith("no pong within");
            assertThat(listener.counters.value(TransportCounter.PONGS_MISSED)).isEqualTo(1);
            echo(other);
        }
    }

    @Test
    void aSocketIsClosedInTimeOnceNoStreamUsesIt() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                Http2Connection connection = Http2Connection.open(listener.uri())) {
            WebSocketTransport first = open(connection);
            WebSocketTransport second = open(connection);
            first.close();
            await().until(() -> listener.limit.open() == 1);
            listener.timers.advance(HELLO_TIMEOUT);
            echo(second);
            second.close();
            await().until(() -> listener.limit.open() == 0);
            listener.timers.advance(HELLO_TIMEOUT);
            await().until(() -> listener.sockets() == 0);
        }
    }

    @Test
    void eachStreamCountsAsAConnectionOfItsAddress() throws Exception {
        IpNetwork proxy = Objects.requireNonNull(IpNetwork.parse("127.0.0.1"));
        ListenerConfig config = ListenerConfig.builder()
                .port(0)
                .limits(ListenerLimits.DEFAULT.withArrivals(new AcceptLimits(5_000, 2)))
                .proxies(new ProxyConfig(List.of(proxy), false))
                .build();
        List<String> client = List.of("X-Forwarded-For: 192.0.2.7");
        try (TestListener listener = TestListener.with(acceptor, config);
                Http2Connection connection = Http2Connection.open(listener.uri())) {
            Http2Stream first = connection.open(JSON.name(), client);
            connection.open(JSON.name(), client);
            assertThat(connection.statusOf(JSON.name(), client)).isEqualTo(429);
            assertThat(connection.statusOf(JSON.name(), List.of("X-Forwarded-For: 192.0.2.8")))
                    .isEqualTo(200);
            first.close();
            await().until(() -> listener.limit.open() == 2);
            assertThat(connection.statusOf(JSON.name(), client)).isEqualTo(200);
        }
    }

    @Test
    void aRefusedHandshakeHasTheStatusThatItHasInHttp1() throws Exception {
        ListenerConfig config = ListenerConfig.builder().port(0).build();
        try (TestListener listener = TestListener.with(acceptor, config);
                Http2Connection connection = Http2Connection.open(listener.uri())) {
            assertThat(connection.statusOf("wamp.2.flatbuffers", List.of())).isEqualTo(400);
            assertThat(connection.statusOf(JSON.name(), List.of("Origin: https://evil.test")))
                    .isEqualTo(403);
            assertThat(connection.statusOf("soap, wamp.2.json", List.of("Origin: http://127.0.0.1:" + listener.port())))
                    .isEqualTo(200);
            listener.stopAccepting();
            assertThat(connection.statusOf(JSON.name(), List.of())).isEqualTo(503);
            assertThat(listener.counters.value(TransportCounter.CONNECTIONS_REFUSED))
                    .isEqualTo(3);
        }
    }

    @Test
    void theHostOfAnotherSiteIsRefused() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                Http2Connection connection = Http2Connection.open(listener.uri(), "evil.test")) {
            assertThat(connection.statusOf(JSON.name(), List.of())).isEqualTo(421);
        }
    }
}
