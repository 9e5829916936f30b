package io.junctor.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.router.connection.CloseStatus;
import io.junctor.router.metrics.Counter;
import io.junctor.server.websocket.RawClient.Frame;
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

/** How connections end: in order, by fault, by silence; and what garbage does to others. */
@Timeout(60)
class LineEndingTest {
    private static final String MSGPACK = "wamp.2.msgpack";
    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;

    private final Switchboard switchboard = Switchboard.echo();

    @Test
    void theClientsCloseCodeComesBackAndTheReceiverHearsItOnce() throws Exception {
        try (Edge edge = Edge.with(switchboard)) {
            assertThat(closeCodeFor(edge, 1000)).isEqualTo(1000);
            assertThat(closeCodeFor(edge, 3000)).isEqualTo(3000);
            assertThat(closeCodeFor(edge, 4999)).isEqualTo(4999);
            assertThat(closeCodeFor(edge, 1006)).isEqualTo(1002);
            assertThat(closeCodeFor(edge, 7)).isEqualTo(1002);
            await().until(() -> edge.limit.open() == 0);
            assertThat(edge.counters.value(Counter.CONNECTIONS_OPENED)).isEqualTo(5);
            assertThat(edge.counters.value(Counter.CONNECTIONS_CLOSED)).isEqualTo(5);
        }
    }

    private int closeCodeFor(Edge edge, int code) throws Exception {
        try (RawClient client = RawClient.open(edge.port(), MSGPACK)) {
            client.frame(CLOSE, closePayload(code));
            Frame answer = client.read();
            assertThat(answer.firstByte).isEqualTo(CLOSE);
            assertThat(client.isAtEnd()).isTrue();
            Switchboard.Line line = switchboard.await();
            assertThat(line.ending()).isEqualTo("the client closed with code " + code);
            assertThat(line.endings).hasSize(1);
            return answer.closeCode();
        }
    }

    @Test
    void aCloseFrameWithoutCodeIsAnsweredByOneWithoutCode() throws Exception {
        try (Edge edge = Edge.with(switchboard);
                RawClient client = RawClient.open(edge.port(), MSGPACK)) {
            client.frame(CLOSE, new byte[0]);
            assertThat(client.read().payload).isEmpty();
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void theRoutersEndingsHaveTheirCodes() throws Exception {
        try (Edge edge = Edge.with(switchboard)) {
            for (CloseStatus ending : CloseStatus.values()) {
                RawClient client = RawClient.open(edge.port(), MSGPACK);
                Switchboard.Line line = switchboard.await();
                line.send(bytes("last words"));
                line.connection.close(ending);
                line.connection.close(CloseStatus.NORMAL);
                line.send(bytes("too late"));
                assertThat(client.read().text()).isEqualTo("last words");
                assertThat(client.read().closeCode()).isEqualTo(ending.webSocketCode());
                client.frame(BINARY, bytes("crossing"));
                client.frame(CLOSE, closePayload(1000));
                assertThat(client.isAtEnd()).isTrue();
                assertThat(line.ending()).isNotNull();
                assertThat(line.messages).isEmpty();
                client.close();
            }
        }
    }

    @Test
    void aClientThatDoesNotAnswerTheCloseFrameIsDropped() throws Exception {
        try (Edge edge = Edge.with(switchboard);
                RawClient client = RawClient.open(edge.port(), MSGPACK)) {
            Switchboard.Line line = switchboard.await();
            line.connection.close(CloseStatus.NORMAL);
            assertThat(client.read().closeCode()).isEqualTo(1000);
            edge.timers.advance(Duration.ofSeconds(5));
            assertThat(client.isAtEnd()).isTrue();
            assertThat(line.ending()).isEqualTo("the client did not answer the close frame");
        }
    }

    @Test
    void droppingIsSeenAtOnce() throws Exception {
        try (Edge edge = Edge.with(switchboard);
                RawClient client = RawClient.open(edge.port(), MSGPACK)) {
            Switchboard.Line line = switchboard.await();
            line.connection.drop();
            line.connection.drop();
            assertThat(client.isAtEnd()).isTrue();
            assertThat(line.ending()).isEqualTo("dropped by the router");
            assertThat(line.endings).hasSize(1);
        }
    }

    @Test
    void aClientThatGoesWithoutACloseFrameIsNoticed() throws Exception {
        try (Edge edge = Edge.with(switchboard);
                RawClient client = RawClient.open(edge.port(), MSGPACK)) {
            client.shutdownOutput();
            assertThat(switchboard.await().ending()).isEqualTo("the client closed the connection");
        }
    }

    @Test
    void beforeWelcomeAMessageHas64KiBAtMost() throws Exception {
        try (Edge edge = Edge.with(switchboard);
                RawClient client = RawClient.open(edge.port(), MSGPACK)) {
            client.frame(BINARY, new byte[65_536]);
            assertThat(client.read().payload).hasSize(65_536);
            switchboard.await().connection.maxMessageBytes(100_000);
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
        try (Edge edge = Edge.with(switchboard);
                RawClient client = RawClient.open(edge.port(), MSGPACK)) {
            client.send(MaskedFrame.of(BINARY, 1L << 31, new byte[0]));
            Frame close = client.read();
            assertThat(close.closeCode()).isEqualTo(1009);
            assertThat(close.closeReason())
                    .isEqualTo("message of 2147483648 bytes or more is over the limit of 65536 bytes");
            assertThat(switchboard.await().ending()).contains("over the limit of 65536 bytes");
        }
    }

    @Test
    void whoGoesOnSendingStillLearnsWhyItIsDisconnected() throws Exception {
        try (Edge edge = Edge.with(switchboard);
                RawClient client = RawClient.open(edge.port(), MSGPACK)) {
            client.frame(BINARY, new byte[3_000_000]);
            assertThat(client.read().closeCode()).isEqualTo(1009);
            edge.timers.advance(Duration.ofSeconds(5));
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void aBrokenFrameIsAViolationWithItsReason() throws Exception {
        try (Edge edge = Edge.with(switchboard);
                RawClient client = RawClient.open(edge.port(), MSGPACK)) {
            client.send(new byte[] {(byte) BINARY, 1, 'x'});
            Frame close = client.read();
            assertThat(close.closeCode()).isEqualTo(1002);
            assertThat(close.closeReason()).isEqualTo("frames from a client must be masked");
            Switchboard.Line line = switchboard.await();
            assertThat(line.ending()).isEqualTo("frames from a client must be masked");
            client.close();
            await().until(() -> edge.limit.open() == 0);
            assertThat(line.endings).hasSize(1);
        }
    }

    @Test
    void aSilentClientIsPingedAndStaysIfItAnswers() throws Exception {
        try (Edge edge = Edge.with(switchboard);
                RawClient client = RawClient.open(edge.port(), MSGPACK)) {
            switchboard.await();
            edge.timers.advance(Duration.ofSeconds(22));
            assertThat(client.read().firstByte).isEqualTo(PING);
            client.frame(PONG, new byte[0]);
            awaitRead(client);
            edge.timers.advance(Duration.ofSeconds(22));
            assertThat(client.read().firstByte).isEqualTo(PING);
            assertThat(edge.counters.value(Counter.PONGS_MISSED)).isZero();
        }
    }

    @Test
    void aDeadClientIsDroppedAndCounted() throws Exception {
        try (Edge edge = Edge.with(switchboard);
                RawClient client = RawClient.open(edge.port(), MSGPACK)) {
            Switchboard.Line line = switchboard.await();
            edge.timers.advance(Duration.ofSeconds(22));
            assertThat(client.read().firstByte).isEqualTo(PING);
            edge.timers.advance(Duration.ofSeconds(12));
            assertThat(client.isAtEnd()).isTrue();
            assertThat(line.ending()).isEqualTo("no pong within 10000 ms");
            assertThat(edge.counters.value(Counter.PONGS_MISSED)).isEqualTo(1);
        }
    }

    @Test
    void aClientThatWeDoNotReadFromIsNotPinged() throws Exception {
        Switchboard pausing = new Switchboard((line, message) -> line.send(message));
        try (Edge edge = Edge.with(pausing);
                RawClient client = RawClient.open(edge.port(), MSGPACK)) {
            awaitRead(client);
            edge.timers.advance(Duration.ofSeconds(500));
            Switchboard.Line line = pausing.await();
            line.connection.demand();
            awaitRead(client);
            assertThat(line.endings).isEmpty();
        }
    }

    @Test
    void garbageOnThePortHarmsNobodyElse() throws Exception {
        long seed = 7;
        Random random = new Random(seed);
        try (Edge edge = Edge.with(switchboard);
                RawClient witness = RawClient.open(edge.port(), MSGPACK)) {
            for (int i = 0; i < 200; i++) {
                byte[] garbage = new byte[1 + random.nextInt(2_000)];
                random.nextBytes(garbage);
                try (RawClient client =
                        i % 2 == 0 ? RawClient.connect(edge.port()) : RawClient.open(edge.port(), MSGPACK)) {
                    client.send(garbage);
                } catch (IOException e) {
                    assertThat(e).as("seed " + seed).hasMessageMatching(".*([Rr]eset|[Bb]roken pipe).*");
                }
            }
            awaitRead(witness);
            await().until(() -> edge.limit.open() == 1);
        }
    }

    @Test
    void aThousandSilentConnectionsDoNotSlowTheOthers() throws Exception {
        List<RawClient> silent = new ArrayList<>();
        try (Edge edge = Edge.with(switchboard)) {
            for (int i = 0; i < 1_000; i++) {
                silent.add(RawClient.connect(edge.port()));
                if (i % 100 == 0) {
                    edge.timers.advance(Duration.ofSeconds(1));
                }
            }
            try (RawClient client = RawClient.open(edge.port(), MSGPACK)) {
                awaitRead(client);
                edge.timers.advance(Duration.ofSeconds(6));
                await().until(() -> edge.sockets() == 1);
                awaitRead(client);
            }
        } finally {
            for (RawClient client : silent) {
                client.close();
            }
        }
    }

    /** Returns when everything sent before has been read. */
    private static void awaitRead(RawClient client) throws IOException {
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
