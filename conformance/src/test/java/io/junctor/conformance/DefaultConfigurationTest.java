package io.junctor.conformance;

import io.junctor.server.yaml.ConfigFile;
import io.junctor.testkit.Peer;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients may do with the {@code realms.yaml} that a router without a file of its own uses. */
@Timeout(60)
class DefaultConfigurationTest {
    private static final List<String> OF_OPERATORS =
            List.of("junctor.session.list", "junctor.router.get", "wamp.session.list");

    private static TestRouter router(String host) {
        Path file = Path.of("..", "realms.yaml");
        return TestRouter.open(ConfigFile.read(file, Map.of("JUNCTOR_HOST", host, "JUNCTOR_PORT", "0"))
                .orThrow());
    }

    private static Peer join(TestRouter router, String... headers) {
        String uri = "ws://127.0.0.1:" + router.uri().getPort() + "/ws";
        Peer peer = new Peer(WebSocketTransport.open(URI.create(uri), Serializer.JSON, List.of(headers)));
        peer.join(Testbed.REALM);
        return peer;
    }

    private static void expectRefusals(Peer peer) {
        OF_OPERATORS.forEach(procedure -> MetaCalls.expectError(peer, WampError.NOT_AUTHORIZED, procedure));
        MetaCalls.expectError(peer, WampError.NOT_AUTHORIZED, "wamp.session.get", peer.session());
        MetaCalls.expectError(peer, WampError.NOT_AUTHORIZED, "wamp.session.kill", peer.session());
    }

    @Test
    void programsOfThisMachineSeeSessionsAndEndThem() {
        try (TestRouter router = router("127.0.0.1")) {
            Peer operator = join(router);
            OF_OPERATORS.forEach(procedure -> MetaCalls.call(operator, procedure));
            Peer other = join(router);
            MetaCalls.call(operator, "wamp.session.kill", other.session());
            other.cut();
            operator.close();
            router.expectIdle();
        }
    }

    @Test
    void aListenerOnTheNetworkHasNoOperators() {
        try (TestRouter router = router("0.0.0.0")) {
            Peer peer = join(router);
            expectRefusals(peer);
            peer.subscribe("com.example.topic");
            peer.close();
            router.expectIdle();
        }
    }

    @Test
    void aProxyThatTheRouterDoesNotKnowMakesNoOperators() {
        try (TestRouter router = router("127.0.0.1")) {
            for (String header : List.of("X-Forwarded-For: 192.0.2.7", "Forwarded: for=192.0.2.7", "Via: 1.1 proxy")) {
                Peer peer = join(router, header);
                expectRefusals(peer);
                peer.close();
            }
            router.expectIdle();
        }
    }
}
