package io.junctor.server.rawsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.connection.transport.CloseStatus;
import io.junctor.router.metrics.Transport;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.server.TestListener;
import io.junctor.testkit.RawWebSocketClient;
import io.junctor.testkit.RecordingAcceptor;
import io.junctor.testkit.RecordingAcceptor.AcceptedConnection;
import io.junctor.wamp.value.Serializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RawSocket clients that send every octet themselves, over real sockets. */
@Timeout(60)
class RawSocketConnectionTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String JSON_1_MIB = "7FB10000";
    private static final Duration HELLO_TIMEOUT = Duration.ofSeconds(6);

    @Test
    void theReplyAnnouncesTheListenersLengthAndTheSameSerializer() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder())) {
            for (Serializer serializer : Serializer.values()) {
                int code = serializer.ordinal() + 1;
                try (RawWebSocketClient client = connect(listener, "7F7" + code + "0000")) {
                    assertThat(HEX.formatHex(client.bytes(4))).isEqualTo("7fb" + code + "0000");
                    AcceptedConnection accepted = listener.acceptor.await();
                    assertThat(accepted.connection.serializer()).isEqualTo(serializer);
                    assertThat(accepted.connection.transport()).isEqualTo(Transport.RAWSOCKET);
                    assertThat(accepted.connection.receiveLimitBytes()).isEqualTo(1 << 16);
                }
            }
        }
    }

    @Test
    void aClientThatReceives16MiBIsSentOneByteLess() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder());
                RawWebSocketClient client = connect(listener, "7FF10000")) {
            client.bytes(4);
            assertThat(listener.acceptor.await().connection.receiveLimitBytes()).isEqualTo((1 << 24) - 1);
        }
    }

    @Test
    void handshakesThatTheListenerDoesNotAcceptAreAnsweredByTheirErrorCode() throws Exception {
        ListenerConfig config = ListenerConfig.builder()
                .port(0)
                .serializers(Set.of(Serializer.JSON, Serializer.CBOR))
                .build();
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder(), config)) {
            List<List<String>> answers = List.of(
                    List.of("7FF20000", "7f100000"),
                    List.of("7FF40000", "7f100000"),
                    List.of("7FFF0000", "7f100000"),
                    List.of("7F010000", "7f200000"),
                    List.of("7FF10001", "7f300000"),
                    List.of("7FF10100", "7f300000"));
            for (List<String> answer : answers) {
                try (RawWebSocketClient client = connect(listener, answer.getFirst())) {
                    assertThat(HEX.formatHex(client.bytes(4)))
                            .as(answer.getFirst())
                            .isEqualTo(answer.getLast());
                    assertThat(client.isAtEnd()).isTrue();
                }
            }
            assertThat(listener.counters.value(TransportCounter.CONNECTIONS_REFUSED))
                    .isEqualTo(answers.size());
        }
    }

    @Test
    void aHandshakeWithoutASerializerIsClosedWithoutAReply() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder());
                RawWebSocketClient client = connect(listener, "7FF00000")) {
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void overTheLimitOfConnectionsTheErrorIs4() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder(), 1);
                RawWebSocketClient first = connect(listener, JSON_1_MIB)) {
            first.bytes(4);
            listener.acceptor.await();
            try (RawWebSocketClient second = connect(listener, JSON_1_MIB)) {
                assertThat(HEX.formatHex(second.bytes(4))).isEqualTo("7f400000");
                assertThat(second.isAtEnd()).isTrue();
            }
        }
    }

    @Test
    void octetsMayComeOneByOneOrAllAtOnce() throws Exception {
        byte[] octets = HEX.parseHex(JSON_1_MIB + "000000025b5d" + "0100000170" + "00000000" + "000000035b315d");
        try (TestListener listener = TestListener.with(RecordingAcceptor.echo())) {
            for (int pieceBytes : new int[] {1, 3, octets.length}) {
                try (RawWebSocketClient client = RawWebSocketClient.connect(listener.port())) {
                    for (int from = 0; from < octets.length; from += pieceBytes) {
                        client.send(Arrays.copyOfRange(octets, from, Math.min(octets.length, from + pieceBytes)));
                    }
                    client.bytes(4);
                    AcceptedConnection accepted = listener.acceptor.await();
                    assertThat(text(accepted.message())).isEqualTo("[]");
                    assertThat(accepted.message()).isEmpty();
                    assertThat(text(accepted.message())).isEqualTo("[1]");
                    assertThat(client.bytes(6 + 5 + 4 + 7)).hasSize(22);
                }
            }
        }
    }

    @Test
    void eachPingIsAnsweredOnceWithItsPayloadAndAnUnaskedPongIsIgnored() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.echo());
                RawWebSocketClient client = connect(listener, JSON_1_MIB)) {
            client.bytes(4);
            client.send(HEX.parseHex("0100000161" + "0200000162" + "01000000" + "0100000163"));
            assertThat(HEX.formatHex(client.bytes(14))).isEqualTo("0200000161" + "02000000" + "0200000163");
            client.send(HEX.parseHex("000000025b5d"));
            assertThat(HEX.formatHex(client.bytes(6))).isEqualTo("000000025b5d");
        }
    }

    @Test
    void framesAgainstTheRulesEndTheConnection() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder())) {
            for (String frame : List.of("03000000", "07000000", "10000000", "80000000", "08000001")) {
                assertEnds(listener, frame);
            }
        }
    }

    @Test
    void aFrameThatIsLongerThanAllowedEndsTheConnectionBeforeItCame() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder())) {
            assertEnds(listener, "00010001");
            assertEnds(listener, "01010001");
            assertEnds(listener, "08000000");
        }
    }

    @Test
    void whatWasAnnouncedIsTheLimitInASession() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.echo(), limited(3_000));
                RawWebSocketClient client = connect(listener, JSON_1_MIB)) {
            assertThat(HEX.formatHex(client.bytes(4))).isEqualTo("7f210000");
            AcceptedConnection accepted = listener.acceptor.await();
            accepted.connection.maxMessageBytes(3_000);
            client.send(HEX.parseHex("00000800"));
            client.send(new byte[2_048]);
            assertThat(accepted.message()).hasSize(2_048);
            client.send(HEX.parseHex("00000801"));
            client.skipToEnd();
            await().until(() -> accepted.endings.contains("message of 2049 bytes is over the limit of 2048 bytes"));
        }
    }

    @Test
    void messagesThatWereAcceptedAreSentBeforeTheEnd() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder());
                RawWebSocketClient client = connect(listener, JSON_1_MIB)) {
            client.bytes(4);
            AcceptedConnection accepted = listener.acceptor.await();
            accepted.connection.write(List.of(bytes("[3]"), bytes("[6]")), () -> {});
            accepted.connection.close(CloseStatus.NORMAL);
            assertThat(HEX.formatHex(client.bytes(14))).isEqualTo("000000035b335d" + "000000035b365d");
            assertThat(client.isAtEnd()).isTrue();
            assertThat(accepted.endings).isEmpty();
            client.shutdownOutput();
            await().until(() -> accepted.endings.size() == 1);
        }
    }

    @Test
    void aClientThatDoesNotCloseItsSideIsDropped() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder());
                RawWebSocketClient client = connect(listener, JSON_1_MIB)) {
            client.bytes(4);
            AcceptedConnection accepted = listener.acceptor.await();
            accepted.connection.close(CloseStatus.NORMAL);
            assertThat(client.isAtEnd()).isTrue();
            listener.timers.advance(Duration.ofSeconds(5));
            await().until(() -> accepted.endings.contains("the client did not close the connection in time"));
        }
    }

    @Test
    void silentClientsGetPingsOnlyWhereTheListenerSaysSo() throws Exception {
        ListenerConfig pinging =
                ListenerConfig.builder().port(0).rawSocketPings(true).build();
        try (TestListener silent = TestListener.with(RecordingAcceptor.recorder());
                TestListener listener = TestListener.with(RecordingAcceptor.recorder(), pinging);
                RawWebSocketClient left = connect(silent, JSON_1_MIB);
                RawWebSocketClient client = connect(listener, JSON_1_MIB)) {
            left.bytes(4);
            client.bytes(4);
            AcceptedConnection unasked = silent.acceptor.await();
            AcceptedConnection asked = listener.acceptor.await();
            for (int second = 0; second < 40; second++) {
                silent.timers.advance(Duration.ofSeconds(1));
                listener.timers.advance(Duration.ofSeconds(1));
            }
            assertThat(HEX.formatHex(client.bytes(4))).isEqualTo("01000000");
            assertThat(client.isAtEnd()).isTrue();
            await().until(() -> asked.endings.contains("no pong within 10000 ms (pong_wait)"));
            assertThat(unasked.endings).isEmpty();
        }
    }

    @Test
    void aFloodOfPingsWhoseAnswersAreNotReadEndsTheConnection() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder())) {
            assertFloodEnds(listener, ListenerLimits.HANDSHAKE_BYTES);
            assertFloodEnds(listener, 1 << 18);
        }
    }

    private static void assertFloodEnds(TestListener listener, int messageBytes) throws Exception {
        try (RawWebSocketClient client = connect(listener, JSON_1_MIB)) {
            client.bytes(4);
            AcceptedConnection accepted = listener.acceptor.await();
            accepted.connection.maxMessageBytes(messageBytes);
            byte[] ping = new byte[4 + (1 << 14)];
            ping[0] = 1;
            ping[2] = 1 << 6;
            try {
                for (int i = 0; i < 10_000 && accepted.endings.isEmpty(); i++) {
                    client.send(ping);
                }
            } catch (IOException reset) {
                // The router has closed the connection.
            }
            await().until(() -> !accepted.endings.isEmpty());
            assertThat(accepted.endings.getFirst())
                    .isEqualTo("the client sends pings and does not read the answers: more than "
                            + (messageBytes + (1 << 16)) + " bytes wait");
        }
    }

    @Test
    void handshakesWithoutAnEndHoldNoThreadAndAreClosedInTime() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder())) {
            List<RawWebSocketClient> silent = new ArrayList<>();
            for (int i = 0; i < 250; i++) {
                for (String beginning : List.of("", "7F", "7FF1", "7FF100")) {
                    silent.add(connect(listener, beginning));
                }
                // The listener accepts at a limited rate.
                listener.timers.advance(Duration.ofMillis(1));
            }
            try (RawWebSocketClient client = connect(listener, JSON_1_MIB)) {
                assertThat(client.bytes(4)).hasSize(4);
                listener.timers.advance(HELLO_TIMEOUT);
                for (RawWebSocketClient one : silent) {
                    one.skipToEnd();
                    one.close();
                }
                await().until(() -> listener.sockets() == 1);
            }
        }
    }

    private static void assertEnds(TestListener listener, String frame) throws Exception {
        try (RawWebSocketClient client = connect(listener, JSON_1_MIB)) {
            client.bytes(4);
            AcceptedConnection accepted = listener.acceptor.await();
            client.send(HEX.parseHex(frame));
            assertThat(client.isAtEnd()).as(frame).isTrue();
            await().until(() -> accepted.endings.size() == 1);
        }
    }

    private static ListenerConfig limited(int messageBytes) {
        return ListenerConfig.builder()
                .port(0)
                .limits(ListenerLimits.DEFAULT.withMessageBytes(messageBytes))
                .build();
    }

    private static RawWebSocketClient connect(TestListener listener, String octets) throws IOException {
        RawWebSocketClient client = RawWebSocketClient.connect(listener.port());
        client.send(HEX.parseHex(octets));
        return client;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
