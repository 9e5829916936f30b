package io.junctor.server.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.metrics.Transport;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.server.TestListener;
import io.junctor.testkit.Http2Connection;
import io.junctor.testkit.Http2Frames;
import io.junctor.testkit.Http2Frames.Frame;
import io.junctor.testkit.RecordingAcceptor;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Subprotocol;
import io.junctor.websocket.MaskedFrame;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that use HTTP/2 to make the router work or hold memory: what they get, counted in frames and bytes. */
@Timeout(120)
class HostileHttp2Test {
    private static final int FLOW_CONTROL_ERROR = 3;
    private static final int REFUSED_STREAM = 7;
    private static final int CANCEL = 8;
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int SMALL_WINDOW_BYTES = 1_000;
    private static final int FLOOD = 10_000;
    private static final byte[] NOTHING = {};
    private static final byte[] GET = request("GET", "/health");
    private static final byte[] OPEN = request("POST", "/ws/open");

    private final RecordingAcceptor acceptor = RecordingAcceptor.recorder();

    private static byte[] request(String method, String path) {
        return Http2Frames.fields(
                ":method", method, ":scheme", "http", ":path", path, ":authority", "localhost", "user-agent", "test");
    }

    /** Sends until the router has closed the connection, or all is sent. */
    private static void flood(Http2Frames client, int type, int flags, int stream, byte[] payload) throws IOException {
        byte[] frame = Http2Frames.frame(type, flags, stream, payload);
        try {
            for (int i = 0; i < FLOOD; i++) {
                client.send(frame);
            }
        } catch (SocketException e) {
            // The router has closed the connection.
        }
    }

    private static void expectEnd(Http2Frames client, int error, TestListener listener) throws IOException {
        try {
            Frame last = client.read(Http2Frames.GOAWAY);
            assertThat(last.number(4)).as("error code").isEqualTo(error);
        } catch (SocketException | EOFException e) {
            // The router had closed the connection before it read all, so the operating system discarded the frame.
        }
        assertThat(client.isAtEnd()).isTrue();
        await().until(() -> invalid(listener) == 1);
    }

    private static long invalid(TestListener listener) {
        return listener.counters.of(Transport.HTTP).value(TransportCounter.INVALID_INPUT);
    }

    @Test
    void floodsOfFramesThatCarryNothingEndTheConnection() throws Exception {
        List<byte[]> floods = List.of(
                Http2Frames.frame(Http2Frames.PING, 0, 0, new byte[8]),
                Http2Frames.frame(Http2Frames.SETTINGS, 0, 0, NOTHING),
                Http2Frames.frame(Http2Frames.PRIORITY, 0, 1, new byte[] {0, 0, 0, 3, 1}),
                Http2Frames.frame(0x42, 0, 0, NOTHING));
        for (byte[] frame : floods) {
            try (TestListener listener = TestListener.with(acceptor);
                    Http2Frames client = Http2Frames.connect(listener.port())) {
                flood(client, frame[3], 0, frame[8], Arrays.copyOfRange(frame, 9, frame.length));
                expectEnd(client, ENHANCE_YOUR_CALM, listener);
            }
        }
    }

    @Test
    void aFloodOfHeaderFramesEndsTheConnection() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                Http2Frames client = Http2Frames.connect(listener.port())) {
            client.send(Http2Frames.HEADERS, 0, 1, GET);
            flood(client, Http2Frames.CONTINUATION, 0, 1, NOTHING);
            expectEnd(client, ENHANCE_YOUR_CALM, listener);
        }
    }

    @Test
    void rapidResetsEndTheConnection() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                Http2Frames client = Http2Frames.connect(listener.port())) {
            int last = 1;
            try {
                for (int stream = 1; stream < 2 * FLOOD; stream += 2) {
                    client.send(Http2Frames.HEADERS, Http2Frames.END_HEADERS, stream, OPEN);
                    client.send(Http2Frames.RST_STREAM, 0, stream, Http2Frames.number(8));
                    last = stream;
                }
            } catch (SocketException e) {
                // The router has closed the connection.
            }
            expectEnd(client, ENHANCE_YOUR_CALM, listener);
            assertThat(last).isGreaterThan(2 * Http2ConnectionFactory.USELESS_FRAMES_PER_SECOND);
        }
    }

    @Test
    void aClientHasOnlySomeStreamsAtATime() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                Http2Frames client = Http2Frames.connect(listener.port())) {
            int streams = Http2ConnectionFactory.MOST_STREAMS + 1;
            for (int i = 0; i < streams; i++) {
                client.send(Http2Frames.HEADERS, Http2Frames.END_HEADERS, 2 * i + 1, OPEN);
            }
            Frame refused = client.read(Http2Frames.RST_STREAM);
            assertThat(refused.stream()).isEqualTo(2 * streams - 1);
            assertThat(refused.number(0)).isEqualTo(REFUSED_STREAM);
        }
    }

    @Test
    void streamsThatAreLeftHalfOpenDoNotKeepTheSocketOpen() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                Http2Frames client = Http2Frames.connect(listener.port())) {
            client.send(Http2Frames.HEADERS, Http2Frames.END_HEADERS, 1, OPEN);
            client.send(Http2Frames.HEADERS, Http2Frames.END_HEADERS | Http2Frames.END_STREAM, 3, GET);
            Frame answer = client.read(Http2Frames.HEADERS);
            assertThat(answer.stream()).isEqualTo(3);
            assertThat(answer.status()).isEqualTo(200);
            listener.timers.advance(Duration.ofSeconds(6));
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void tooManyHeaderFieldsAreRefused() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                Http2Frames client = Http2Frames.connect(listener.port())) {
            byte[] fields = Http2Frames.fields(
                    ":method",
                    "GET",
                    ":scheme",
                    "http",
                    ":path",
                    "/health",
                    ":authority",
                    "localhost",
                    "x",
                    "y".repeat(9_000));
            client.send(Http2Frames.HEADERS, Http2Frames.END_HEADERS | Http2Frames.END_STREAM, 1, fields);
            Frame answer = client.read();
            while (answer.type() != Http2Frames.HEADERS && answer.type() != Http2Frames.GOAWAY) {
                answer = client.read();
            }
            assertThat(answer.type() == Http2Frames.GOAWAY || answer.status() == 431)
                    .as("a response or GOAWAY of type %s", answer.type())
                    .isTrue();
        }
    }

    @Test
    void moreDataThanTheWindowEndsTheConnection() throws Exception {
        RecordingAcceptor paused = new RecordingAcceptor((accepted, message) -> {});
        try (TestListener listener = TestListener.with(paused);
                Http2Frames client = Http2Frames.connect(listener.port())) {
            client.send(Http2Frames.HEADERS, Http2Frames.END_HEADERS, 1, connect("websocket"));
            client.send(Http2Frames.DATA, 0, 1, MaskedFrame.of(0x81, new byte[] {'x'}));
            RecordingAcceptor.AcceptedConnection accepted = paused.await();
            assertThat(accepted.message()).containsExactly('x');
            flood(client, Http2Frames.DATA, 0, 1, new byte[Http2Frames.MAX_FRAME_BYTES]);
            expectEnd(client, FLOW_CONTROL_ERROR, listener);
            assertThat(accepted.ending()).isNotNull();
        }
    }

    private static byte[] connect(String protocol) {
        return Http2Frames.fields(
                ":method",
                "CONNECT",
                ":protocol",
                protocol,
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
    }

    @Test
    void theRouterIsNoProxy() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                Http2Frames client = Http2Frames.connect(listener.port())) {
            client.send(
                    Http2Frames.HEADERS,
                    Http2Frames.END_HEADERS,
                    1,
                    Http2Frames.fields(":method", "CONNECT", ":authority", "localhost:25"));
            assertThat(client.read(Http2Frames.HEADERS).status()).isEqualTo(405);
            client.send(Http2Frames.HEADERS, Http2Frames.END_HEADERS, 3, connect("connect-udp"));
            assertThat(client.read(Http2Frames.HEADERS).status()).isEqualTo(426);
            assertThat(invalid(listener)).isEqualTo(1);
        }
    }

    @Test
    void aClientThatGivesNoWindowGetsHeadersOnly() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                Http2Frames client = Http2Frames.connect(listener.port(), INITIAL_WINDOW_SIZE, 0)) {
            client.send(Http2Frames.HEADERS, Http2Frames.END_HEADERS | Http2Frames.END_STREAM, 1, GET);
            assertThat(client.read(Http2Frames.HEADERS).status()).isEqualTo(200);
            listener.timers.advance(Duration.ofSeconds(6));
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void unreadBytesOfStreamsCountAsIncomingBytes() throws Exception {
        RecordingAcceptor paused = new RecordingAcceptor((accepted, message) -> {});
        try (TestListener listener = TestListener.withIncoming(paused, 100_000);
                Http2Connection connection = Http2Connection.open(listener.uri())) {
            WebSocketTransport webSocket =
                    WebSocketTransport.open(connection, new Subprotocol(Serializer.JSON, false), false);
            webSocket.send(new byte[] {'x'});
            RecordingAcceptor.AcceptedConnection accepted = paused.await();
            assertThat(accepted.message()).containsExactly('x');
            webSocket.send(new byte[150_000]);
            assertThat(accepted.ending()).isNotNull();
            assertThat(listener.counters.value(TransportCounter.INCOMING_REFUSED))
                    .isEqualTo(1);
            await().until(() -> listener.limit.incoming().held() == 0);
        }
    }

    @Test
    void smallFramesThatAreNotReadCountWithTheMemoryThatTheyTake() throws Exception {
        RecordingAcceptor paused = new RecordingAcceptor((accepted, message) -> {});
        try (TestListener listener = TestListener.withIncoming(paused, 2_000_000);
                Http2Frames client = Http2Frames.connect(listener.port())) {
            client.send(Http2Frames.HEADERS, Http2Frames.END_HEADERS, 1, connect("websocket"));
            client.send(Http2Frames.DATA, 0, 1, MaskedFrame.of(0x81, new byte[] {'x'}));
            RecordingAcceptor.AcceptedConnection accepted = paused.await();
            assertThat(accepted.message()).containsExactly('x');
            flood(client, Http2Frames.DATA, 0, 1, new byte[1]);
            assertThat(accepted.ending()).isNotNull();
            assertThat(listener.counters.value(TransportCounter.INCOMING_REFUSED))
                    .isEqualTo(1);
            await().until(() -> listener.limit.incoming().held() == 0);
        }
    }

    @Test
    void aSmallFrameCountsWithTheBufferThatItKeeps() throws Exception {
        int frames = 50;
        byte[] large = new byte[Http2Frames.MAX_FRAME_BYTES - 16];
        RecordingAcceptor onlyLarge = new RecordingAcceptor((accepted, message) -> {
            if (message.length > 1) {
                accepted.connection.demand();
            }
        });
        try (TestListener listener = TestListener.with(onlyLarge);
                Http2Frames client = Http2Frames.connect(listener.port())) {
            client.send(Http2Frames.HEADERS, Http2Frames.END_HEADERS, 1, connect("websocket"));
            client.send(Http2Frames.DATA, 0, 1, MaskedFrame.of(0x81, new byte[] {'x'}));
            assertThat(onlyLarge.await().message()).containsExactly('x');
            client.send(Http2Frames.HEADERS, Http2Frames.END_HEADERS, 3, connect("websocket"));
            RecordingAcceptor.AcceptedConnection reading = onlyLarge.await();
            for (int i = 0; i < frames; i++) {
                client.send(Http2Frames.DATA, 0, 1, new byte[1]);
                client.send(Http2Frames.DATA, 0, 3, MaskedFrame.of(0x81, large));
                assertThat(reading.message()).hasSize(large.length);
            }
            await().until(() -> listener.limit.incoming().held() > (frames - 1L) * large.length);
        }
    }

    @Test
    void bodiesOfRequestsThatAreNotReadCountAsIncomingBytes() throws Exception {
        try (TestListener listener = TestListener.withIncoming(acceptor, 110_000);
                Http2Frames client = Http2Frames.connect(listener.port())) {
            int stream = 1;
            for (int transport = 0; transport < 2; transport++) {
                String id = openTransport(client, stream);
                client.send(
                        Http2Frames.HEADERS,
                        Http2Frames.END_HEADERS,
                        stream + 2,
                        request("POST", "/ws/" + id + "/receive"));
                for (int i = 0; i < 4; i++) {
                    client.send(Http2Frames.DATA, 0, stream + 2, new byte[15_000]);
                }
                stream += 4;
            }
            Frame reset = client.read(Http2Frames.RST_STREAM);
            assertThat(reset.stream())
                    .as("the stream that has held bytes for the longest time")
                    .isEqualTo(3);
            assertThat(reset.number(0)).isEqualTo(ENHANCE_YOUR_CALM);
            assertThat(listener.counters.of(Transport.HTTP).value(TransportCounter.INCOMING_REFUSED))
                    .isEqualTo(1);
            client.send(Http2Frames.HEADERS, Http2Frames.END_HEADERS | Http2Frames.END_STREAM, stream, GET);
            assertThat(client.read(Http2Frames.HEADERS).status())
                    .as("status of another request")
                    .isEqualTo(200);
            client.close();
            await().until(() -> listener.limit.incoming().held() == 0);
        }
    }

    private static String openTransport(Http2Frames client, int stream) throws IOException {
        client.send(Http2Frames.HEADERS, Http2Frames.END_HEADERS, stream, OPEN);
        client.send(
                Http2Frames.DATA,
                Http2Frames.END_STREAM,
                stream,
                "{\"protocols\":[\"wamp.2.json\"]}".getBytes(StandardCharsets.US_ASCII));
        return client.read(Http2Frames.DATA).text().replaceAll(".*\"transport\":\"([^\"]+)\".*", "$1");
    }

    @ParameterizedTest
    @CsvSource({"POST, /receive", "GET, /events"})
    void aResponseThatItsClientDoesNotTakeIsResetAndOtherStreamsGoOn(String method, String action) throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                Http2Frames client = Http2Frames.connect(listener.port(), INITIAL_WINDOW_SIZE, SMALL_WINDOW_BYTES)) {
            String slow = openTransport(client, 1);
            RecordingAcceptor.AcceptedConnection accepted = acceptor.await();
            ask(client, 3, method, "/ws/" + slow + action);
            accepted.send(new byte[100 * SMALL_WINDOW_BYTES]);
            int taken = 0;
            while (taken < SMALL_WINDOW_BYTES) {
                taken += client.read(Http2Frames.DATA).payload().length;
            }
            ask(client, 5, "GET", "/health");
            assertThat(client.read(Http2Frames.HEADERS).stream()).isEqualTo(5);

            listener.timers.advance(ListenerLimits.DEFAULT.stalledWriter());
            assertThat(accepted.endings).as("while its bytes still have time").isEmpty();
            while (accepted.endings.isEmpty()) {
                listener.timers.advance(Duration.ofSeconds(1));
            }
            assertThat(accepted.ending()).contains("stalled_writer");
            assertThat(listener.counters.value(TransportCounter.WRITERS_STALLED))
                    .isEqualTo(1);
            Frame reset = client.read(Http2Frames.RST_STREAM);
            assertThat(reset.stream()).isEqualTo(3);
            assertThat(reset.number(0)).isEqualTo(CANCEL);

            String other = openTransport(client, 7);
            ask(client, 9, method, "/ws/" + other + action);
            acceptor.await().send("[1]".getBytes(StandardCharsets.US_ASCII));
            Frame answer = client.read(Http2Frames.DATA);
            while (!answer.text().contains("[1]")) {
                answer = client.read(Http2Frames.DATA);
            }
            assertThat(answer.stream()).isEqualTo(9);
        }
    }

    private static void ask(Http2Frames client, int stream, String method, String path) throws IOException {
        client.send(
                Http2Frames.HEADERS, Http2Frames.END_HEADERS | Http2Frames.END_STREAM, stream, request(method, path));
    }

    /** The timer is Jetty's, so the test takes as long. */
    @Test
    void aStreamOfWhichTheClientTakesNoEndIsResetAfterFiveSeconds() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                Http2Frames client = Http2Frames.connect(listener.port(), INITIAL_WINDOW_SIZE, 0)) {
            client.socket().setSoTimeout(60_000);
            client.send(Http2Frames.HEADERS, Http2Frames.END_HEADERS, 1, connect("websocket"));
            RecordingAcceptor.AcceptedConnection accepted = acceptor.await();
            accepted.send(new byte[1_000]);
            accepted.connection.drop();
            Frame reset = client.read(Http2Frames.RST_STREAM);
            assertThat(reset.stream()).isEqualTo(1);
            assertThat(reset.number(0)).isEqualTo(CANCEL);
            client.send(Http2Frames.HEADERS, Http2Frames.END_HEADERS | Http2Frames.END_STREAM, 3, GET);
            assertThat(client.read(Http2Frames.HEADERS).status()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatIsEndedLeavesTheOthersAlone() throws Exception {
        try (TestListener listener = TestListener.with(acceptor);
                Http2Frames good = Http2Frames.connect(listener.port());
                Http2Frames bad = Http2Frames.connect(listener.port())) {
            flood(bad, Http2Frames.PING, 0, 0, new byte[8]);
            expectEnd(bad, ENHANCE_YOUR_CALM, listener);
            good.send(Http2Frames.HEADERS, Http2Frames.END_HEADERS | Http2Frames.END_STREAM, 1, GET);
            assertThat(good.read(Http2Frames.HEADERS).status()).isEqualTo(200);
        }
    }
}
