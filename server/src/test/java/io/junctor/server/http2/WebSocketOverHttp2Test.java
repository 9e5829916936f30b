package io.junctor.server.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.ListenerConfig;
import io.junctor.server.TestListener;
import io.junctor.testkit.Http2Connection;
import io.junctor.testkit.Received;
import io.junctor.testkit.RecordingAcceptor;
import io.junctor.testkit.TestCertificate;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Subprotocol;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** WebSockets in streams of HTTP/2 (RFC 8441), over real sockets. */
@Timeout(60)
class WebSocketOverHttp2Test {
    /** So many messages are more than the windows of the stream and of the connection. */
    private static final int MANY = 300;

    private static final Subprotocol JSON = new Subprotocol(Serializer.JSON, false);

    @Test
    void severalWebSocketsShareAConnection() throws Exception {
        try (TestListener listener = TestListener.with(RecordingAcceptor.echo());
                Http2Connection connection = Http2Connection.open(listener.uri())) {
            echoOnTwo(connection);
            assertThat(listener.sockets()).isEqualTo(1);
        }
    }

    @Test
    void tlsChoosesHttp2ByAlpn() throws Exception {
        ListenerConfig config = ListenerConfig.builder()
                .port(0)
                .tls(TestCertificate.LOCALHOST.config())
                .build();
        try (TestListener listener = TestListener.with(RecordingAcceptor.echo(), config);
                Http2Connection connection = Http2Connection.open(listener.uri())) {
            echoOnTwo(connection);
        }
    }

    @Test
    void moreThanTheWindowsTravelsBothWays() throws Exception {
        byte[] message = ("\"" + "x".repeat(60_000) + "\"").getBytes(StandardCharsets.US_ASCII);
        try (TestListener listener = TestListener.with(RecordingAcceptor.echo());
                Http2Connection connection = Http2Connection.open(listener.uri())) {
            WebSocketTransport webSocket = WebSocketTransport.open(connection, JSON, false);
            Thread sender = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < MANY; i++) {
                    webSocket.send(message);
                }
            });
            for (int i = 0; i < MANY; i++) {
                assertThat(webSocket.receive(10_000)).as("message %s", i).isInstanceOf(Received.Message.class);
            }
            sender.join();
        }
    }

    private static void echoOnTwo(Http2Connection connection) {
        List<WebSocketTransport> webSockets =
                List.of(WebSocketTransport.open(connection, JSON, false), WebSocketTransport.open(connection, JSON, false));
        for (int i = 0; i < 2; i++) {
            for (WebSocketTransport webSocket : webSockets) {
                webSocket.send("[1]".getBytes(StandardCharsets.US_ASCII));
                assertThat(webSocket.receive(10_000)).isInstanceOf(Received.Message.class);
            }
        }
    }
}
