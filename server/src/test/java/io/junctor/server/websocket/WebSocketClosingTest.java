package io.junctor.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.router.connection.transport.CloseStatus;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.server.TestListener;
import io.junctor.testkit.RawWebSocketClient;
import io.junctor.testkit.RawWebSocketClient.Frame;
import io.junctor.testkit.RecordingAcceptor;
import io.junctor.websocket.MaskedFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of connections: by close frames, faults and missing pongs; invalid bytes do not affect other connections. */
@Timeout(60)
class WebSocketClosingTest {
    private static final String MSGPACK = "wamp.2.msgpack";
    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;

    private final RecordingAcceptor acceptor = RecordingAcceptor.echo();

    @Test
    void theClientsCloseCodeComesBackAndTheReceiverHearsItOnce() throws Exception {
        try (TestListener listener = TestListener.with(acceptor)) {
            assertThat(closeCodeFor(listener, 1000)).isEqualTo(1000);
            assertThat(closeCodeFor(listener, 3000)).isEqualTo(3000);
            assertThat(closeCodeFor(listener, 4999)).isEqualTo(4999);
            assertThat(closeCodeFor(listener, 1006)).isEqualTo(1002);
            assertThat(closeCodeFor(listener, 7)).isEqualTo(1002);
            await().until(() -> listener.limit.open() == 0);
            assertThat(listener.counters.value(TransportCounter.CONNECTIONS_OPENED))
                    .isEqualTo(5);
            assertThat(listener.counters.value(TransportCounter.CONNECTIONS_CLOSED))
                    .isEqualTo(5);
        }
    }

    private int closeCodeFor(TestListener listener, int code) throws Exception {
        try (RawWebSocketClient client = RawWebSocketClient.open(listener.port(), MSGPACK)) {
            client.frame(CLOSE, closePayload(code));
            Frame answer = client.read();
            assertThat(answer.firstByte).isEqualTo(CLOSE);
            assertThat(client.isAtEnd()).isTrue();
            RecordingAcceptor.AcceptedConnection accepted = acceptor.await();
            assertThat(accepted.ending()).endsWith("code " + code);
            assertThat(accepted.endings).hasSize(1);
            return answer.closeCode();
        }
    }

    @Test
    void aCloseFrameWithoutCodeIsAnsweredByOneWithoutCode() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                RawWebSocketClient client = RawWebSocketClient.open(listener.port(), MSGPACK)) {
            client.frame(CLOSE, new byte[0]);
            assertThat(client.read().payload).isEmpty();
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void theRoutersEndingsHaveTheirCodes() throws Exception {
        try (TestListener listener = TestListener.with(acceptor)) {
            for (CloseStatus ending : CloseStatus.values()) {
                RawWebSocketClient client = RawWebSocketClient.open(listener.port(), MSGPACK);
                RecordingAcceptor.AcceptedConnection accepted = acceptor.await();
                accepted.send(bytes("last words"));
                accepted.connection.close(ending);
                accepted.connection.close(CloseStatus.NORMAL);
                accepted.send(bytes("too late"));
                assertThat(client.read().text()).isEqualTo("last words");
                assertThat(client.read().closeCode()).isEqualTo(ending.webSocketCode());
                client.frame(BINARY, bytes("crossing"));
                client.frame(CLOSE, closePayload(1000));
                assertThat(client.isAtEnd()).isTrue();
                assertThat(accepted.ending()).isNotNull();
                assertThat(accepted.messages).isEmpty();
                client.close();
            }
        }
    }

    @Test
    void aClientThatDoesNotAnswerTheCloseFrameIsDropped() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                RawWebSocketClient client = RawWebSocketClient.open(listener.port(), MSGPACK)) {
            RecordingAcceptor.AcceptedConnection accepted = acceptor.await();
            accepted.connection.close(CloseStatus.NORMAL);
            assertThat(client.read().closeCode()).isEqualTo(1000);
            listener.timers.advance(Duration.ofSeconds(5));
            assertThat(client.isAtEnd()).isTrue();
            assertThat(accepted.ending()).isEqualTo("the client did not close the connection in time");
        }
    }

    @Test
    void aDroppedConnectionEndsAtOnce() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                RawWebSocketClient client = RawWebSocketClient.open(listener.port(), MSGPACK)) {
            RecordingAcceptor.AcceptedConnection accepted = acceptor.await();
            accepted.connection.drop();
            accepted.connection.drop();
            assertThat(client.isAtEnd()).isTrue();
            assertThat(accepted.ending()).isEqualTo("dropped by the router");
            assertThat(accepted.endings).hasSize(1);
        }
    }

    @Test
    void aClientThatGoesWithoutACloseFrameIsNoticed() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                RawWebSocketClient client = RawWebSocketClient.open(listener.port(), MSGPACK)) {
            client.shutdownOutput();
            assertThat(acceptor.await().ending()).isEqualTo("the client closed the connection");
        }
    }

    @Test
    void beforeWelcomeAMessageHas64KiBAtMost() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                RawWebSocketClient client = RawWebSocketClient.open(listener.port(), MSGPACK)) {
            client.frame(BINARY, new byte[65_536]);
            assertThat(client.read().payload).hasSize(65_536);
            acceptor.await().connection.maxMessageBytes(100_000);
            client.frame(BINARY, new byte[100_000]);
            assertThat(client.read().payload).hasSize(100_000);
            client.frame(BINARY, new byte[100_001]);
            Frame close = client.read();
            assertThat(close.closeCode()).isEqualTo(1009);
            assertThat(close.closeReason()).contains("limit of 100000 bytes");
        }
    }

    @Test
    void anAnnouncedMessageOf2GBIsRefusedByItsHeader() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                RawWebSocketClient client = RawWebSocketClient.open(listener.port(), MSGPACK)) {
            client.send(MaskedFrame.of(BINARY, 1L << 31, new byte[0]));
            Frame close = client.read();
            assertThat(close.closeCode()).isEqualTo(1009);
            assertThat(close.closeReason())
                    .isEqualTo("message of 2147483648 bytes or more is over the limit of 65536 bytes");
            assertThat(acceptor.await().ending()).contains("over the limit of 65536 bytes");
        }
    }

    @Test
    void aClientThatGoesOnSendingStillGetsTheCloseReason() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                RawWebSocketClient client = RawWebSocketClient.open(listener.port(), MSGPACK)) {
            client.frame(BINARY, new byte[3_000_000]);
            assertThat(client.read().closeCode()).isEqualTo(1009);
            listener.timers.advance(Duration.ofSeconds(5));
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void aBrokenFrameIsAViolationWithItsReason() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                RawWebSocketClient client = RawWebSocketClient.open(listener.port(), MSGPACK)) {
            client.send(new byte[] {(byte) BINARY, 1, 'x'});
            Frame close = client.read();
            assertThat(close.closeCode()).isEqualTo(1002);
            assertThat(close.closeReason()).isEqualTo("frames from a client must be masked");
            RecordingAcceptor.AcceptedConnection accepted = acceptor.await();
            assertThat(accepted.ending()).isEqualTo("frames from a client must be masked");
            client.close();
            await().until(() -> listener.limit.open() == 0);
            assertThat(accepted.endings).hasSize(1);
        }
    }

    @Test
    void aSilentClientIsPingedAndStaysIfItAnswers() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                RawWebSocketClient client = RawWebSocketClient.open(listener.port(), MSGPACK)) {
            acceptor.await();
            listener.timers.advance(Duration.ofSeconds(22));
            assertThat(client.read().firstByte).isEqualTo(PING);
            client.frame(PONG, new byte[0]);
            awaitRead(client);
            listener.timers.advance(Duration.ofSeconds(22));
            assertThat(client.read().firstByte).isEqualTo(PING);
            assertThat(listener.counters.value(TransportCounter.PONGS_MISSED)).isZero();
        }
    }

    @Test
    void aDeadClientIsDroppedAndCounted() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                RawWebSocketClient client = RawWebSocketClient.open(listener.port(), MSGPACK)) {
            RecordingAcceptor.AcceptedConnection accepted = acceptor.await();
            listener.timers.advance(Duration.ofSeconds(22));
            assertThat(client.read().firstByte).isEqualTo(PING);
            listener.timers.advance(Duration.ofSeconds(12));
            assertThat(client.isAtEnd()).isTrue();
            assertThat(accepted.ending()).isEqualTo("no pong within 10000 ms (pong_wait)");
            assertThat(listener.counters.value(TransportCounter.PONGS_MISSED)).isEqualTo(1);
        }
    }

    @Test
    void aClientIsNotPingedWhileReadingIsPaused() throws Exception {
        RecordingAcceptor pausing = new RecordingAcceptor((accepted, message) -> accepted.send(message));
        try (TestListener listener = TestListener.with(pausing);
                RawWebSocketClient client = RawWebSocketClient.open(listener.port(), MSGPACK)) {
            awaitRead(client);
            listener.timers.advance(Duration.ofSeconds(500));
            RecordingAcceptor.AcceptedConnection accepted = pausing.await();
            accepted.connection.demand();
            awaitRead(client);
            assertThat(accepted.endings).isEmpty();
        }
    }

    @Test
    void garbageOnThePortDoesNotHarmOtherConnections() throws Exception {
        long seed = 7;
        Random random = new Random(seed);
        try (TestListener listener = TestListener.with(acceptor);
                RawWebSocketClient witness = RawWebSocketClient.open(listener.port(), MSGPACK)) {
            for (int i = 0; i < 200; i++) {
                byte[] garbage = new byte[1 + random.nextInt(2_000)];
                random.nextBytes(garbage);
                try (RawWebSocketClient client = i % 2 == 0
                        ? RawWebSocketClient.connect(listener.port())
                        : RawWebSocketClient.open(listener.port(), MSGPACK)) {
                    client.send(garbage);
                } catch (IOException e) {
                    assertThat(e).as("seed " + seed).hasMessageMatching(".*([Rr]eset|[Bb]roken pipe).*");
                }
            }
            awaitRead(witness);
            await().until(() -> listener.limit.open() == 1);
        }
    }

    @Test
    void aThousandSilentConnectionsDoNotSlowTheOthers() throws Exception {
        List<RawWebSocketClient> silent = new ArrayList<>();
        try (TestListener listener = TestListener.with(acceptor)) {
            for (int i = 0; i < 1_000; i++) {
                silent.add(RawWebSocketClient.connect(listener.port()));
                if (i % 100 == 0) {
                    listener.timers.advance(Duration.ofSeconds(1));
                }
            }
            try (RawWebSocketClient client = RawWebSocketClient.open(listener.port(), MSGPACK)) {
                awaitRead(client);
                await().until(() -> {
                    listener.timers.advance(Duration.ofSeconds(6));
                    return listener.sockets() == 1;
                });
                awaitRead(client);
            }
        } finally {
            for (RawWebSocketClient client : silent) {
                client.close();
            }
        }
    }

    /** Waits until the router has read all sent bytes. */
    private static void awaitRead(RawWebSocketClient client) throws IOException {
        client.frame(BINARY, bytes("echo"));
        assertThat(client.read().text()).isEqualTo("echo");
    }

    private static byte[] closePayload(int code) {
        return ByteBuffer.allocate(2).putShort((short) code).array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
