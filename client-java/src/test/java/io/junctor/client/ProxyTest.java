package io.junctor.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.server.RouterServer;
import io.junctor.testkit.tls.TestCertificate;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connects to the real router through an HTTP proxy. Only the proxy can resolve the host name of the router. */
@Timeout(60)
class ProxyTest {
    private static final String ROUTER_NAME = "router.internal.example";

    private final LiveRouter router = new LiveRouter(ROUTER_NAME, "plant_router");
    private final Properties saved = (Properties) System.getProperties().clone();
    private ConnectingProxy proxy;

    @BeforeEach
    void start() throws Exception {
        proxy = new ConnectingProxy(URI.create(router.uri()).getPort());
    }

    @AfterEach
    void stop() throws Exception {
        System.setProperties(saved);
        proxy.close();
        router.close();
    }

    private String uri() {
        return "ws://" + ROUTER_NAME + ":8080/ws";
    }

    private void assertJoins(Client client) {
        try (Session session = client.join()) {
            assertThat(session.isOpen()).isTrue();
        }
        assertThat(proxy.target()).isEqualTo(ROUTER_NAME + ":8080");
    }

    @Test
    void aProxyThatIsSetOpensATunnelToTheRouter() {
        assertJoins(Client.builder(uri()).proxy("127.0.0.1", proxy.port()).build());
        assertThat(proxy.authorization()).isEmpty();
    }

    @Test
    void nameAndPasswordAreSentToTheProxy() {
        assertJoins(Client.builder(uri())
                .proxy("127.0.0.1", proxy.port(), "ann", "pencil")
                .build());
        assertThat(proxy.authorization()).contains("Basic YW5uOnBlbmNpbA==");
    }

    @Test
    void theProxyOfTheSystemPropertiesIsUsed() {
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", String.valueOf(proxy.port()));
        System.setProperty("http.proxyUser", "ann");
        System.setProperty("http.proxyPassword", "pencil");
        assertJoins(Client.builder(uri()).build());
        assertThat(proxy.authorization()).contains("Basic YW5uOnBlbmNpbA==");
    }

    @Test
    void rawSocketAndLongPollUseTheSameProxy() {
        for (String uri : List.of("tcp://" + ROUTER_NAME + ":8080", "http://" + ROUTER_NAME + ":8080/ws")) {
            assertJoins(Client.builder(uri)
                    .proxy("127.0.0.1", proxy.port(), "ann", "pencil")
                    .build());
            assertThat(proxy.authorization()).contains("Basic YW5uOnBlbmNpbA==");
            proxy.forget();
        }
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", String.valueOf(proxy.port()));
        assertJoins(Client.builder("tcp://" + ROUTER_NAME + ":8080").build());
        assertThat(proxy.authorization()).isEmpty();
        proxy.forget();
        assertJoins(Client.builder("http://" + ROUTER_NAME + ":8080/ws").build());
        proxy.refuse();
        for (String uri : List.of("tcp://" + ROUTER_NAME + ":8080", "http://" + ROUTER_NAME + ":8080/ws")) {
            // Another login, because the tunnel of the client before may still be open.
            assertThatThrownBy(() -> Client.builder(uri)
                            .proxy("127.0.0.1", proxy.port(), "eve", "pen")
                            .build()
                            .join())
                    .hasMessageContaining("cannot connect to " + uri + ": proxy 127.0.0.1:" + proxy.port()
                            + ": answered HTTP 407 to CONNECT");
        }
    }

    @Test
    void aTunnelCarriesTls() throws Exception {
        ListenerConfig listener = ListenerConfig.builder()
                .port(0)
                .origins(List.of("https://" + ROUTER_NAME))
                .tls(TestCertificate.LOCALHOST.config())
                .build();
        try (RouterServer server = RouterServer.start(RouterConfig.builder()
                        .listener(listener)
                        .realm(RealmConfig.open("realm1"))
                        .build());
                ConnectingProxy tunnels =
                        new ConnectingProxy(server.listeners().getFirst().port())) {
            for (String uri : List.of("wss://localhost:1/ws", "https://localhost:1/ws", "tls://localhost:1")) {
                Client client = Client.builder(uri)
                        .tls(TestCertificate.trusting(TestCertificate.LOCALHOST))
                        .proxy("127.0.0.1", tunnels.port())
                        .build();
                try (Session session = client.join()) {
                    assertThat(session.isOpen()).isTrue();
                }
                assertThat(tunnels.target()).isEqualTo("localhost:1");
                tunnels.forget();
            }
        }
    }

    @Test
    void theSystemPropertiesMayExcludeTheRouterAndSoMayTheBuilder() {
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", String.valueOf(proxy.port()));
        try (Session loopback = Client.builder(router.uri()).build().join()) {
            assertThat(loopback.isOpen()).isTrue();
        }
        assertThatThrownBy(() -> Client.builder(uri())
                        .noProxy()
                        .connectTimeout(Duration.ofSeconds(5))
                        .build()
                        .join())
                .hasMessageContaining("cannot connect to " + uri());
        assertThat(proxy.target()).isEmpty();
    }

    @Test
    void aHostNameMayHaveAnUnderscore() {
        Client client = Client.builder("ws://plant_router:8080/ws")
                .proxy("127.0.0.1", proxy.port())
                .build();
        try (Session session = client.join()) {
            assertThat(session.isOpen()).isTrue();
        }
        assertThat(proxy.target()).isEqualTo("plant_router:8080");
        assertThatThrownBy(() ->
                        Client.builder("ws://no_such_host.invalid/ws").build().join())
                .hasMessageContaining("cannot connect to ws://no_such_host.invalid/ws: unknown host name");
    }

    @Test
    void aProxyThatRefusesIsNamed() {
        proxy.refuse();
        assertThatThrownBy(() -> Client.builder(uri())
                        .proxy("127.0.0.1", proxy.port())
                        .build()
                        .join())
                .hasMessageContaining("cannot connect to " + uri() + ": proxy 127.0.0.1:" + proxy.port()
                        + ": answered HTTP 407 to CONNECT");
    }
}
