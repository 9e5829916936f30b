package io.junctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.http.IpNetwork;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ProxyConfig;
import io.junctor.server.RouterServer;
import io.junctor.server.connector.RefusalLog;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The log lines about refused requests and sockets. */
@Timeout(60)
class RefusalLogTest {
    private static final String UPGRADE = "Upgrade: websocket~Connection: Upgrade~Sec-WebSocket-Version: 13~"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==~";

    @RegisterExtension
    final LogLines lines = new LogLines(RefusalLog.class);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET /nothing HTTP/1.1~Host: localhost~~ | 404 | the path of the WebSocket is /ws
            POST /nothing HTTP/1.1~Host: localhost~Content-Length: 0~~ | 404 | the path of the WebSocket is /ws
            POST /health HTTP/1.1~Host: localhost~Content-Length: 0~~ | 405 | this path answers GET only
            GET /ws HTTP/1.1~Host: localhost~~ | 426 | it is not an upgrade to WebSocket version 13
            GET /health HTTP/1.1~Host: evil.test~~ | 421 | Host 'evil.test' is neither a loopback name nor a host in 'origins'
            GET /ws HTTP/1.1~Host: localhost~UPGRADE~ | 400 | Sec-WebSocket-Protocol (none) names none of wamp.2.json
            GET /ws HTTP/1.1~Host: localhost~UPGRADESec-WebSocket-Protocol: soap~~ | 400 | Sec-WebSocket-Protocol 'soap' names none of wamp.2.json
            GET /ws HTTP/1.1~Host: localhost~UPGRADEOrigin: https://evil.test~~ | 403 | Origin 'https://evil.test' is neither in 'origins' nor the host of the request
            GET /ws HTTP/1.1~Host: localhost~X: LONG~~ | 431 | Request Header Fields Too Large
            NONSENSE~~ | 400 | Bad Request
            """)
    void eachRefusedRequestIsLoggedWithListenerAddressAndRule(String request, int status, String rule)
            throws Exception {
        try (RouterServer server = RouterServer.start(config(ListenerConfig.of("127.0.0.1", 0)))) {
            int port = server.listeners().getFirst().port();
            String text = request.replace("UPGRADE", UPGRADE)
                    .replace("LONG", "y".repeat(9_000))
                    .replace("~", "\r\n");
            assertThat(answer(port, text)).startsWith("HTTP/1.1 " + status);
            assertThat(lines.take())
                    .startsWith("INFO listener 127.0.0.1:" + port + " refused ")
                    .contains(" from 127.0.0.1:")
                    .contains(" with status " + status + ": ")
                    .contains(rule);
        }
    }

    @Test
    void anAddressGetsOneLineInAMinuteAndLongValuesAreCut() throws Exception {
        try (RouterServer server = RouterServer.start(config(ListenerConfig.of("127.0.0.1", 0)))) {
            int port = server.listeners().getFirst().port();
            for (int i = 0; i < 3; i++) {
                answer(port, "GET /" + "n/".repeat(250) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }
            assertThat(lines.take()).contains("/" + "n/".repeat(49) + "n...'").doesNotContain("n/".repeat(50));
            assertThat(lines.all()).isEmpty();
        }
    }

    @Test
    void aSocketFromAnAddressThatIsNoTrustedProxyIsLogged() throws Exception {
        List<IpNetwork> proxies = List.of(Objects.requireNonNull(IpNetwork.parse("192.0.2.1")));
        ListenerConfig listener = ListenerConfig.builder()
                .port(0)
                .proxies(new ProxyConfig(proxies, true))
                .build();
        try (RouterServer server = RouterServer.start(config(listener))) {
            assertThat(answer(server.listeners().getFirst().port(), "")).isEmpty();
            assertThat(lines.take())
                    .contains(" refused the connection from 127.0.0.1:")
                    .endsWith("its address is not in 'trusted_proxies'");
        }
    }

    @Test
    void aSlashBehindThePathOfTheWebSocketChangesNothing() throws Exception {
        try (RouterServer server = RouterServer.start(config(ListenerConfig.of("127.0.0.1", 0)))) {
            String request = "GET /ws/ HTTP/1.1\r\nHost: localhost\r\n" + UPGRADE.replace("~", "\r\n")
                    + "Sec-WebSocket-Protocol: wamp.2.json\r\n\r\n";
            assertThat(answer(server.listeners().getFirst().port(), request)).startsWith("HTTP/1.1 101");
            assertThat(lines.all()).isEmpty();
        }
    }

    private static RouterConfig config(ListenerConfig listener) {
        return RouterConfig.builder().listener(listener).build();
    }

    private static String answer(int port, String request) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
        }
    }
}
