package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.client.Args;
import io.junctor.client.PublishOptions;
import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.client.auth.Authentication;
import io.junctor.router.spi.AuthMethod;
import io.junctor.testkit.Peer;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.testkit.tls.TestCertificate;
import io.junctor.wamp.auth.Cra;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.Serializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The files of {@code examples/crossbar} do what their counterparts of Crossbar.io do. */
@Timeout(60)
class CrossbarTwinsTest {
    private static final String SECRET = CrossbarTwin.SECRET;
    private static final String DENIED = "wamp.error.authentication_denied";
    private static final Authentication AUTHENTICATOR = Authentication.ticket("authenticator", SECRET);

    private static void expectIdentity(Session session, String authid, String authrole) {
        assertThat(session.authid()).isEqualTo(authid);
        assertThat(session.authrole()).isEqualTo(authrole);
    }

    private static void expectRefused(CrossbarTwin twin, Authentication proof, String reason) {
        assertThatThrownBy(() -> twin.join(proof))
                .isInstanceOfSatisfying(
                        WampException.class,
                        refused -> assertThat(refused.uri()).isEqualTo(reason));
    }

    @Test
    void eachFileIsReadWithoutErrors() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "examples", "crossbar"))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.replace(".yaml", ""))
                    .toList();
            assertThat(names)
                    .hasSizeGreaterThan(10)
                    .allSatisfy(
                            name -> assertThat(CrossbarTwin.read(name).realms()).isNotEmpty());
        }
    }

    @Test
    void anonymousStatic() throws Exception {
        try (CrossbarTwin twin = CrossbarTwin.open("anonymous-static")) {
            assertThat(twin.join(Authentication.anonymous()).authrole()).isEqualTo("public");
        }
    }

    @Test
    void anonymousDynamic() throws Exception {
        try (CrossbarTwin twin = CrossbarTwin.open("anonymous-dynamic")) {
            twin.authenticate("realm1", AUTHENTICATOR, invocation -> Map.of("role", "public", "authid", "guest-7"));
            expectIdentity(twin.join(Authentication.anonymous()), "guest-7", "public");
        }
    }

    @Test
    void ticketStaticWithItsPermissions() throws Exception {
        try (CrossbarTwin twin = CrossbarTwin.open("ticket-static")) {
            Session backend = twin.join(Authentication.ticket("backend", SECRET));
            backend.register(
                    "com.example.add2", call -> call.argument(0, Integer.class) + call.argument(1, Integer.class));
            assertThatThrownBy(() -> backend.subscribe("com.example.topic2", event -> {}))
                    .hasMessageContaining("com.example.topic2");
            Session frontend = twin.join(Authentication.ticket("client1", SECRET));
            expectIdentity(frontend, "client1", "frontend");
            expectFrontend(frontend);
            expectRefused(twin, Authentication.ticket("client2", "wrong"), DENIED);
        }
    }

    private static void expectFrontend(Session frontend) {
        assertThat(frontend.call("com.example.add2", 2, 3).as(Integer.class)).isEqualTo(5);
        PublishOptions acknowledged = PublishOptions.DEFAULT.acknowledged();
        frontend.publish("com.example.topic1", Args.of("x"), acknowledged);
        for (String topic : List.of("com.example.topic2", "com.foobar.topic2")) {
            assertThatThrownBy(() -> frontend.publish(topic, Args.of("x"), acknowledged))
                    .hasMessageContaining(topic);
        }
        assertThatThrownBy(() -> frontend.register("com.example.mul2", call -> 0))
                .hasMessageContaining("com.example.mul2");
    }

    @Test
    void ticketDynamic() throws Exception {
        try (CrossbarTwin twin = CrossbarTwin.open("ticket-dynamic")) {
            twin.authenticate("realm1", AUTHENTICATOR, invocation -> {
                Map<?, ?> details = invocation.argument(2, Map.class);
                if (SECRET.equals(details.get("ticket"))) {
                    return "frontend";
                }
                throw new WampException("com.example.invalid_ticket", Args.of("not this one"));
            });
            expectIdentity(twin.join(Authentication.ticket("joe", SECRET)), "joe", "frontend");
            expectIdentity(twin.join(Authentication.ticket("backend", SECRET)), "backend", "backend");
            expectRefused(twin, Authentication.ticket("joe", "wrong"), "com.example.invalid_ticket");
        }
    }

    @Test
    void wampcraStatic() throws Exception {
        try (CrossbarTwin twin = CrossbarTwin.open("wampcra-static")) {
            for (String authid : List.of("client1", "client2")) {
                expectIdentity(twin.join(Authentication.wampcra(authid, SECRET)), authid, "frontend");
                expectRefused(twin, Authentication.wampcra(authid, "wrong"), DENIED);
            }
        }
    }

    @Test
    void wampcraDynamic() throws Exception {
        try (CrossbarTwin twin = CrossbarTwin.open("wampcra-dynamic")) {
            Map<String, Object> salted = Map.of(
                    "role",
                    "frontend",
                    "secret",
                    Cra.derivedKey(SECRET, "salt123", 100, 16),
                    "salt",
                    "salt123",
                    "iterations",
                    100,
                    "keylen",
                    16);
            twin.authenticate(
                    "realm1",
                    Authentication.wampcra("authenticator", SECRET),
                    invocation -> invocation.argument(1, String.class).equals("joe")
                            ? Map.of("role", "backend", "secret", SECRET)
                            : salted);
            expectIdentity(twin.join(Authentication.wampcra("joe", SECRET)), "joe", "backend");
            expectIdentity(twin.join(Authentication.wampcra("client2", SECRET)), "client2", "frontend");
            expectRefused(twin, Authentication.wampcra("joe", "wrong"), DENIED);
        }
    }

    @Test
    void scramStatic() throws Exception {
        String user = "foobar@example.com";
        try (CrossbarTwin twin = CrossbarTwin.open("scram-static")) {
            expectIdentity(twin.join(Authentication.scram(user, SECRET)), user, "user");
            expectRefused(twin, Authentication.scram(user, "wrong"), DENIED);
            // The client that has this form is Autobahn's, see InteropTwinsTest.
            try (Peer peer = peer(twin, List.of())) {
                Map<String, Object> nonce = Map.of("nonce", "AAAA");
                UserRealms.hello(peer, List.of("scram"), Map.of("authid", user, "authextra", nonce));
                assertThat(UserRealms.challenge(peer, AuthMethod.AUTOBAHN_SCRAM)
                                .extra()
                                .entries())
                        .containsEntry("kdf", "argon2id-13")
                        .containsEntry("iterations", 3L)
                        .containsEntry("memory", 1_024L);
                peer.cut();
            }
        }
    }

    private static Peer peer(CrossbarTwin twin, List<String> headers) {
        return new Peer(WebSocketTransport.open(twin.uri(), Serializer.CBOR, headers));
    }

    @Test
    void cryptosignStatic() throws Exception {
        try (CrossbarTwin twin = CrossbarTwin.open("cryptosign-static")) {
            String first = CrossbarTwin.CLIENT01;
            String second = CrossbarTwin.CLIENT02;
            expectIdentity(twin.join(Authentication.cryptosign(first, CrossbarTwin.key(1))), first, "device");
            expectIdentity(twin.join(Authentication.cryptosign(null, CrossbarTwin.key(1))), first, "device");
            expectIdentity(twin.join(Authentication.cryptosign(second, CrossbarTwin.key(3))), second, "device");
            expectRefused(twin, Authentication.cryptosign(first, CrossbarTwin.key(2)), DENIED);
        }
    }

    @Test
    void cryptosignDynamic() throws Exception {
        try (CrossbarTwin twin = CrossbarTwin.open("cryptosign-dynamic")) {
            twin.authenticate(
                    "realm-auth",
                    Authentication.cryptosign("authenticator", CrossbarTwin.key(9)),
                    invocation -> Map.of("role", "device", "authid", "door", "pubkey", CrossbarTwin.publicKey(1)));
            expectIdentity(twin.join(Authentication.cryptosign(null, CrossbarTwin.key(1))), "door", "device");
            expectRefused(twin, Authentication.cryptosign(null, CrossbarTwin.key(2)), DENIED);
        }
    }

    @Test
    void cryptosignOverTls() throws Exception {
        try (CrossbarTwin twin = CrossbarTwin.open("cryptosign-tls")) {
            String first = CrossbarTwin.CLIENT01;
            expectIdentity(twin.join(Authentication.cryptosign(first, CrossbarTwin.key(1))), first, "device");
        }
    }

    @Test
    void tlsStatic() throws Exception {
        TestCertificate other = CrossbarTwin.AUTHORITY.issue("CN=client_0,O=Plant");
        try (CrossbarTwin twin = CrossbarTwin.open("tls-static")) {
            Session session =
                    twin.join("realm1", Authentication.tls(), CrossbarTwin.CLIENT0.showing(CrossbarTwin.SERVER));
            expectIdentity(session, "client_0", "backend");
            assertThatThrownBy(() -> twin.join("realm1", Authentication.tls(), other.showing(CrossbarTwin.SERVER)))
                    .isInstanceOf(WampException.class);
        }
    }

    @Test
    void tlsDynamic() throws Exception {
        try (CrossbarTwin twin = CrossbarTwin.open("tls-dynamic")) {
            twin.authenticate("realm1", AUTHENTICATOR, invocation -> {
                String details = invocation.argument(2, Map.class).toString();
                String authid = details.contains("CN=client_0") ? "client_0" : "other";
                return Map.of("role", "backend", "authid", authid);
            });
            Session session =
                    twin.join("realm1", Authentication.tls(), CrossbarTwin.CLIENT0.showing(CrossbarTwin.SERVER));
            expectIdentity(session, "client_0", "backend");
        }
    }

    @Test
    void theAuthenticatorChoosesTheRealm() throws Exception {
        try (CrossbarTwin twin = CrossbarTwin.open("realm-chosen")) {
            twin.authenticate(
                    "realm-auth",
                    AUTHENTICATOR,
                    invocation -> Map.of("role", "user", "realm", "realm-" + invocation.argument(1, String.class)));
            for (String user : List.of("user1", "user2")) {
                try (Peer peer = peer(twin, List.of())) {
                    Map<String, Object> roles = Map.of("caller", Map.of());
                    peer.sendList(1, null, Map.of("roles", roles, "authmethods", List.of("ticket"), "authid", user));
                    UserRealms.challenge(peer, AuthMethod.TICKET);
                    Welcome welcome = UserRealms.answer(peer, "x").expectWelcome();
                    assertThat(welcome.details().realm()).isEqualTo("realm-" + user);
                }
            }
        }
    }

    @Test
    void theAuthenticatorIsToldTheCookie() throws Exception {
        try (CrossbarTwin twin = CrossbarTwin.open("cookie")) {
            twin.authenticate("realm1", AUTHENTICATOR, invocation -> {
                Map<?, ?> details = invocation.argument(2, Map.class);
                Map<?, ?> transport = (Map<?, ?>) Objects.requireNonNull(details.get("transport"));
                Map<?, ?> cookies = (Map<?, ?>) transport.get("http_cookies_received");
                if (cookies == null) {
                    throw new WampException("com.example.no_session", Args.of("no session"));
                }
                return Map.of("role", "frontend", "authid", Objects.requireNonNull(cookies.get("session")));
            });
            try (Peer peer = peer(twin, List.of("Cookie: theme=dark; session=anna"))) {
                Welcome welcome = peer.join("realm1");
                Identity identity = welcome.details().identity();
                assertThat(identity.authid()).isEqualTo("anna");
                assertThat(identity.authrole()).isEqualTo("frontend");
            }
            expectRefused(twin, Authentication.anonymous(), "com.example.no_session");
        }
    }

    @Test
    void authorizerDynamic() throws Exception {
        try (CrossbarTwin twin = CrossbarTwin.open("authorizer-dynamic")) {
            Session authorizer = twin.join(Authentication.ticket("authorizer", SECRET));
            authorizer.register(
                    "com.example.auth",
                    invocation -> invocation.argument(1, String.class).startsWith("com.example.open."));
            Session app = twin.join(Authentication.anonymous());
            app.register("com.example.open.add", call -> 5);
            assertThat(app.call("com.example.open.add").as(Integer.class)).isEqualTo(5);
            assertThatThrownBy(() -> app.register("com.example.closed.add", call -> 5))
                    .hasMessageContaining("com.example.closed.add");
        }
    }

    @Test
    void encryption() throws Exception {
        try (CrossbarTwin twin = CrossbarTwin.open("tls")) {
            assertThat(twin.join(Authentication.anonymous()).authrole()).isEqualTo("anonymous");
        }
    }
}
