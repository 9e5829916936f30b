package io.junctor.server.longpoll;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.server.TestListener;
import io.junctor.testkit.RecordingAcceptor;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The router drops long-poll connections while a response to their clients is being written. */
@Timeout(120)
class DroppedConnectionTest {
    /** A thread of the listener may not have noticed yet that it has written what the client has read. */
    private static final int ROUNDS = 500;

    private static final byte[] MESSAGE = ("[\"" + "x".repeat(10_000) + "\"]").getBytes(StandardCharsets.US_ASCII);

    private final RecordingAcceptor acceptor = RecordingAcceptor.recorder();

    @ParameterizedTest
    @CsvSource({"POST, /receive", "GET, /events"})
    void aConnectionMayBeDroppedWheneverItsClientReads(String method, String action) throws Exception {
        try (TestListener listener = TestListener.with(acceptor)) {
            for (int i = 0; i < ROUNDS; i++) {
                // The listener accepts at a limited rate.
                listener.timers.advance(Duration.ofMillis(10));
                String id = open(listener);
                RecordingAcceptor.AcceptedConnection accepted = acceptor.await();
                accepted.send(MESSAGE);
                try (Socket client = request(listener, method, "/ws/" + id + action, "")) {
                    readUntil(new BufferedInputStream(client.getInputStream()), i % 2 == 0 ? 'H' : ']');
                    accepted.connection.drop();
                    assertThat(accepted.ending()).isEqualTo("dropped by the router");
                }
            }
            assertThat(listener.limit.open()).isZero();
        }
    }

    private static void readUntil(InputStream in, int end) throws IOException {
        int next = in.read();
        while (next != end) {
            assertThat(next).as("the next byte of the response").isNotNegative();
            next = in.read();
        }
    }

    private static String open(TestListener listener) throws IOException {
        try (Socket socket = request(listener, "POST", "/ws/open", "{\"protocols\":[\"wamp.2.json\"]}")) {
            String opened = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return opened.replaceAll("(?s).*\"transport\":\"([^\"]+)\".*", "$1");
        }
    }

    private static Socket request(TestListener listener, String method, String path, String body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        String request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
