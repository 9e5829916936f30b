package io.junctor.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.listener.ClientCertificates;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.config.listener.ListenerProtocol;
import io.junctor.router.config.listener.TlsConfig;
import io.junctor.router.metrics.Transport;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.testkit.Http2Frames;
import io.junctor.testkit.RawWebSocketClient;
import io.junctor.testkit.tls.TestCertificate;
import io.junctor.websocket.FrameHeader;
import io.junctor.websocket.Opcode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks through the table of bad input in {@code docs/errors.md}. */
@Timeout(60)
class BadInputTest {
    private static final Path PAGE = Path.of("../docs/errors.md");
    private static final String HEADING = "## Bad input on each transport";
    private static final Map<String, Input> INPUTS = new LinkedHashMap<>();

    /** What a bad client does; returns the router's answer in words. */
    private interface Input {
        String run(BadClient bad) throws IOException;
    }

    record Row(String transport, String client, String answer, String log, String counter) {
        String key() {
            return transport + " " + client;
        }

        TransportCounter counted() {
            return TransportCounter.valueOf(
                    counter.replaceFirst("junctor_(.*)_total", "$1").toUpperCase(Locale.ROOT));
        }

        @Override
        public String toString() {
            return key();
        }
    }

    static {
        beforeATransport();
        onWebSockets();
        onWebSocketMessages();
        onSilentWebSockets();
        onRawSockets();
        onLongPoll();
        onEventStream();
    }

    private static void beforeATransport() {
        INPUTS.put("unknown sends nothing", bad -> late(bad, ""));
        INPUTS.put("unknown begins TLS where the listener has none", bad -> {
            bad.sendHex("16030100");
            return bad.tlsAlert();
        });
        INPUTS.put("unknown sends something else in a TLS handshake", bad -> {
            bad.sendHex("1603010005" + "0100000100");
            return bad.tlsAlert();
        });
        INPUTS.put("unknown begins a TLS handshake and stops", bad -> {
            bad.sendHex("160301");
            return endAfter(bad, TransportCounter.OPENINGS_TIMED_OUT);
        });
        INPUTS.put("http sends something that is not HTTP", bad -> bad.statusOf("NONSENSE\r\n\r\n"));
        INPUTS.put(
                "http sends a header over 8 KiB",
                bad -> bad.statusOf("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(9_000) + "\r\n\r\n"));
        INPUTS.put("http begins a request and stops", bad -> late(bad, "GET / HTTP/1.1\r\nHost: local"));
        INPUTS.put(
                "http asks for a path that does not exist",
                bad -> bad.statusOf("GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        INPUTS.put("http breaks the rules of HTTP/2", BadInputTest::breakHttp2);
        INPUTS.put(
                "http begins with HTTP where the listener speaks RawSocket only",
                bad -> bad.statusOf("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    }

    /** A PING frame without its payload follows the connection preface and empty SETTINGS. */
    private static String breakHttp2(BadClient bad) throws IOException {
        bad.client.send(BadClient.utf8("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
        bad.sendHex("000000040000000000" + "000000060000000000");
        ByteBuffer header = ByteBuffer.wrap(bad.client.bytes(9));
        while (header.get(3) != Http2Frames.GOAWAY) {
            bad.client.bytes(header.getInt(0) >>> 8);
            header = ByteBuffer.wrap(bad.client.bytes(9));
        }
        bad.client.bytes(header.getInt(0) >>> 8);
        return bad.client.isAtEnd() ? "GOAWAY, connection closed" : "GOAWAY";
    }

    private static void onWebSockets() {
        INPUTS.put(
                "websocket names no subprotocol of the listener",
                bad -> bad.statusOf(RawWebSocketClient.handshake("Sec-WebSocket-Protocol: soap")));
        INPUTS.put(
                "websocket sends a request that is no upgrade",
                bad -> bad.statusOf("GET /ws HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        INPUTS.put(
                "websocket sends a wrong Sec-WebSocket-Key",
                bad -> bad.statusOf(RawWebSocketClient.handshake("Sec-WebSocket-Protocol: wamp.2.json")
                        .replaceFirst("Key: .", "Key: ")));
        INPUTS.put("websocket sends a frame without mask", bad -> {
            bad.upgrade();
            bad.sendHex("81025B5D");
            return bad.endOfWebSocket();
        });
        INPUTS.put("websocket sends a frame with reserved bits", bad -> {
            bad.upgrade();
            bad.client.frame(FrameHeader.FIN | 0x20 | Opcode.TEXT, BadClient.utf8("[]"));
            return bad.endOfWebSocket();
        });
    }

    private static void onWebSocketMessages() {
        INPUTS.put("websocket sends a message over `message_bytes`", bad -> {
            bad.upgradeAndJoin();
            bad.client.frame(FrameHeader.FIN | Opcode.TEXT, new byte[(1 << 20) + 1]);
            return bad.endOfWebSocket();
        });
        INPUTS.put("websocket sends a binary frame in `wamp.2.json`", bad -> {
            bad.upgrade();
            bad.client.frame(FrameHeader.FIN | Opcode.BINARY, BadClient.utf8(BadClient.HELLO));
            return bad.endOfWebSocket();
        });
        INPUTS.put("websocket sends text that is no WAMP message", bad -> {
            bad.upgrade();
            bad.client.frame(FrameHeader.FIN | Opcode.TEXT, BadClient.utf8("{}"));
            return bad.endOfWebSocket();
        });
        INPUTS.put("websocket sends text that is not UTF-8", bad -> {
            bad.upgrade();
            bad.client.frame(FrameHeader.FIN | Opcode.TEXT, new byte[] {'[', '"', (byte) 0xFF, '"', ']'});
            return bad.endOfWebSocket();
        });
        INPUTS.put("websocket breaks off within text that is not UTF-8", bad -> {
            bad.upgrade();
            bad.client.frame(Opcode.TEXT, new byte[] {'[', '"', (byte) 0xFF});
            return bad.endOfWebSocket();
        });
        INPUTS.put("websocket closes with a wrong code", bad -> {
            bad.upgrade();
            bad.client.frame(FrameHeader.FIN | Opcode.CLOSE, new byte[] {3, (byte) 0xED});
            return bad.endOfWebSocket();
        });
    }

    private static void onSilentWebSockets() {
        INPUTS.put("websocket sends no HELLO", bad -> {
            bad.upgrade();
            bad.advanceUntil(() -> bad.hasCounted(TransportCounter.HANDSHAKES_TIMED_OUT));
            return bad.endOfWebSocket();
        });
        INPUTS.put("websocket answers no ping", bad -> {
            bad.upgradeAndJoin();
            bad.advanceUntil(() -> bad.hasCounted(TransportCounter.PONGS_MISSED));
            return bad.dropped();
        });
        INPUTS.put("websocket takes no bytes", bad -> {
            bad.upgradeAndJoin();
            bad.client.frame(FrameHeader.FIN | Opcode.TEXT, BadClient.utf8("[32,1,{},\"topic\"]"));
            bad.client.read();
            String event = "[16,%d,{\"exclude_me\":false},\"topic\",[\"" + "x".repeat(100_000) + "\"]]";
            for (int request = 2; request < 102; request++) {
                bad.client.frame(FrameHeader.FIN | Opcode.TEXT, BadClient.utf8(event.formatted(request)));
            }
            Awaitility.await().until(() -> bad.router.router().outboxBytes() > 0);
            bad.advanceUntil(() -> bad.hasCounted(TransportCounter.WRITERS_STALLED));
            return bad.dropped();
        });
    }

    private static void onRawSockets() {
        INPUTS.put("rawsocket begins the handshake and stops", bad -> {
            bad.sendHex("7FB1");
            return endAfter(bad, TransportCounter.OPENINGS_TIMED_OUT);
        });
        INPUTS.put("rawsocket asks for a serializer that the listener does not have", bad -> {
            bad.sendHex("7FB40000");
            return bad.rawSocketError();
        });
        INPUTS.put("rawsocket sets reserved octets", bad -> {
            bad.sendHex("7FB10001");
            return bad.rawSocketError();
        });
        INPUTS.put("rawsocket sends a frame of an unknown type", bad -> {
            bad.shakeHands();
            bad.sendHex("03000000");
            return bad.end();
        });
        INPUTS.put("rawsocket announces a frame over the agreed length", bad -> {
            bad.shakeHandsAndJoin();
            bad.sendHex("00100001");
            return bad.end();
        });
        INPUTS.put("rawsocket sends a frame that is no WAMP message", bad -> {
            bad.shakeHands();
            bad.sendRawSocketMessage("{}");
            assertThat(bad.rawSocketMessage()).startsWith("[3,");
            return "ABORT, " + bad.end();
        });
        INPUTS.put("rawsocket sends no HELLO", bad -> {
            bad.shakeHands();
            return endAfter(bad, TransportCounter.HANDSHAKES_TIMED_OUT);
        });
    }

    private static void onLongPoll() {
        INPUTS.put(
                "longpoll opens a transport without a known protocol",
                bad -> bad.statusOf(BadClient.posting("/ws/open", "{\"protocols\":[\"soap\"]}")));
        INPUTS.put(
                "longpoll uses a transport that does not exist",
                bad -> bad.statusOf(BadClient.posting("/ws/unknown/receive", "")));
        INPUTS.put("longpoll sends by GET", bad -> {
            String base = bad.openLongPoll("wamp.2.json");
            return bad.statusOf("GET " + base + "/send HTTP/1.1\r\nHost: localhost\r\n\r\n");
        });
        INPUTS.put("longpoll sends a body over `message_bytes`", bad -> {
            String base = bad.joinByLongPoll();
            return closed(bad, base, bad.statusOf(BadClient.posting(base + "/send", " ".repeat((1 << 20) + 1))));
        });
        INPUTS.put("longpoll sends an empty message", bad -> {
            String base = bad.joinByLongPoll();
            return aborted(bad, base, bad.statusOf(BadClient.posting(base + "/send", "")) + ", ");
        });
        INPUTS.put("longpoll polls for messages that are not kept", bad -> {
            String base = bad.joinByLongPoll();
            return closed(bad, base, bad.statusOf(BadClient.posting(base + "/receive?after=7", "")));
        });
        INPUTS.put("longpoll polls with an `after` that is not a whole number", bad -> {
            String base = bad.joinByLongPoll();
            return bad.statusOf(BadClient.posting(base + "/receive?after=x", ""));
        });
        INPUTS.put("longpoll sends text that is no WAMP message", bad -> {
            String base = bad.joinByLongPoll();
            assertThat(bad.post(base + "/send", "{}")).startsWith("HTTP/1.1 204");
            return aborted(bad, base, "");
        });
        INPUTS.put("longpoll sends no HELLO", bad -> {
            String base = bad.openLongPoll("wamp.2.json");
            bad.advanceUntil(() -> bad.hasCounted(TransportCounter.HANDSHAKES_TIMED_OUT));
            return closed(bad, base, "").substring(2);
        });
        INPUTS.put("longpoll stops polling", bad -> {
            String base = bad.joinByLongPoll();
            bad.advanceUntil(() -> bad.hasCounted(TransportCounter.PONGS_MISSED));
            return closed(bad, base, "").substring(2);
        });
    }

    private static void onEventStream() {
        INPUTS.put("eventstream takes no bytes", bad -> {
            String base = bad.joinByLongPoll();
            try (RawWebSocketClient sender = RawWebSocketClient.connect(bad.port())) {
                bad.client.send(BadClient.utf8("GET " + base + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n"));
                assertThat(sender.request(BadClient.posting(base + "/send", "[32,1,{},\"topic\"]")))
                        .startsWith("HTTP/1.1 204");
                String event = "[16,%d,{\"exclude_me\":false},\"topic\",[\"" + "x".repeat(100_000) + "\"]]";
                for (int request = 2; request < 102; request++) {
                    assertThat(sender.request(BadClient.posting(base + "/send", event.formatted(request))))
                            .startsWith("HTTP/1.1 204");
                }
            }
            bad.advanceUntil(() -> bad.hasCounted(TransportCounter.WRITERS_STALLED));
            bad.dropped();
            return BadClient.CLOSED;
        });
        INPUTS.put("eventstream asks for the stream by POST", bad -> {
            String base = bad.openLongPoll("wamp.2.json");
            return bad.statusOf(BadClient.posting(base + "/events", ""));
        });
        INPUTS.put("eventstream asks for the stream of a binary serialization", bad -> {
            String base = bad.openLongPoll("wamp.2.cbor");
            return bad.statusOf("GET " + base + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
        });
        INPUTS.put("eventstream sends a `Last-Event-ID` that is no number", bad -> {
            String base = bad.openLongPoll("wamp.2.json");
            return bad.statusOf("GET " + base + "/events HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: x\r\n\r\n");
        });
    }

    /** Sends the beginning of something and waits for the end of the connection. */
    private static String late(BadClient bad, String beginning) throws IOException {
        bad.client.send(BadClient.utf8(beginning));
        return endAfter(bad, TransportCounter.OPENINGS_TIMED_OUT);
    }

    private static String endAfter(BadClient bad, TransportCounter counter) throws IOException {
        bad.advanceUntil(() -> bad.hasCounted(counter));
        return bad.end();
    }

    private static String closed(BadClient bad, String base, String answer) throws IOException {
        try (RawWebSocketClient next = RawWebSocketClient.connect(bad.port())) {
            assertThat(next.request(BadClient.posting(base + "/receive", "")))
                    .startsWith("HTTP/1.1 404")
                    .contains("The router closed this transport with code");
        }
        return answer + ", transport closed";
    }

    private static String aborted(BadClient bad, String base, String answer) throws IOException {
        try (RawWebSocketClient next = RawWebSocketClient.connect(bad.port())) {
            assertThat(next.request(BadClient.posting(base + "/receive", ""))).contains("\r\n\r\n[3,");
        }
        return answer + "ABORT";
    }

    @Test
    void thePageAndThisTestHaveTheSameRows() throws IOException {
        assertThat(rows().map(Row::key)).containsExactlyElementsOf(INPUTS.keySet());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void badInputIsAnsweredLoggedAndCountedAsThePageSays(Row row) throws IOException {
        try (LogLines lines = new LogLines();
                BadClient bad = new BadClient(listenerFor(row))) {
            String listener = "listener 127.0.0.1:" + bad.port();
            String answer = INPUTS.get(row.key()).run(bad);
            assertThat(answer).isEqualTo(row.answer().replaceFirst(" after .*", ""));
            Awaitility.await().until(() -> !lines.with(row.log()).isEmpty());
            assertThat(lines.with(row.log()))
                    .as("the log:%n%s", lines)
                    .singleElement()
                    .asString()
                    .contains(listener)
                    .containsPattern("127\\.0\\.0\\.1:\\d+.*127\\.0\\.0\\.1:\\d+");
            Transport transport = Transport.valueOf(row.transport().toUpperCase(Locale.ROOT));
            assertThat(bad.router.router().counters().of(transport).value(row.counted()))
                    .isEqualTo(1);
            assertThat(bad.router.count(row.counted())).as("in all transports").isEqualTo(1);
        }
    }

    private static ListenerConfig.Builder listenerFor(Row row) {
        ListenerConfig.Builder listener = ListenerConfig.builder().host("127.0.0.1");
        if (row.client().contains("TLS handshake")) {
            return listener.tls(
                    new TlsConfig(List.of(TestCertificate.LOCALHOST.files()), ClientCertificates.NONE, null));
        }
        if (row.client().contains("RawSocket only")) {
            return listener.protocols(Set.of(ListenerProtocol.RAWSOCKET));
        }
        // Otherwise the client is dropped before, because it answers no ping.
        return row.client().equals("takes no bytes")
                ? listener.limits(ListenerLimits.DEFAULT.withPingInterval(Duration.ofHours(1)))
                : listener;
    }

    private static Stream<Row> rows() throws IOException {
        String section = Files.readString(PAGE);
        section = section.substring(section.indexOf(HEADING) + HEADING.length());
        section = section.substring(0, section.indexOf("\n## "));
        return section.lines().filter(line -> line.startsWith("| `")).map(BadInputTest::row);
    }

    private static Row row(String line) {
        String[] cells = line.substring(2, line.length() - 2).split(" \\| ", -1);
        return new Row(plain(cells[0]), cells[1], cells[2], plain(cells[3]), plain(cells[4]));
    }

    private static String plain(String cell) {
        return cell.replace("`", "");
    }
}
