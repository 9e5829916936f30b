package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.testkit.Peer;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Subprotocol;
import io.junctor.websocket.FrameHeader;
import io.junctor.websocket.Opcode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The extension permessage-deflate of WebSockets (RFC 7692). The scenarios run with it, too. */
@Timeout(60)
class CompressionTest {
    private static final int COMPRESSED = FrameHeader.FIN | FrameHeader.COMPRESSED | Opcode.TEXT;

    private final List<Peer> peers = new ArrayList<>();
    private TestRouter router = open(true);

    private static TestRouter open(boolean compression) {
        return TestRouter.open(RouterConfig.builder()
                .listener(ListenerConfig.builder()
                        .port(0)
                        .compression(compression)
                        .build())
                .realm(RealmConfig.open("realm1"))
                .build());
    }

    @AfterEach
    void closeAll() {
        peers.forEach(Peer::cut);
        router.expectIdle();
        router.close();
    }

    @Test
    void theHandshakeAgreesWithoutContext() {
        assertThat(answer("permessage-deflate; client_max_window_bits"))
                .contains("permessage-deflate; server_no_context_takeover; client_no_context_takeover\r\n");
        assertThat(answer("x-unknown, permessage-deflate; server_max_window_bits=10"))
                .contains("client_no_context_takeover; server_max_window_bits=10\r\n");
        assertThat(answer("permessage-deflate; unknown_parameter"))
                .startsWith("HTTP/1.1 101 ")
                .doesNotContainIgnoringCase("sec-websocket-extensions");
    }

    @Test
    void itIsOffByDefault() {
        router.close();
        router = open(false);
        assertThat(answer("permessage-deflate"))
                .startsWith("HTTP/1.1 101 ")
                .doesNotContainIgnoringCase("sec-websocket-extensions");
    }

    @Test
    void largeMessagesAreCompressedAndSmallOnesAreNot() {
        Peer subscriber = join("permessage-deflate");
        long subscription = subscriber.subscribe("topic");
        Peer publisher = join("permessage-deflate; server_max_window_bits=9");
        String text = "0123456789".repeat(10_000);
        long before = router.count(TransportCounter.BYTES_SENT);
        publisher.sendList(16, publisher.nextRequest(), Map.of(), "topic", List.of(text));
        Event event = subscriber.expect(Event.class);
        assertThat(event.subscription()).isEqualTo(subscription);
        assertThat(subscriber.arguments(event.payload()).positional()).containsExactly(text);
        assertThat(router.count(TransportCounter.BYTES_SENT) - before).isLessThan(2_000);
    }

    @Test
    void aMessageThatDecompressesBeyondTheLimitEndsTheConnection() {
        Peer peer = join("permessage-deflate");
        WebSocketTransport transport = (WebSocketTransport) peer.transport();
        transport.sendFrame(COMPRESSED, WebSocketTransport.deflate(new byte[64 << 20]));
        assertThat(peer.expectClosed()).isEqualTo(1009);
    }

    @Test
    void bytesThatAreNotCompressedEndTheConnection() {
        Peer peer = join("permessage-deflate");
        WebSocketTransport transport = (WebSocketTransport) peer.transport();
        transport.sendFrame(COMPRESSED, new byte[] {7, 7, 7, 7});
        assertThat(peer.expectClosed()).isEqualTo(1007);
    }

    @Test
    void aCompressedMessageWithoutAnAgreementIsAViolation() {
        Peer peer = peer(WebSocketTransport.open(router.uri(), Serializer.JSON));
        WebSocketTransport transport = (WebSocketTransport) peer.transport();
        transport.sendFrame(COMPRESSED, WebSocketTransport.deflate(new byte[100]));
        assertThat(peer.expectClosed()).isEqualTo(1002);
    }

    @Test
    @Row("TR-BATCH-04")
    void theMessagesOfABatchAreHandledInOrder() {
        Peer peer = peer(WebSocketTransport.open(router.uri(), new Subprotocol(Serializer.CBOR, true), List.of()));
        peer.join("realm1");
        List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            messages.add(peer.encodeList(32, peer.nextRequest(), Map.of(), "topic" + i));
        }
        ((WebSocketTransport) peer.transport()).sendTogether(messages);
        for (int i = 0; i < 1_000; i++) {
            assertThat(peer.expectList()).startsWith(33L, i + 1L);
        }
    }

    @Test
    @Row("TR-BATCH-04")
    void aBrokenBatchEndsTheConnection() {
        for (byte[] broken : List.of(new byte[0], new byte[] {0, 0, 0, 9, 1})) {
            Peer peer = peer(WebSocketTransport.open(router.uri(), new Subprotocol(Serializer.CBOR, true), List.of()));
            ((WebSocketTransport) peer.transport()).sendFrame(FrameHeader.FIN | Opcode.BINARY, broken);
            assertThat(peer.expectClosed()).isEqualTo(1002);
        }
    }

    private String answer(String extensions) {
        return WebSocketTransport.answerTo(
                router.uri(), "wamp.2.json", List.of("Sec-WebSocket-Extensions: " + extensions));
    }

    private Peer join(String extension) {
        Peer peer = peer(WebSocketTransport.open(
                router.uri(), Serializer.JSON, List.of("Sec-WebSocket-Extensions: " + extension)));
        peer.join("realm1");
        return peer;
    }

    private Peer peer(WebSocketTransport transport) {
        Peer peer = new Peer(transport);
        peers.add(peer);
        return peer;
    }
}
