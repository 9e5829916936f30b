package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.testkit.Peer;
import io.junctor.testkit.ReceivedItem;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that send arbitrary bytes to the port. Each is answered or closed, and two sessions are not affected. */
class MalformedInputTest {
    private static final long SEED = 20_260_101;
    /** Short, as one test waits for it, and long enough for a handshake beside other load. */
    private static final Duration HELLO_TIMEOUT = Duration.ofSeconds(5);

    private static final Map<String, Object> ROLES = Map.of("roles", Map.of("caller", Map.of()));

    private final TestRouter router = TestRouter.open(config());
    private final Peer caller = new Peer(WebSocketTransport.open(router.uri(), Serializer.JSON));
    private final Peer callee = new Peer(WebSocketTransport.open(router.uri(), Serializer.CBOR));

    private static RouterConfig config() {
        // Before the upgrade the clock of the machine is used.
        ListenerLimits impatient = ListenerLimits.DEFAULT.withHelloTimeout(HELLO_TIMEOUT);
        ListenerConfig listener =
                ListenerConfig.builder().port(0).limits(impatient).build();
        return RouterConfig.builder()
                .listener(listener)
                .realm(RealmConfig.open("realm1"))
                .build();
    }

    @BeforeEach
    void twoSessionsTalk() {
        caller.join("realm1");
        callee.join("realm1");
        callee.register("procedure");
        theyStillTalk();
    }

    @AfterEach
    void theyStillTalkAndNothingIsLeft() {
        theyStillTalk();
        caller.close();
        callee.close();
        router.expectIdle();
        router.close();
    }

    private void theyStillTalk() {
        long request = caller.call("procedure", "still there?");
        callee.answer(callee.expect(Invocation.class), "yes");
        assertThat(caller.arguments(caller.expectResult(request).payload()).positional())
                .containsExactly("yes");
    }

    @Test
    @Row("SEC-03")
    void randomBytesInsteadOfHttpEndTheConnection() throws IOException {
        Random random = new Random(SEED);
        System.out.println("MalformedInputTest seed " + SEED);
        for (int round = 0; round < 50; round++) {
            try (Socket socket = WebSocketTransport.connect(router.uri())) {
                byte[] bytes = new byte[1 + random.nextInt(4_000)];
                random.nextBytes(bytes);
                expectEnd(socket, bytes);
            }
            theyStillTalk();
        }
    }

    @Test
    @Row({"SEC-03", "SEC-02"})
    void anUnfinishedHttpHandshakeIsClosed() throws IOException {
        try (Socket socket = WebSocketTransport.connect(router.uri())) {
            expectEnd(socket, "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgra".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    @Row({"SEC-03", "PV-19", "SER-11"})
    void aFrameOfTwoGigabytesIsRefusedByItsHeader() {
        for (boolean joined : new boolean[] {false, true}) {
            Peer stranger = stranger(Serializer.MSGPACK, joined);
            long reserved = Runtime.getRuntime().totalMemory();
            link(stranger).sendLyingFrame(0x82, 1L << 31, new byte[1_000]);
            assertThat(stranger.expectClosed()).isEqualTo(1009);
            assertThat(Runtime.getRuntime().totalMemory() - reserved).isLessThan(1L << 30);
            stranger.cut();
            theyStillTalk();
        }
    }

    @Test
    @Row({"SEC-03", "SER-11"})
    void aListAHundredThousandDeepIsAViolation() {
        for (Serializer serializer : Serializer.values()) {
            Peer stranger = stranger(serializer, true);
            byte[] deep = new byte[200_000];
            Arrays.fill(deep, 0, 100_000, listOfOne(serializer));
            Arrays.fill(deep, 100_000, 200_000, serializer == Serializer.JSON ? (byte) ']' : emptyList(serializer));
            byte[] message = serializer == Serializer.JSON ? deep : Arrays.copyOf(deep, 100_001);
            stranger.sendBytes(message);
            stranger.expectViolation();
            theyStillTalk();
        }
    }

    @Test
    @Row({"SEC-03", "SER-02"})
    void textThatIsNoUtf8IsAViolation() {
        for (boolean joined : new boolean[] {false, true}) {
            Peer stranger = stranger(Serializer.JSON, joined);
            stranger.sendBytes(new byte[] {'[', '"', (byte) 0xC3, (byte) 0x28, '"', ']'});
            stranger.expectAbort(WampError.PROTOCOL_VIOLATION);
            stranger.expectClosed();
            theyStillTalk();
        }
    }

    @Test
    @Row({"SEC-03", "SES-05"})
    void aThousandSilentConnectionsAreClosedAfterAWhile() {
        List<WebSocketTransport> silent = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            silent.add(WebSocketTransport.open(router.uri(), Serializer.JSON));
            // The number of connections accepted per second is limited.
            router.clock().advance(Duration.ofNanos(200_000));
        }
        theyStillTalk();
        router.clock().advance(HELLO_TIMEOUT);
        for (WebSocketTransport link : silent) {
            assertThat(link.receive(10_000)).isInstanceOf(ReceivedItem.Closed.class);
            link.close();
        }
        router.clock().advance(Duration.ofSeconds(1)); // Now the next one would be accepted.
    }

    @Test
    @Row({"SEC-03", "PV-13"})
    void randomMessagesEndInAViolation() {
        Random random = new Random(SEED);
        System.out.println("MalformedInputTest seed " + SEED);
        for (int round = 0; round < 60; round++) {
            Serializer serializer = Serializer.values()[round % 3];
            Peer stranger = stranger(serializer, random.nextBoolean());
            byte[] message = new byte[1 + random.nextInt(300)];
            random.nextBytes(message);
            message[0] = (byte) 0xC1; // Not a list in any serialization.
            stranger.sendBytes(message);
            stranger.expectViolation();
        }
    }

    @Test
    @Row("SEC-03")
    void randomFramesEndTheConnection() {
        Random random = new Random(SEED);
        System.out.println("MalformedInputTest seed " + SEED);
        for (int round = 0; round < 60; round++) {
            WebSocketTransport link = WebSocketTransport.open(router.uri(), Serializer.CBOR);
            byte[] bytes = new byte[200];
            random.nextBytes(bytes);
            link.sendRaw(bytes);
            link.cut();
        }
    }

    private Peer stranger(Serializer serializer, boolean joined) {
        Peer stranger = new Peer(WebSocketTransport.open(router.uri(), serializer));
        if (joined) {
            stranger.sendList(1, "realm1", ROLES);
            stranger.expectWelcome();
        }
        return stranger;
    }

    private static WebSocketTransport link(Peer peer) {
        return (WebSocketTransport) peer.transport();
    }

    private static byte listOfOne(Serializer serializer) {
        return switch (serializer) {
            case JSON -> (byte) '[';
            case MSGPACK -> (byte) 0x91;
            case CBOR -> (byte) 0x81;
        };
    }

    private static byte emptyList(Serializer serializer) {
        return serializer == Serializer.MSGPACK ? (byte) 0x90 : (byte) 0x80;
    }

    /** Expects the end of the connection, after an answer of HTTP, an alert of TLS or an error of RawSocket. */
    private static void expectEnd(Socket socket, byte[] sent) throws IOException {
        socket.setSoTimeout(30_000);
        try {
            socket.getOutputStream().write(sent);
            byte[] answer = socket.getInputStream().readAllBytes();
            assertThat(new String(answer, StandardCharsets.ISO_8859_1))
                    .matches("(?s)|HTTP/1.1 4.*|\\x15\\x03.*|\\x7F.*");
        } catch (SocketException reset) {
            assertThat(reset).hasMessageMatching("(?i).*(reset|broken pipe).*");
        }
    }
}
