package io.junctor.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.conformance.TestRouter;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.testkit.RawWebSocketClient;
import io.junctor.websocket.FrameHeader;
import io.junctor.websocket.Opcode;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** A router, and one client of it that breaks rules. Confined to the thread of the test. */
final class BadClient implements AutoCloseable {
    static final String CLOSED = "connection closed";
    static final String HELLO = "[1,\"realm1\",{\"roles\":{\"publisher\":{},\"subscriber\":{}}}]";
    private static final HexFormat HEX = HexFormat.of();
    private static final String RAWSOCKET_JSON_1_MIB = "7FB10000";

    final TestRouter router;
    final RawWebSocketClient client;

    BadClient(ListenerConfig.Builder listener) throws IOException {
        this.router = TestRouter.open(RouterConfig.builder()
                .listener(listener.port(0).build())
                .realm(RealmConfig.open("realm1"))
                .build());
        this.client = RawWebSocketClient.connect(port());
    }

    int port() {
        return router.uri().getPort();
    }

    /** Advances the clock, by a second at a time, until something has happened. */
    void advanceUntil(BooleanSupplier happened) {
        Awaitility.await().until(() -> {
            router.clock().advance(Duration.ofSeconds(1));
            return happened.getAsBoolean();
        });
    }

    boolean hasCounted(TransportCounter counter) {
        return router.count(counter) > 0;
    }

    /** Sends text and returns the status of the response, in words. */
    String statusOf(String request) throws IOException {
        String response = client.request(request);
        assertThat(response).startsWith("HTTP/1.1 ");
        return "status " + response.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
    }

    void upgrade() throws IOException {
        assertThat(client.request(RawWebSocketClient.handshake("Sec-WebSocket-Protocol: wamp.2.json")))
                .startsWith("HTTP/1.1 101");
    }

    void upgradeAndJoin() throws IOException {
        upgrade();
        client.frame(FrameHeader.FIN | Opcode.TEXT, utf8(HELLO));
        assertThat(client.read().text()).startsWith("[2,");
    }

    /** What the router sends before it closes a WebSocket, in words. */
    String endOfWebSocket() throws IOException {
        RawWebSocketClient.Frame frame = client.read();
        String before = "";
        while (frame.firstByte != (FrameHeader.FIN | Opcode.CLOSE)) {
            before = frame.text().startsWith("[3,") ? "ABORT, " : before;
            frame = client.read();
        }
        return before + "close code " + frame.closeCode();
    }

    void sendHex(String octets) throws IOException {
        client.send(HEX.parseHex(octets));
    }

    /** Shakes hands by RawSocket. */
    void shakeHands() throws IOException {
        sendHex(RAWSOCKET_JSON_1_MIB);
        assertThat(client.bytes(4)).startsWith(0x7F, 0xB1);
    }

    void shakeHandsAndJoin() throws IOException {
        shakeHands();
        sendRawSocketMessage(HELLO);
        assertThat(rawSocketMessage()).startsWith("[2,");
    }

    void sendRawSocketMessage(String message) throws IOException {
        sendHex("%08X".formatted(message.length()));
        client.send(utf8(message));
    }

    String rawSocketMessage() throws IOException {
        byte[] prefix = client.bytes(4);
        int length = Integer.parseInt(HEX.formatHex(prefix, 1, 4), 16);
        return new String(client.bytes(length), StandardCharsets.UTF_8);
    }

    /** The error of a refused RawSocket handshake, in words. */
    String rawSocketError() throws IOException {
        byte[] reply = client.bytes(4);
        assertThat(client.isAtEnd()).isTrue();
        return "error " + (reply[1] >> 4);
    }

    /** What a closed connection is in words; fails the test if it is open, or something came before. */
    String end() throws IOException {
        assertThat(client.isAtEnd()).isTrue();
        return CLOSED;
    }

    /** What a connection that ends at once is in words. */
    String dropped() throws IOException {
        try {
            client.skipToEnd();
        } catch (EOFException | SocketException e) {
            // The end.
        }
        return "connection dropped";
    }

    /** Reads a TLS record. */
    String tlsAlert() throws IOException {
        assertThat(client.firstByte()).isEqualTo(0x15);
        client.skipToEnd();
        return "TLS alert";
    }

    /** Opens a long-poll transport and returns the path of its requests. */
    String openLongPoll(String protocol) throws IOException {
        String response = post("/ws/open", "{\"protocols\":[\"" + protocol + "\"]}");
        assertThat(response).contains("\"transport\":");
        return "/ws/" + response.replaceFirst("(?s).*\"transport\":\"([^\"]+)\".*", "$1");
    }

    String joinByLongPoll() throws IOException {
        String base = openLongPoll("wamp.2.json");
        assertThat(post(base + "/send", HELLO)).startsWith("HTTP/1.1 204");
        assertThat(post(base + "/receive", "")).contains("[2,");
        return base;
    }

    String post(String path, String body) throws IOException {
        return client.request(posting(path, body));
    }

    static String posting(String path, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        client.close();
        // Long-poll sessions end by the router's clock; a router that closes would wait for them by the machine's.
        Awaitility.await().until(() -> {
            router.clock().advance(Duration.ofSeconds(1));
            return router.router().connections() == 0;
        });
        router.close();
    }
}
