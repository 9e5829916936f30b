package io.junctor.server.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.router.config.http.IpNetwork;
import io.junctor.router.config.listener.AcceptLimits;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.config.listener.ProxyConfig;
import io.junctor.router.connection.transport.Connection;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.server.ListenException;
import io.junctor.server.TestListener;
import io.junctor.testkit.RawWebSocketClient;
import io.junctor.testkit.RecordingAcceptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Uses real sockets: clients and proxies of this machine have addresses such as 127.0.0.1 and 127.0.0.2.
 */
@Timeout(60)
class ForwardedHeadersTest {
    private static final String JSON = "Sec-WebSocket-Protocol: wamp.2.json";
    private static final String SEVEN = "X-Forwarded-For: 192.0.2.7";
    private static final int MOST = 2;

    private static TestListener behind(String... proxies) throws ListenException {
        ListenerLimits limits = ListenerLimits.DEFAULT.withArrivals(new AcceptLimits(5_000, MOST));
        List<IpNetwork> networks = Arrays.stream(proxies)
                .map(text -> Objects.requireNonNull(IpNetwork.parse(text)))
                .toList();
        return TestListener.with(
                RecordingAcceptor.recorder(),
                ListenerConfig.builder()
                        .port(0)
                        .limits(limits)
                        .proxies(new ProxyConfig(networks, false))
                        .build());
    }

    private static String[] withJson(String... lines) {
        List<String> all = new ArrayList<>(List.of(lines));
        all.add(JSON);
        return all.toArray(String[]::new);
    }

    /** Connects with these header lines and returns what the router knows about the client. */
    private static Connection seen(TestListener listener, String... lines) throws Exception {
        try (RawWebSocketClient client = RawWebSocketClient.connect(listener.port())) {
            assertThat(client.request(RawWebSocketClient.handshake(withJson(lines))))
                    .startsWith("HTTP/1.1 101");
            return listener.acceptor.await().connection;
        }
    }

    private static String status(RawWebSocketClient client, String... lines) throws IOException {
        return client.request(RawWebSocketClient.handshake(withJson(lines))).substring("HTTP/1.1 ".length(), 12);
    }

    @Test
    void headersAreBelievedFromTrustedProxiesOnly() throws Exception {
        try (TestListener listener = behind("127.0.0.2", "10.0.0.0/8")) {
            Connection direct = seen(listener, SEVEN, "X-Forwarded-Proto: http");
            assertThat(direct.address()).isEqualTo("127.0.0.1");
            assertThat(direct.peer()).matches("127\\.0\\.0\\.1:[0-9]+");
            assertThat(direct.isPrivate()).isTrue();
        }
        try (TestListener listener = behind("127.0.0.1")) {
            Connection forwarded = seen(listener, SEVEN);
            assertThat(forwarded.address()).isEqualTo("192.0.2.7");
            assertThat(forwarded.peer()).matches("192\\.0\\.2\\.7 behind 127\\.0\\.0\\.1:[0-9]+");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            127.0.0.1, 192.0.2.7 | 192.0.2.7
            nonsense, 192.0.2.7 | 192.0.2.7
            203.0.113.9, 192.0.2.7, 10.0.0.2,127.0.0.1 | 192.0.2.7
            192.0.2.7:4711 | 192.0.2.7
            ,192.0.2.7, | 192.0.2.7
            ::ffff:192.0.2.7 | 192.0.2.7
            10.0.0.3, 10.0.0.2 | 10.0.0.3
            2001:db8::1 | 2001:db8:0:0:0:0:0:0/64
            [2001:db8:1:2::9] | 2001:db8:1:2:0:0:0:0/64
            [2001:db8:1:2:aaaa::1]:443 | 2001:db8:1:2:0:0:0:0/64
            """)
    void theLastAddressThatIsNoProxysIsTheClients(String header, String address) throws Exception {
        try (TestListener listener = behind("127.0.0.1", "10.0.0.0/8")) {
            assertThat(seen(listener, "X-Forwarded-For: " + header).address()).isEqualTo(address);
        }
    }

    @Test
    void severalLinesAreOneList() throws Exception {
        try (TestListener listener = behind("127.0.0.1")) {
            assertThat(seen(listener, "X-Forwarded-For: 203.0.113.9", SEVEN).address())
                    .isEqualTo("192.0.2.7");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "192.0.2.7, _hidden",
                "192.0.2.300",
                "localhost",
                "[::1",
                "192.0.2.7:port",
                "\"192.0.2.7"
            })
    void aRequestFromAProxyThatNamesNoAddressIsRefused(String header) throws Exception {
        try (TestListener listener = behind("127.0.0.1");
                RawWebSocketClient client = RawWebSocketClient.connect(listener.port())) {
            assertThat(client.request(RawWebSocketClient.handshake(withJson("X-Forwarded-For: " + header))))
                    .startsWith("HTTP/1.1 400")
                    .contains("is not an address");
            assertThat(listener.counters.value(TransportCounter.CONNECTIONS_REFUSED))
                    .isEqualTo(1);
        }
    }

    @Test
    void onlyTheTrustedProxySaysWhetherTheClientIsEncrypted() throws Exception {
        try (TestListener listener = behind("127.0.0.1")) {
            assertThat(seen(listener, SEVEN, "X-Forwarded-Proto: https").isPrivate())
                    .isTrue();
            assertThat(seen(listener, SEVEN, "X-Forwarded-Proto: wss").isPrivate())
                    .isTrue();
            assertThat(seen(listener, "X-Forwarded-Proto: https").isPrivate()).isTrue();
            assertThat(seen(listener, SEVEN, "X-Forwarded-Proto: http").isPrivate())
                    .isFalse();
            assertThat(seen(listener, SEVEN, "X-Forwarded-Proto: https, http").isPrivate())
                    .isFalse();
            assertThat(seen(listener, SEVEN).isPrivate()).isFalse();
        }
    }

    @Test
    void aClientBehindAProxyIsNeverLocal() throws Exception {
        try (TestListener listener = behind("127.0.0.1")) {
            assertThat(seen(listener).isPrivate()).isFalse();
            assertThat(seen(listener, "X-Forwarded-For: 127.0.0.1").isPrivate()).isFalse();
        }
    }

    @Test
    void anAddressHasAsManyWebSocketsAsItMayHave() throws Exception {
        try (TestListener listener = behind("127.0.0.1");
                RawWebSocketClient first = RawWebSocketClient.connect(listener.port());
                RawWebSocketClient second = RawWebSocketClient.connect(listener.port());
                RawWebSocketClient third = RawWebSocketClient.connect(listener.port());
                RawWebSocketClient other = RawWebSocketClient.connect(listener.port())) {
            assertThat(status(first, SEVEN)).isEqualTo("101");
            assertThat(status(second, SEVEN)).isEqualTo("101");
            assertThat(third.request(RawWebSocketClient.handshake(JSON, SEVEN)))
                    .startsWith("HTTP/1.1 429")
                    .contains("as many connections as it may have: 2 (connections_per_address)");
            assertThat(listener.counters.value(TransportCounter.CONNECTIONS_REFUSED))
                    .isEqualTo(1);
            assertThat(status(other, "X-Forwarded-For: 192.0.2.8")).isEqualTo("101");

            first.close();
            await().until(() -> status(third, SEVEN).equals("101"));
        }
    }

    @Test
    void allAddressesOfAnIpv6NetworkCountAsOne() throws Exception {
        try (TestListener listener = behind("127.0.0.1");
                RawWebSocketClient first = RawWebSocketClient.connect(listener.port());
                RawWebSocketClient second = RawWebSocketClient.connect(listener.port());
                RawWebSocketClient third = RawWebSocketClient.connect(listener.port())) {
            assertThat(status(first, "X-Forwarded-For: 2001:db8::1")).isEqualTo("101");
            assertThat(status(second, "X-Forwarded-For: 2001:db8::2:1")).isEqualTo("101");
            assertThat(status(third, "X-Forwarded-For: 2001:db8::3:4:5:6")).isEqualTo("429");
            assertThat(status(third, "X-Forwarded-For: 2001:db8:0:1::1")).isEqualTo("101");
        }
    }

    @Test
    void everyEndOfAConnectionReleasesIt() throws Exception {
        try (TestListener listener = behind("127.0.0.1")) {
            for (int i = 0; i < 20; i++) {
                try (RawWebSocketClient refused = RawWebSocketClient.connect(listener.port())) {
                    assertThat(refused.request(RawWebSocketClient.handshake("Sec-WebSocket-Protocol: soap", SEVEN)))
                            .startsWith("HTTP/1.1 400");
                    assertThat(refused.request("GET /health HTTP/1.1\r\nHost: localhost\r\n" + SEVEN + "\r\n\r\n"))
                            .startsWith("HTTP/1.1 200");
                }
                RawWebSocketClient hasty = RawWebSocketClient.connect(listener.port());
                hasty.send(RawWebSocketClient.handshake(JSON, SEVEN).getBytes(StandardCharsets.US_ASCII));
                hasty.reset();
            }
            try (RawWebSocketClient first = RawWebSocketClient.connect(listener.port());
                    RawWebSocketClient second = RawWebSocketClient.connect(listener.port());
                    RawWebSocketClient third = RawWebSocketClient.connect(listener.port())) {
                await().until(() -> status(first, SEVEN).equals("101"));
                await().until(() -> status(second, SEVEN).equals("101"));
                assertThat(status(third, SEVEN)).isEqualTo("429");
            }
        }
    }

    @Test
    void programsOfThisMachineHaveNoLimitAndAHeaderChangesNothing() throws Exception {
        try (TestListener listener = behind("127.0.0.2")) {
            List<RawWebSocketClient> clients = new ArrayList<>();
            for (int i = 0; i <= MOST; i++) {
                RawWebSocketClient client = RawWebSocketClient.connect(listener.port());
                clients.add(client);
                assertThat(status(client, SEVEN)).isEqualTo("101");
            }
            for (int i = 0; i <= MOST; i++) {
                RawWebSocketClient proxied = RawWebSocketClient.connectFrom("127.0.0.2", listener.port());
                clients.add(proxied);
                assertThat(status(proxied)).isEqualTo(i < MOST ? "101" : "429");
            }
            for (RawWebSocketClient client : clients) {
                client.close();
            }
        }
    }
}
