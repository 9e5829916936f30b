package io.junctor.server.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.http.IpNetwork;
import io.junctor.router.config.listener.AcceptLimits;
import io.junctor.router.config.listener.KeyFiles;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.config.listener.ProxyConfig;
import io.junctor.router.config.listener.TlsConfig;
import io.junctor.router.connection.transport.Connection;
import io.junctor.server.ListenException;
import io.junctor.server.TestListener;
import io.junctor.server.tls.SelfSignedCertificate;
import io.junctor.testkit.Http2Frames;
import io.junctor.testkit.RawWebSocketClient;
import io.junctor.testkit.RecordingAcceptor;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The PROXY protocol, versions 1 and 2, over real sockets; 127.0.0.1 is the proxy. */
@Timeout(60)
class ProxyHeaderConnectionFactoryTest {
    private static final String HANDSHAKE = RawWebSocketClient.handshake("Sec-WebSocket-Protocol: wamp.2.json");
    private static final String SEVEN = "PROXY TCP4 192.0.2.7 198.51.100.1 4711 443\r\n";
    private static final byte[] SIGNATURE = HexFormat.of().parseHex("0D0A0D0A000D0A515549540A");
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;

    private static ListenerConfig listener() {
        IpNetwork proxy = Objects.requireNonNull(IpNetwork.parse("127.0.0.1"));
        return ListenerConfig.builder()
                .port(0)
                .proxies(new ProxyConfig(List.of(proxy), true))
                .build();
    }

    private static TestListener behind() throws ListenException {
        return TestListener.with(RecordingAcceptor.recorder(), listener());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] version2(int command, int family, byte[]... body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : body) {
            all.writeBytes(part);
        }
        return ByteBuffer.allocate(SIGNATURE.length + 4 + all.size())
                .put(SIGNATURE)
                .put((byte) command)
                .put((byte) family)
                .putShort((short) all.size())
                .put(all.toByteArray())
                .array();
    }

    private static byte[] from(String client, String proxy) throws Exception {
        ByteArrayOutputStream addresses = new ByteArrayOutputStream();
        addresses.writeBytes(InetAddress.getByName(client).getAddress());
        addresses.writeBytes(InetAddress.getByName(proxy).getAddress());
        addresses.writeBytes(new byte[] {0x12, 0x67, 0x01, (byte) 0xBB});
        return addresses.toByteArray();
    }

    private static Connection seen(TestListener listener, byte[] header) throws Exception {
        try (RawWebSocketClient client = RawWebSocketClient.connect(listener.port())) {
            client.send(header);
            assertThat(client.request(HANDSHAKE)).startsWith("HTTP/1.1 101");
            return listener.acceptor.await().connection;
        }
    }

    @Test
    void bothVersionsNameTheClient() throws Exception {
        try (TestListener listener = behind()) {
            Connection one = seen(listener, ascii(SEVEN));
            assertThat(one.peer()).matches("192\\.0\\.2\\.7:4711 behind 127\\.0\\.0\\.1:[0-9]+");
            assertThat(one.address()).isEqualTo("192.0.2.7");
            assertThat(one.isPrivate()).isFalse();
            assertThat(seen(listener, ascii("PROXY TCP6 2001:db8::7 2001:db8::1 4711 443\r\n"))
                            .peer())
                    .startsWith("[2001:db8:0:0:0:0:0:7]:4711 behind 127.0.0.1:");
            Connection two = seen(listener, version2(PROXY, TCP4, from("192.0.2.7", "198.51.100.1")));
            assertThat(two.peer()).startsWith("192.0.2.7:4711 behind 127.0.0.1:");
            assertThat(two.isPrivate()).isFalse();
            assertThat(seen(listener, version2(PROXY, TCP6, from("2001:db8::7", "2001:db8::1")))
                            .address())
                    .isEqualTo("2001:db8:0:0:0:0:0:0/64");
        }
    }

    @Test
    void aClientOfTheProxysMachineIsNotOneOfThisMachine() throws Exception {
        try (TestListener listener = behind()) {
            assertThat(seen(listener, ascii("PROXY TCP4 127.0.0.1 127.0.0.1 4711 443\r\n"))
                            .isPrivate())
                    .isFalse();
            for (byte[] own : List.of(ascii("PROXY UNKNOWN\r\n"), version2(LOCAL, 0))) {
                Connection proxy = seen(listener, own);
                assertThat(proxy.peer()).matches("127\\.0\\.0\\.1:[0-9]+ behind .*");
                assertThat(proxy.isPrivate()).isFalse();
            }
        }
    }

    @Test
    void anHttp2ConnectionFollowsTheHeader() throws Exception {
        try (TestListener listener = behind();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            socket.getOutputStream().write(ascii(SEVEN));
            Http2Frames client = Http2Frames.begin(socket);
            byte[] request = Http2Frames.fields(
                    ":method",
                    "CONNECT",
                    ":protocol",
                    "websocket",
                    ":scheme",
                    "http",
                    ":path",
                    "/ws",
                    ":authority",
                    "localhost",
                    "sec-websocket-version",
                    "13",
                    "sec-websocket-protocol",
                    "wamp.2.json");
            client.send(Http2Frames.HEADERS, Http2Frames.END_HEADERS, 1, request);
            assertThat(client.read(Http2Frames.HEADERS).status()).isEqualTo(200);
            assertThat(listener.acceptor.await().connection.peer()).startsWith("192.0.2.7:4711 behind 127.0.0.1:");
        }
    }

    @Test
    void httpHeadersOfTheClientAreNotTrusted() throws Exception {
        try (TestListener listener = behind();
                RawWebSocketClient client = RawWebSocketClient.connect(listener.port())) {
            client.send(ascii(SEVEN));
            assertThat(client.request(RawWebSocketClient.handshake(
                            "Sec-WebSocket-Protocol: wamp.2.json",
                            "X-Forwarded-For: 203.0.113.9",
                            "X-Forwarded-Proto: https")))
                    .startsWith("HTTP/1.1 101");
            Connection seen = listener.acceptor.await().connection;
            assertThat(seen.address()).isEqualTo("192.0.2.7");
            assertThat(seen.isPrivate()).isFalse();
        }
    }

    @Test
    void theProxyMaySayThatTheClientCameByTls() throws Exception {
        byte[] byTls = {0x20, 0, 5, 1, 0, 0, 0, 0};
        byte[] notByTls = {0x20, 0, 5, 0, 0, 0, 0, 0};
        byte[] addresses = from("192.0.2.7", "198.51.100.1");
        try (TestListener listener = behind()) {
            assertThat(seen(listener, version2(PROXY, TCP4, addresses, byTls)).isPrivate())
                    .isTrue();
            assertThat(seen(listener, version2(PROXY, TCP4, addresses, notByTls))
                            .isPrivate())
                    .isFalse();
        }
    }

    @Test
    void theHeaderMayArriveInPiecesOrWithLaterBytes() throws Exception {
        for (byte[] header : List.of(ascii(SEVEN), version2(PROXY, TCP4, from("192.0.2.7", "198.51.100.1")))) {
            try (TestListener listener = behind();
                    RawWebSocketClient pieces = RawWebSocketClient.connect(listener.port());
                    RawWebSocketClient together = RawWebSocketClient.connect(listener.port())) {
                for (byte one : header) {
                    pieces.send(new byte[] {one});
                }
                assertThat(pieces.request(HANDSHAKE)).startsWith("HTTP/1.1 101");
                together.send(ByteBuffer.allocate(header.length + HANDSHAKE.length())
                        .put(header)
                        .put(ascii(HANDSHAKE))
                        .array());
                assertThat(together.response()).startsWith("HTTP/1.1 101");
                for (int i = 0; i < 2; i++) {
                    assertThat(listener.acceptor.await().connection.address()).isEqualTo("192.0.2.7");
                }
            }
        }
    }

    @Test
    void socketsFromOtherAddressesAreClosed() throws Exception {
        try (TestListener listener = behind();
                RawWebSocketClient stranger = RawWebSocketClient.connectFrom("127.0.0.2", listener.port())) {
            assertThat(stranger.isAtEnd()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /ws HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "PROXY TCP4\r\n",
                "PROXY TCP4 192.0.2.7 198.51.100.1 port 443\r\n",
                "PROXY TCP4 192.0.2.7 198.51.100.1 99999 443\r\n",
                "PROXY TCP4 192.0.2.7 198.51.100.1 4711 443 and much more\r\n",
                "\r\n\r\n\0\r\nQUIT\n!\u0011\u00ff\u00ff",
                "\r\n\r\n\0\r\nQUIT\n1\u0011\0\0"
            })
    void aProxyWithoutAValidHeaderGetsNoResponse(String words) throws Exception {
        try (TestListener listener = behind();
                RawWebSocketClient proxy = RawWebSocketClient.connect(listener.port())) {
            proxy.send(words.getBytes(StandardCharsets.ISO_8859_1));
            proxy.shutdownOutput();
            assertThat(proxy.isAtEnd()).isTrue();
            assertThat(seen(listener, ascii(SEVEN)).address()).isEqualTo("192.0.2.7");
        }
    }

    @Test
    void connectionsCountForTheClientsAddress() throws Exception {
        ListenerLimits one = ListenerLimits.DEFAULT.withArrivals(new AcceptLimits(5_000, 1));
        try (TestListener listener = TestListener.with(
                        RecordingAcceptor.recorder(),
                        listener().toBuilder().limits(one).build());
                RawWebSocketClient first = RawWebSocketClient.connect(listener.port());
                RawWebSocketClient second = RawWebSocketClient.connect(listener.port());
                RawWebSocketClient other = RawWebSocketClient.connect(listener.port())) {
            assertThat(first.request(SEVEN + HANDSHAKE)).startsWith("HTTP/1.1 101");
            assertThat(second.request(SEVEN + HANDSHAKE)).startsWith("HTTP/1.1 429");
            assertThat(other.request(SEVEN.replace("192.0.2.7", "192.0.2.8") + HANDSHAKE))
                    .startsWith("HTTP/1.1 101");
        }
    }

    @Test
    void tlsMayPassThroughTheProxy(@TempDir Path directory) throws Exception {
        Instant now = Instant.now();
        SelfSignedCertificate made = SelfSignedCertificate.make(
                List.of("localhost"), now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)));
        KeyFiles files = new KeyFiles.Pem(directory.resolve("cert.pem"), directory.resolve("key.pem"), null);
        Files.writeString(directory.resolve("cert.pem"), made.certificatePem());
        Files.writeString(directory.resolve("key.pem"), made.keyPem());
        SSLContext trusting = trusting(made);
        try (TestListener listener = TestListener.with(
                        RecordingAcceptor.echo(),
                        listener().toBuilder().tls(TlsConfig.of(files)).build());
                RawWebSocketClient client = passedThrough(listener.port(), trusting.getSocketFactory());
                RawWebSocketClient hasty = RawWebSocketClient.connect(listener.port())) {
            assertThat(client.request(HANDSHAKE)).startsWith("HTTP/1.1 101");
            Connection seen = listener.acceptor.await().connection;
            assertThat(seen.peer()).startsWith("192.0.2.7:4711 behind 127.0.0.1:");
            assertThat(seen.isPrivate()).isTrue();
            client.frame(0x81, ascii("x".repeat(40_000)));
            assertThat(client.read().text()).hasSize(40_000);

            hasty.send(ByteBuffer.allocate(20_000)
                    .put(ascii(SEVEN))
                    .put(clientHello(trusting))
                    .flip());
            assertThat(hasty.firstByte()).as("a TLS handshake record").isEqualTo(0x16);
        }
    }

    private static RawWebSocketClient passedThrough(int port, SSLSocketFactory tls) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(ascii(SEVEN));
        return new RawWebSocketClient(tls.createSocket(socket, "localhost", port, true));
    }

    private static SSLContext trusting(SelfSignedCertificate made) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("router", made.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static ByteBuffer clientHello(SSLContext context) throws Exception {
        SSLEngine engine = context.createSSLEngine("localhost", 443);
        engine.setUseClientMode(true);
        engine.beginHandshake();
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        return hello.flip();
    }
}
