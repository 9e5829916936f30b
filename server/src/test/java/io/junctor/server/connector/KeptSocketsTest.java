package io.junctor.server.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.router.config.http.IpNetwork;
import io.junctor.router.config.listener.AcceptLimits;
import io.junctor.router.config.listener.FilesConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.config.listener.ProxyConfig;
import io.junctor.server.ListenException;
import io.junctor.server.TestListener;
import io.junctor.testkit.RawWebSocketClient;
import io.junctor.testkit.RecordingAcceptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How long and how many sockets without a WebSocket stay open. */
@Timeout(60)
class KeptSocketsTest {
    private static final int MOST = 2;
    private static final String LOCAL = "127.0.0.1";
    private static final String HEAD = "HEAD /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static TestListener listener() throws ListenException {
        ListenerLimits limits = ListenerLimits.DEFAULT.withArrivals(new AcceptLimits(5_000, MOST));
        IpNetwork proxy = Objects.requireNonNull(IpNetwork.parse(LOCAL));
        return TestListener.with(
                RecordingAcceptor.recorder(),
                ListenerConfig.builder()
                        .port(0)
                        .limits(limits)
                        .proxies(new ProxyConfig(List.of(proxy), false))
                        .build());
    }

    private static void readHead(RawWebSocketClient client) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) client.firstByte());
        }
        assertThat(head.toString()).startsWith("HTTP/1.1 200");
    }

    private static String post(String path, String address, String body) {
        return "POST /ws" + path + " HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: " + address
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** Opens a transport. Returns the path by which it is sent to. */
    private static String opened(RawWebSocketClient client, String address) throws IOException {
        String opened = client.request(post("/open", address, "{\"protocols\":[\"wamp.2.json\"]}"));
        return "/" + opened.replaceAll("(?s).*\"transport\":\"([^\"]+)\".*", "$1") + "/send";
    }

    @Test
    void anAddressKeepsAsManySocketsForLongPollAsItMayHaveConnections() throws Exception {
        try (TestListener listener = listener();
                RawWebSocketClient first = RawWebSocketClient.connect(listener.port());
                RawWebSocketClient second = RawWebSocketClient.connect(listener.port());
                RawWebSocketClient third = RawWebSocketClient.connect(listener.port());
                RawWebSocketClient other = RawWebSocketClient.connect(listener.port())) {
            String send = opened(first, "192.0.2.7");
            for (RawWebSocketClient kept : List.of(first, second, first, second)) {
                assertThat(kept.request(post(send, "192.0.2.7", "[1]")))
                        .startsWith("HTTP/1.1 20")
                        .doesNotContain("Connection: close");
            }
            assertThat(third.request(post(send, "192.0.2.7", "[1]")))
                    .startsWith("HTTP/1.1 20")
                    .contains("Connection: close");
            assertThat(third.isAtEnd()).isTrue();
            assertThat(other.request(post(send, "192.0.2.8", "[1]"))).doesNotContain("Connection: close");
            first.close();
            await().until(() -> listener.sockets() == 2);
            try (RawWebSocketClient next = RawWebSocketClient.connect(listener.port())) {
                assertThat(next.request(post(send, "192.0.2.7", "[1]"))).doesNotContain("Connection: close");
            }
        }
    }

    @Test
    void theSocketThatHasWaitedLongestForARequestGivesWayToANewClient() throws Exception {
        int sockets = MOST + 256;
        List<RawWebSocketClient> clients = new ArrayList<>();
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder(), MOST)) {
            String send = "";
            while (clients.size() < sockets - 1) {
                RawWebSocketClient client = RawWebSocketClient.connect(listener.port());
                clients.add(client);
                send = send.isEmpty() ? opened(client, LOCAL) : send;
                assertThat(client.request(post(send, LOCAL, "[1]"))).startsWith("HTTP/1.1 20");
                listener.timers.advance(Duration.ofMillis(1));
            }
            assertThat(listener.sockets()).isEqualTo(sockets - 1);
            // The next one makes the listener full. It asks for the next socket before or after it has counted that
            // one, so it
            // may close sockets at once, or keep one too many.
            for (int i = 0; i < 4; i++) {
                RawWebSocketClient next = RawWebSocketClient.connect(listener.port());
                clients.add(next);
                assertThat(next.request(post(send, LOCAL, "[1]"))).startsWith("HTTP/1.1 20");
            }
            assertThat(clients.getFirst().isAtEnd()).isTrue();
            assertThat(clients.get(sockets - 1).request(post(send, LOCAL, "[1]")))
                    .startsWith("HTTP/1.1 20");
        } finally {
            for (RawWebSocketClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void requestsForFilesDoNotKeepASocketOpen(@TempDir Path web) throws Exception {
        Files.write(web.resolve("large.bin"), new byte[1 << 20]);
        Files.writeString(web.resolve("small.txt"), "small");
        ListenerConfig config =
                ListenerConfig.builder().port(0).files(FilesConfig.of(web)).build();
        try (TestListener listener = TestListener.with(RecordingAcceptor.recorder(), config);
                RawWebSocketClient client = RawWebSocketClient.connect(listener.port())) {
            for (int i = 0; i < 2; i++) {
                client.send(HEAD.getBytes(StandardCharsets.US_ASCII));
                readHead(client);
                assertThat(client.request("GET /small.txt HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                        .startsWith("HTTP/1.1 200");
                listener.timers.advance(Duration.ofSeconds(4));
            }
            await().until(() -> listener.sockets() == 0);
        }
    }
}
