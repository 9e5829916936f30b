package io.junctor.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.connection.transport.CloseStatus;
import io.junctor.router.connection.transport.ConnectionLimit;
import io.junctor.router.connection.transport.TransportContext;
import io.junctor.router.metrics.Counters;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.router.turn.ManualTimers;
import io.junctor.testkit.RawWebSocketClient;
import io.junctor.testkit.RawWebSocketClient.Frame;
import io.junctor.testkit.RecordingAcceptor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In Jetty's Jakarta container. */
@Timeout(60)
class WampEndpointTest {
    private static final String MSGPACK = "wamp.2.msgpack";
    private static final int INCOMING_BYTES = 600_000;
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;

    private volatile boolean reading = true;
    private final RecordingAcceptor acceptor = new RecordingAcceptor((accepted, message) -> {
        if (reading) {
            accepted.connection.demand();
            accepted.send(message);
        }
    });
    private final ManualTimers timers = new ManualTimers();
    private final Counters counters = new Counters();
    private final ConnectionLimit limit = new ConnectionLimit(2, INCOMING_BYTES);
    private final WampEndpoint endpoint = WampEndpoint.open(
            ListenerConfig.of("127.0.0.1", 0), new TransportContext(acceptor, counters, timers, limit, List.of()));
    private final Server container = new Server();
    private int port;

    @BeforeEach
    void startContainer() throws Exception {
        ServerConnector connector = new ServerConnector(container);
        container.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        JakartaWebSocketServletContainerInitializer.configure(
                context, (servlets, webSockets) -> webSockets.addEndpoint(endpoint.config()));
        container.setHandler(context);
        container.start();
        port = connector.getLocalPort();
    }

    @AfterEach
    void stopContainer() throws Exception {
        endpoint.close();
        container.stop();
        assertThat(timers.waiting()).isZero();
        assertThat(limit.open()).isZero();
    }

    @Test
    void messagesTravelInBothDirections() throws Exception {
        try (RawWebSocketClient client = RawWebSocketClient.open(port, MSGPACK)) {
            client.frame(BINARY, bytes("one"));
            assertFrame(client.read(), BINARY, "one");
            client.frame(0x02, bytes("in "));
            client.frame(0x80, bytes("pieces"));
            assertFrame(client.read(), BINARY, "in pieces");
            leave(client);
        }
    }

    @Test
    void jsonTravelsInTextFrames() throws Exception {
        try (RawWebSocketClient client = RawWebSocketClient.open(port, "wamp.2.json")) {
            client.frame(TEXT, bytes("[\"é\"]"));
            assertFrame(client.read(), TEXT, "[\"é\"]");
            leave(client);
        }
    }

    @Test
    void theEndOfTheClientIsReported() throws Exception {
        try (RawWebSocketClient client = RawWebSocketClient.open(port, MSGPACK)) {
            leave(client);
            RecordingAcceptor.AcceptedConnection accepted = acceptor.await();
            assertThat(accepted.ending()).isEqualTo("closed with code 1000");
            await().until(() -> limit.open() == 0);
            assertThat(counters.value(TransportCounter.CONNECTIONS_CLOSED)).isEqualTo(1);
            assertThat(accepted.endings).hasSize(1);
        }
    }

    @Test
    void theRoutersEndingComesAfterItsLastWords() throws Exception {
        try (RawWebSocketClient client = RawWebSocketClient.open(port, MSGPACK)) {
            RecordingAcceptor.AcceptedConnection accepted = acceptor.await();
            accepted.send(bytes("last words"));
            accepted.connection.close(CloseStatus.POLICY);
            accepted.send(bytes("too late"));
            assertFrame(client.read(), BINARY, "last words");
            assertThat(client.read().closeCode()).isEqualTo(1008);
            client.frame(CLOSE, new byte[] {3, (byte) 0xE8});
            assertThat(accepted.ending()).isNotNull();
        }
    }

    @Test
    void theOtherKindOfFrameIsAFault() throws Exception {
        try (RawWebSocketClient client = RawWebSocketClient.open(port, MSGPACK)) {
            client.frame(TEXT, bytes("[1]"));
            assertThat(acceptor.await().fault())
                    .isEqualTo("a text frame on subprotocol wamp.2.msgpack, which uses binary frames");
            leave(client);
        }
    }

    @Test
    void aMessageOverTheLimitIsRefused() throws Exception {
        try (RawWebSocketClient client = RawWebSocketClient.open(port, MSGPACK)) {
            client.frame(BINARY, new byte[65_537]);
            assertThat(client.read().closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void aMessageOverTheLimitIsRefusedWhateverItsFrames() throws Exception {
        try (RawWebSocketClient client = RawWebSocketClient.open(port, MSGPACK)) {
            client.frame(0x02, new byte[40_000]);
            client.frame(0x00, new byte[25_537]);
            Frame close = client.read();
            assertThat(close.closeCode()).isEqualTo(1009);
            assertThat(close.closeReason()).contains("message_bytes").contains("65536");
            assertThat(acceptor.await().ending()).contains("message_bytes");
        }
    }

    @Test
    void aMessageInFramesOfOneByteIsWholeAndHeldOnce() throws Exception {
        byte[] message = bytes("x".repeat(20_000));
        try (RawWebSocketClient client = RawWebSocketClient.open(port, MSGPACK)) {
            for (int i = 0; i < message.length - 1; i++) {
                client.frame(i == 0 ? 0x02 : 0x00, new byte[] {message[i]});
            }
            await().until(() -> limit.incoming().held() == message.length - 1);
            client.frame(0x80, new byte[] {message[message.length - 1]});
            assertFrame(client.read(), BINARY, "x".repeat(20_000));
            assertThat(acceptor.await().messages).hasSize(1);
            client.frame(BINARY, bytes("next"));
            assertFrame(client.read(), BINARY, "next");
            assertThat(limit.incoming().held()).isZero();
            leave(client);
        }
    }

    @Test
    void aMessageMayBeLargerThanTheContainersBuffers() throws Exception {
        String large = "x".repeat(500_000);
        try (RawWebSocketClient client = RawWebSocketClient.open(port, MSGPACK)) {
            acceptor.await().connection.maxMessageBytes(500_000);
            client.frame(BINARY, bytes(large));
            assertFrame(client.read(), BINARY, large);
            leave(client);
        }
    }

    @Test
    void textMayBeCutInsideACharacter() throws Exception {
        byte[] text = bytes("[\"\uD83D\uDE00\"]");
        try (RawWebSocketClient client = RawWebSocketClient.open(port, "wamp.2.json")) {
            for (int i = 0; i < text.length; i++) {
                client.frame((i == 0 ? 0x01 : 0x00) | (i == text.length - 1 ? 0x80 : 0), new byte[] {text[i]});
            }
            assertFrame(client.read(), TEXT, "[\"\uD83D\uDE00\"]");
            leave(client);
        }
    }

    @Test
    void overTheLimitOfIncomingBytesTheOldestUnfinishedMessageEndsItsConnection() throws Exception {
        try (RawWebSocketClient first = RawWebSocketClient.open(port, MSGPACK)) {
            acceptor.await().connection.maxMessageBytes(INCOMING_BYTES);
            first.frame(0x02, new byte[INCOMING_BYTES - 40_000]);
            await().until(() -> limit.incoming().held() == INCOMING_BYTES - 40_000);
            try (RawWebSocketClient second = RawWebSocketClient.open(port, MSGPACK)) {
                second.frame(0x02, new byte[39_000]);
                await().until(() -> limit.incoming().held() == INCOMING_BYTES - 1_000);
                second.frame(0x00, new byte[1_500]);
                assertThat(first.read().firstByte).isEqualTo(CLOSE);
                assertThat(counters.value(TransportCounter.INCOMING_REFUSED)).isEqualTo(1);
                first.frame(CLOSE, new byte[] {3, (byte) 0xE8});
                await().until(() -> limit.incoming().held() == 40_500);
            }
        }
        await().until(() -> limit.incoming().held() == 0);
    }

    @Test
    void aRefusedClientGetsTheReasonInTheCloseFrame() throws Exception {
        try (RawWebSocketClient stranger = RawWebSocketClient.connect(port)) {
            assertThat(stranger.request(RawWebSocketClient.handshake("Sec-WebSocket-Protocol: soap")))
                    .startsWith("HTTP/1.1 101");
            assertThat(stranger.read().closeReason()).isEqualTo("no WAMP subprotocol in common");
        }
        try (RawWebSocketClient page = RawWebSocketClient.connect(port)) {
            page.request(
                    RawWebSocketClient.handshake("Sec-WebSocket-Protocol: wamp.2.json", "Origin: https://evil.test"));
            assertThat(page.read().closeCode()).isEqualTo(1008);
        }
        endpoint.stopAccepting();
        try (RawWebSocketClient late = RawWebSocketClient.open(port, MSGPACK)) {
            assertThat(late.read().closeCode()).isEqualTo(1013);
        }
        assertThat(counters.value(TransportCounter.CONNECTIONS_REFUSED)).isEqualTo(3);
    }

    @Test
    void aClientWhoseMessagesWaitForFiveSecondsIsDisconnected() throws Exception {
        reading = false;
        int sweepTimer = 1;
        try (RawWebSocketClient client = RawWebSocketClient.open(port, MSGPACK)) {
            RecordingAcceptor.AcceptedConnection accepted = acceptor.await();
            for (int i = 0; i < 1 + InboundMessageQueue.MAX_MESSAGES + 1; i++) {
                client.frame(BINARY, bytes("more"));
            }
            await().until(() -> timers.waiting() == sweepTimer + 1);
            timers.advance(Duration.ofMillis(4_999));
            assertThat(accepted.endings).isEmpty();
            timers.advance(Duration.ofMillis(1));
            assertThat(client.read().closeCode()).isEqualTo(1008);
            assertThat(accepted.ending()).isEqualTo("messages waited for too long");
            assertThat(accepted.messages).hasSize(1);
        }
    }

    @Test
    void aDeadClientIsDroppedAndCounted() throws Exception {
        try (RawWebSocketClient client = RawWebSocketClient.open(port, MSGPACK)) {
            RecordingAcceptor.AcceptedConnection accepted = acceptor.await();
            client.frame(BINARY, bytes("hello"));
            assertFrame(client.read(), BINARY, "hello");
            timers.advance(Duration.ofSeconds(22));
            assertThat(client.read().firstByte).isEqualTo(PING);
            client.frame(PONG, new byte[0]);
            client.frame(BINARY, bytes("there"));
            assertFrame(client.read(), BINARY, "there");
            timers.advance(Duration.ofSeconds(22));
            assertThat(client.read().firstByte).isEqualTo(PING);
            await().until(() -> {
                timers.advance(Duration.ofSeconds(12));
                return counters.value(TransportCounter.PONGS_MISSED) == 1;
            });
            assertThat(accepted.ending()).isEqualTo("no pong within 10000 ms");
        }
    }

    private static void leave(RawWebSocketClient client) throws Exception {
        client.frame(CLOSE, new byte[] {3, (byte) 0xE8});
        assertThat(client.read().firstByte).isEqualTo(CLOSE);
    }

    private static void assertFrame(Frame frame, int firstByte, String text) {
        assertThat(frame.firstByte).isEqualTo(firstByte);
        assertThat(frame.text()).isEqualTo(text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
