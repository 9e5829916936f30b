package io.junctor.server.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ListenerProtocol;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.server.ListenException;
import io.junctor.server.TestListener;
import io.junctor.testkit.RawWebSocketClient;
import io.junctor.testkit.RecordingAcceptor;
import io.junctor.testkit.tls.TestCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Valid, hostile and wrong first bytes of a connection, over real sockets. */
@Timeout(60)
class DetectingConnectionFactoryTest {
    private static final String HANDSHAKE = RawWebSocketClient.handshake("Sec-WebSocket-Protocol: wamp.2.json");
    private static final byte[] TLS_RECORD = HexFormat.of().parseHex("160301000501000001FF");
    private static final byte[] RAWSOCKET = HexFormat.of().parseHex("7FF10000");
    private static final Set<ListenerProtocol> HTTP_ONLY = Set.of(ListenerProtocol.HTTP);
    private static final Duration HELLO_TIMEOUT = Duration.ofSeconds(6);

    @Test
    void aTlsClientOfAListenerWithoutTlsGetsAnAlert() throws Exception {
        try (TestListener listener = plain();
                RawWebSocketClient client = RawWebSocketClient.connect(listener.port())) {
            client.send(TLS_RECORD);
            assertThat(HexFormat.of().formatHex(client.bytes(7))).isEqualTo("15030100020228");
            assertThat(client.isAtEnd()).isTrue();
            assertThat(listener.counters.value(TransportCounter.PROTOCOLS_REFUSED))
                    .isEqualTo(1);
        }
        try (TestListener listener = plain();
                SSLSocket client = tlsSocket(listener)) {
            assertThatThrownBy(client::startHandshake)
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("handshake_failure");
        }
    }

    @Test
    void anHttpClientOfAListenerWithTlsIsToldToEncrypt() throws Exception {
        try (TestListener listener = encrypted(false);
                RawWebSocketClient client = RawWebSocketClient.connect(listener.port())) {
            assertThat(client.request(HANDSHAKE))
                    .startsWith("HTTP/1.1 400 ")
                    .endsWith("This port expects TLS. Use wss:// or https://.\n");
            assertThat(client.isAtEnd()).isTrue();
            assertThat(listener.counters.value(TransportCounter.PROTOCOLS_REFUSED))
                    .isEqualTo(1);
        }
    }

    @Test
    void aListenerWithTlsMayAcceptConnectionsWithoutIt() throws Exception {
        try (TestListener listener = encrypted(true);
                RawWebSocketClient open = RawWebSocketClient.connect(listener.port());
                RawWebSocketClient encrypted = new RawWebSocketClient(tlsSocket(listener))) {
            assertThat(open.request(HANDSHAKE)).startsWith("HTTP/1.1 101 ");
            assertThat(encrypted.request(HANDSHAKE)).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void aRawSocketClientOfAListenerWithoutRawSocketIsClosedAndCounted() throws Exception {
        try (TestListener listener = plain();
                RawWebSocketClient client = RawWebSocketClient.connect(listener.port())) {
            client.send(RAWSOCKET);
            assertThat(client.isAtEnd()).isTrue();
            assertThat(listener.counters.value(TransportCounter.PROTOCOLS_REFUSED))
                    .isEqualTo(1);
        }
        try (TestListener listener = encrypted(false);
                RawWebSocketClient client = new RawWebSocketClient(tlsSocket(listener))) {
            client.send(RAWSOCKET);
            assertThat(client.isAtEnd()).isTrue();
            assertThat(listener.counters.value(TransportCounter.PROTOCOLS_REFUSED))
                    .isEqualTo(1);
        }
    }

    @Test
    void anHttp2ClientIsToldThatTheListenerSpeaksHttp1() throws Exception {
        ListenerConfig config = ListenerConfig.builder().port(0).http2(false).build();
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder(), config);
                RawWebSocketClient client = RawWebSocketClient.connect(listener.port())) {
            client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.response()).startsWith("HTTP/1.1 ");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void thePrefaceOfHttp2MayComeByteByByte() throws Exception {
        try (TestListener listener = plain();
                RawWebSocketClient client = RawWebSocketClient.connect(listener.port())) {
            for (byte one : "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII)) {
                client.send(new byte[] {one});
            }
            client.send(HexFormat.of().parseHex("000000040000000000"));
            byte[] answer = client.bytes(9);
            assertThat(answer[3]).as("the type of the first frame: SETTINGS").isEqualTo((byte) 4);
        }
    }

    @Test
    void aMethodThatBeginsLikeThePrefaceIsHttp1() throws Exception {
        try (TestListener listener = plain();
                RawWebSocketClient client = RawWebSocketClient.connect(listener.port())) {
            client.send("PR".getBytes(StandardCharsets.US_ASCII));
            client.send("OPFIND /ws HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.response()).startsWith("HTTP/1.1 426");
        }
    }

    @Test
    void aHandshakeMayComeByteByByte() throws Exception {
        try (TestListener listener = plain();
                RawWebSocketClient client = RawWebSocketClient.connect(listener.port())) {
            for (byte one : HANDSHAKE.getBytes(StandardCharsets.US_ASCII)) {
                client.send(new byte[] {one});
            }
            assertThat(client.response()).startsWith("HTTP/1.1 101 ");
        }
        try (TestListener listener = encrypted(true);
                RawWebSocketClient client = RawWebSocketClient.connect(listener.port())) {
            client.send(Arrays.copyOf(TLS_RECORD, 1));
            client.send(Arrays.copyOfRange(TLS_RECORD, 1, TLS_RECORD.length));
            assertThat(client.firstByte()).as("an alert").isEqualTo(0x15);
        }
    }

    @Test
    void messagesThatFollowTheHandshakeAtOnceAreRead() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.echo());
                RawWebSocketClient client = RawWebSocketClient.connect(listener.port())) {
            byte[] masked = HexFormat.of().parseHex("818100000000" + "78");
            byte[] handshake = HANDSHAKE.getBytes(StandardCharsets.US_ASCII);
            byte[] both = Arrays.copyOf(handshake, handshake.length + masked.length);
            System.arraycopy(masked, 0, both, handshake.length, masked.length);
            client.send(both);
            assertThat(client.response()).startsWith("HTTP/1.1 101 ");
            assertThat(client.read().text()).isEqualTo("x");
        }
    }

    @Test
    void severalRequestsInOneSegmentAreAnsweredInOrder() throws Exception {
        try (TestListener listener = plain();
                RawWebSocketClient client = RawWebSocketClient.connect(listener.port())) {
            String health = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
            client.send(health.repeat(500).getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 500; i++) {
                assertThat(client.response()).startsWith("HTTP/1.1 200 ").endsWith("ok\n");
            }
        }
    }

    @Test
    void beginningsWithoutAnEndHoldNoThreadAndAreClosedInTime() throws Exception {
        try (TestListener listener = encrypted(true)) {
            List<RawWebSocketClient> silent = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                for (String beginning :
                        List.of("", "16", "160301", "50", "47455420", "7f", "160301ffff01", "5052", "505249202a20")) {
                    RawWebSocketClient client = RawWebSocketClient.connect(listener.port());
                    client.send(HexFormat.of().parseHex(beginning));
                    silent.add(client);
                }
            }
            try (RawWebSocketClient encrypted = new RawWebSocketClient(tlsSocket(listener))) {
                assertThat(encrypted.request(HANDSHAKE)).startsWith("HTTP/1.1 101 ");
            }
            await().until(() -> listener.sockets() <= silent.size());
            listener.timers.advance(HELLO_TIMEOUT);
            for (RawWebSocketClient client : silent) {
                client.skipToEnd();
                client.close();
            }
            await().until(() -> listener.sockets() == 0);
        }
    }

    @Test
    void aRefusedClientThatNeverEndsIsClosed() throws Exception {
        try (TestListener listener = encrypted(false);
                RawWebSocketClient silent = RawWebSocketClient.connect(listener.port());
                RawWebSocketClient flood = RawWebSocketClient.connect(listener.port())) {
            assertThat(silent.request(HANDSHAKE)).startsWith("HTTP/1.1 400 ");
            assertThat(flood.request(HANDSHAKE)).startsWith("HTTP/1.1 400 ");
            assertThat(listener.sockets()).isEqualTo(2);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            flood.send(new byte[1 << 14]);
                        }
                    })
                    .isInstanceOf(IOException.class);
            await().until(() -> listener.sockets() == 1);
            listener.timers.advance(HELLO_TIMEOUT);
            await().until(() -> listener.sockets() == 0);
        }
    }

    private static TestListener plain() throws ListenException {
        return TestListener.with(
                RecordingAcceptor.recorder(),
                ListenerConfig.builder().port(0).protocols(HTTP_ONLY).build());
    }

    private static TestListener encrypted(boolean unencrypted) throws ListenException {
        return TestListener.with(
                RecordingAcceptor.recorder(),
                ListenerConfig.builder()
                        .port(0)
                        .protocols(HTTP_ONLY)
                        .tls(TestCertificate.LOCALHOST.config())
                        .unencrypted(unencrypted)
                        .build());
    }

    private static SSLSocket tlsSocket(TestListener listener) throws IOException {
        return (SSLSocket) TestCertificate.trusting(TestCertificate.LOCALHOST)
                .getSocketFactory()
                .createSocket("127.0.0.1", listener.port());
    }
}
