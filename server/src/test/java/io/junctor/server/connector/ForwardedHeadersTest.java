package io.junctor.server.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.router.config.AcceptLimits;
import io.junctor.router.config.IpNetwork;
import io.junctor.router.config.ListenerConfig;
import io.junctor.router.config.ListenerLimits;
import io.junctor.router.config.ProxyConfig;
import io.junctor.router.connection.Connection;
import io.junctor.router.metrics.Counter;
import io.junctor.server.ListenFailure;
import io.junctor.server.websocket.Edge;
import io.junctor.server.websocket.RawClient;
import io.junctor.server.websocket.Switchboard;
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

/** Over real sockets: 127.0.0.1 and its neighbours are the addresses that clients and proxies of this machine can have. */
@Timeout(60)
class ForwardedHeadersTest {
    private static final String JSON = "Sec-WebSocket-Protocol: wamp.2.json";
    private static final String SEVEN = "X-Forwarded-For: 192.0.2.7";
    private static final int MOST = 2;

    private static Edge behind(String... proxies) throws ListenFailure {
        ListenerLimits usual = ListenerLimits.DEFAULT;
        ListenerLimits limits = new ListenerLimits(
                usual.messageBytes(),
                usual.depth(),
                usual.helloTimeout(),
                usual.authTimeout(),
                usual.pingInterval(),
                usual.pongWait(),
                usual.stalledWriter(),
                new AcceptLimits(5_000, MOST));
        List<IpNetwork> networks = Arrays.stream(proxies)
                .map(text -> Objects.requireNonNull(IpNetwork.parse(text)))
                .toList();
        return Edge.with(
                Switchboard.recorder(),
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

    /** What the router sees of a client that comes in with these header lines. */
    private static Connection seen(Edge edge, String... lines) throws Exception {
        try (RawClient client = RawClient.connect(edge.port())) {
            assertThat(client.request(RawClient.handshake(withJson(lines)))).startsWith("HTTP/1.1 101");
            return edge.switchboard.await().connection;
        }
    }

    private static String status(RawClient client, String... lines) throws IOException {
        return client.request(RawClient.handshake(withJson(lines))).substring("HTTP/1.1 ".length(), 12);
    }

    @Test
    void headersAreBelievedFromTrustedProxiesOnly() throws Exception {
        try (Edge edge = behind("127.0.0.2", "10.0.0.0/8")) {
            Connection direct = seen(edge, SEVEN, "X-Forwarded-Proto: http");
            assertThat(direct.address()).isEqualTo("127.0.0.1");
            assertThat(direct.peer()).matches("127\\.0\\.0\\.1:[0-9]+");
            assertThat(direct.isPrivate()).isTrue();
        }
        try (Edge edge = behind("127.0.0.1")) {
            Connection forwarded = seen(edge, SEVEN);
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
        try (Edge edge = behind("127.0.0.1", "10.0.0.0/8")) {
            assertThat(seen(edge, "X-Forwarded-For: " + header).address()).isEqualTo(address);
        }
    }

    @Test
    void severalLinesAreOneList() throws Exception {
        try (Edge edge = behind("127.0.0.1")) {
            assertThat(seen(edge, "X-Forwarded-For: 203.0.113.9", SEVEN).address())
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
    void aProxyThatNamesNoAddressGetsNobodyIn(String header) throws Exception {
        try (Edge edge = behind("127.0.0.1");
                RawClient client = RawClient.connect(edge.port())) {
            assertThat(client.request(RawClient.handshake(withJson("X-Forwarded-For: " + header))))
                    .startsWith("HTTP/1.1 400")
                    .contains("is no address");
            assertThat(edge.counters.value(Counter.CONNECTIONS_REFUSED)).isEqualTo(1);
        }
    }

    @Test
    void onlyTheTrustedProxySaysWhetherTheClientIsEncrypted() throws Exception {
        try (Edge edge = behind("127.0.0.1")) {
            assertThat(seen(edge, SEVEN, "X-Forwarded-Proto: https").isPrivate())
                    .isTrue();
            assertThat(seen(edge, SEVEN, "X-Forwarded-Proto: wss").isPrivate()).isTrue();
            assertThat(seen(edge, "X-Forwarded-Proto: https").isPrivate()).isTrue();
            assertThat(seen(edge, SEVEN, "X-Forwarded-Proto: http").isPrivate()).isFalse();
            assertThat(seen(edge, SEVEN, "X-Forwarded-Proto: https, http").isPrivate())
                    .isFalse();
            assertThat(seen(edge, SEVEN).isPrivate()).isFalse();
        }
    }

    @Test
    void whoComesFromAProxyIsNeverOfThisMachine() throws Exception {
        try (Edge edge = behind("127.0.0.1")) {
            assertThat(seen(edge).isPrivate()).isFalse();
            assertThat(seen(edge, "X-Forwarded-For: 127.0.0.1").isPrivate()).isFalse();
        }
    }

    @Test
    void anAddressHasAsManyWebSocketsAsItMayHave() throws Exception {
        try (Edge edge = behind("127.0.0.1");
                RawClient first = RawClient.connect(edge.port());
                RawClient second = RawClient.connect(edge.port());
                RawClient third = RawClient.connect(edge.port());
                RawClient other = RawClient.connect(edge.port())) {
            assertThat(status(first, SEVEN)).isEqualTo("101");
            assertThat(status(second, SEVEN)).isEqualTo("101");
            assertThat(third.request(RawClient.handshake(JSON, SEVEN)))
                    .startsWith("HTTP/1.1 429")
                    .contains("as many connections as it may have: 2 (connections_per_address)");
            assertThat(edge.counters.value(Counter.CONNECTIONS_REFUSED)).isEqualTo(1);
            assertThat(status(other, "X-Forwarded-For: 192.0.2.8")).isEqualTo("101");

            first.close();
            await().until(() -> status(third, SEVEN).equals("101"));
        }
    }

    @Test
    void theAddressesOfAnIpv6NetworkAreOne() throws Exception {
        try (Edge edge = behind("127.0.0.1");
                RawClient first = RawClient.connect(edge.port());
                RawClient second = RawClient.connect(edge.port());
                RawClient third = RawClient.connect(edge.port())) {
            assertThat(status(first, "X-Forwarded-For: 2001:db8::1")).isEqualTo("101");
            assertThat(status(second, "X-Forwarded-For: 2001:db8::2:1")).isEqualTo("101");
            assertThat(status(third, "X-Forwarded-For: 2001:db8::3:4:5:6")).isEqualTo("429");
            assertThat(status(third, "X-Forwarded-For: 2001:db8:0:1::1")).isEqualTo("101");
        }
    }

    @Test
    void howeverAConnectionEndsItIsGivenBack() throws Exception {
        try (Edge edge = behind("127.0.0.1")) {
            for (int i = 0; i < 20; i++) {
                try (RawClient refused = RawClient.connect(edge.port())) {
                    assertThat(refused.request(RawClient.handshake("Sec-WebSocket-Protocol: soap", SEVEN)))
                            .startsWith("HTTP/1.1 400");
                    assertThat(refused.request("GET /health HTTP/1.1\r\nHost: localhost\r\n" + SEVEN + "\r\n\r\n"))
                            .startsWith("HTTP/1.1 200");
                }
                RawClient hasty = RawClient.connect(edge.port());
                hasty.send(RawClient.handshake(JSON, SEVEN).getBytes(StandardCharsets.US_ASCII));
                hasty.reset();
            }
            try (RawClient first = RawClient.connect(edge.port());
                    RawClient second = RawClient.connect(edge.port());
                    RawClient third = RawClient.connect(edge.port())) {
                await().until(() -> status(first, SEVEN).equals("101"));
                await().until(() -> status(second, SEVEN).equals("101"));
                assertThat(status(third, SEVEN)).isEqualTo("429");
            }
        }
    }

    @Test
    void programsOfThisMachineHaveNoLimitAndAHeaderChangesNothing() throws Exception {
        try (Edge edge = behind("127.0.0.2")) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i <= MOST; i++) {
                RawClient client = RawClient.connect(edge.port());
                clients.add(client);
                assertThat(status(client, SEVEN)).isEqualTo("101");
            }
            for (int i = 0; i <= MOST; i++) {
                RawClient proxied = RawClient.connectFrom("127.0.0.2", edge.port());
                clients.add(proxied);
                assertThat(status(proxied)).isEqualTo(i < MOST ? "101" : "429");
            }
            for (RawClient client : clients) {
                client.close();
            }
        }
    }
}
