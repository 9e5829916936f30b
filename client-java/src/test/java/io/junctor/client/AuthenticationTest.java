package io.junctor.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.client.auth.Argon2Keys;
import io.junctor.client.auth.Authentication;
import io.junctor.wamp.auth.Base64Text;
import io.junctor.wamp.auth.Cra;
import io.junctor.wamp.auth.Cryptosign;
import io.junctor.wamp.auth.ScramExchange;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.value.Dict;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

// AUTH-03, AUTH-06
class AuthenticationTest {
    private static final String PASSWORD = "pencil";
    private static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final String KEY = "01".repeat(32);
    private static final String ROUTER_KEY = "02".repeat(32);
    private static final LiveRouter ROUTER = LiveRouter.of("""
            realms:
              realm1:
                auth:
                  ticket: { users: { anna: { ticket: "pencil", role: user, other_roles: [operator] } } }
                  wampcra:
                    users:
                      anna: { secret: "pencil", role: user }
                      berta: { secret: "hash:pbkdf2:1000:salt123:%s", role: user }
                  wamp-scram:
                    users:
                      anna: { password: "hash:pbkdf2:4096:%s", role: user }
                      berta: { password: "hash:argon2id13:1,1024:%s", role: user }
                      cheap: { password: "hash:pbkdf2:4095:%s", role: user }
                  cryptosign: { router_key: "%s", users: { anna: { keys: ["%s"], role: user } } }
                  jwt: { keys: '%s', issuer: login, audience: shop, role: user }
                roles: { user: , operator: }
            """.formatted(
                    Cra.derivedKey(PASSWORD, "salt123", 1000, 32),
                    scram(ScramExchange.pbkdf2(PASSWORD, SALT, 4096)),
                    scram(Argon2Keys.derive(PASSWORD, SALT, 1, 1024)),
                    scram(ScramExchange.pbkdf2(PASSWORD, SALT, 4095)),
                    ROUTER_KEY,
                    publicKey(KEY),
                    Tokens.keySet(KEY)));

    private static String scram(byte[] salted) {
        return Base64Text.of(SALT) + ":" + Base64Text.of(ScramExchange.storedKey(salted)) + ":"
                + Base64Text.of(ScramExchange.serverKey(salted));
    }

    private static String publicKey(String privateKey) {
        return Cryptosign.hex(Cryptosign.publicKey(HexFormat.of().parseHex(privateKey)));
    }

    @AfterAll
    static void close() {
        ROUTER.close();
    }

    @Test
    void eachMethodOpensASession() {
        expectJoin(Authentication.ticket("anna", PASSWORD));
        expectJoin(Authentication.wampcra("anna", PASSWORD));
        expectJoin(Authentication.wampcra("berta", PASSWORD));
        expectJoin(Authentication.scram("anna", PASSWORD));
        expectJoin(Authentication.scram("berta", PASSWORD));
        expectJoin(Authentication.cryptosign("anna", KEY));
        expectJoin(Authentication.cryptosign(null, KEY, publicKey(ROUTER_KEY)));
        expectJoin(Authentication.ticket("anna", PASSWORD).role("operator"));
    }

    private static void expectJoin(Authentication authentication) {
        int port = URI.create(ROUTER.uri()).getPort();
        List<String> uris = List.of(ROUTER.uri(), "http://127.0.0.1:" + port + "/ws", "tcp://127.0.0.1:" + port);
        for (String uri : uris) {
            Client client = Client.builder(uri).authentication(authentication).build();
            try (Session session = client.join()) {
                assertThat(session.isOpen()).as(authentication + " " + uri).isTrue();
            }
        }
        Client inside =
                Client.builder(ROUTER.router()).authentication(authentication).build();
        try (Session session = inside.join()) {
            assertThat(session.isOpen()).as(authentication + " in the process").isTrue();
        }
    }

    @Test
    void wrongSecretsAreDenied() {
        expectRefusal(Authentication.ticket("anna", "wrong"), "wamp.error.authentication_denied");
        expectRefusal(Authentication.wampcra("nobody", PASSWORD), "wamp.error.authentication_denied");
        expectRefusal(Authentication.scram("anna", "wrong"), "wamp.error.authentication_denied");
        expectRefusal(Authentication.cryptosign("anna", "03".repeat(32)), "wamp.error.authentication_denied");
        expectRefusal(Authentication.anonymous(), "wamp.error.authentication_required");
    }

    @Test
    void aClientThatRequiresTheProofOfTheRouterLeavesWithoutIt() {
        expectRefusal(Authentication.cryptosign("anna", KEY, publicKey(KEY)), "wamp.error.cannot_authenticate");
        expectRefusal(Authentication.scram("cheap", PASSWORD), "wamp.error.cannot_authenticate");
    }

    private static void expectRefusal(Authentication authentication, String reason) {
        assertThatThrownBy(() -> client(authentication).join())
                .isInstanceOfSatisfying(
                        WampException.class,
                        refused -> assertThat(refused.uri()).isEqualTo(reason));
    }

    private static Client client(Authentication authentication) {
        return Client.builder(ROUTER.uri()).authentication(authentication).build();
    }

    @Test
    void aTokenIsAskedForAndSent() {
        ScriptedSession scripted = ScriptedSession.unjoined();
        var joining = scripted.with(builder -> builder.authentication(Authentication.jwt(() -> "a.b.c")))
                .joinAsync();
        assertThat(scripted.router.expect(Hello.class).details().authmethods()).containsExactly("jwt");
        scripted.router.send(new Challenge("jwt", Dict.EMPTY));
        assertThat(scripted.router.expect(Authenticate.class).signature()).isEqualTo("a.b.c");
        joining.cancel(false);
    }

    @Test
    void aTokenOpensASessionAtEachJoin() {
        AtomicInteger asked = new AtomicInteger();
        Client client = client(Authentication.jwt(() -> {
            asked.incrementAndGet();
            return Tokens.token(KEY, "anna", 60);
        }));
        for (int i = 0; i < 2; i++) {
            try (Session session = client.join()) {
                assertThat(session.authid()).isEqualTo("anna");
                assertThat(session.authrole()).isEqualTo("user");
            }
        }
        assertThat(asked).hasValue(2);
    }

    @Test
    void aTokenThatDoesNotHoldIsDenied() {
        expectRefusal(Authentication.jwt(() -> Tokens.token(KEY, "anna", -60)), "wamp.error.authentication_denied");
        expectRefusal(
                Authentication.jwt(() -> Tokens.token(ROUTER_KEY, "anna", 60)), "wamp.error.authentication_denied");
        expectRefusal(Authentication.jwt(() -> "a.b.c"), "wamp.error.authentication_denied");
    }

    @Test
    void aTokenThatCannotBeHadEndsTheJoin() {
        expectRefusal(
                Authentication.jwt(() -> {
                    throw new IllegalStateException("logged out");
                }),
                "wamp.error.cannot_authenticate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAAAAAAAAAAAAAAAAAAAA=="})
    void aRouterThatDoesNotContinueTheNonceIsLeft(String nonce) {
        ScriptedSession scripted = ScriptedSession.unjoined();
        var joining = scripted.with(builder -> builder.authentication(Authentication.scram("anna", PASSWORD)))
                .joinAsync();
        String own = String.valueOf(
                scripted.router.expect(Hello.class).details().authextra().text("nonce"));
        Dict extra = new Dict.Builder()
                .put("nonce", nonce.isEmpty() ? own : nonce)
                .put("salt", Base64Text.of(SALT))
                .put("kdf", "pbkdf2")
                .put("iterations", 4096L)
                .build();
        scripted.router.send(new Challenge("wamp-scram", extra));
        assertThat(scripted.router.expect(Abort.class).reason().text()).isEqualTo("wamp.error.cannot_authenticate");
        assertThat(ScriptedSession.failure(joining).uri()).isEqualTo("wamp.error.cannot_authenticate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ticket", "wampcra", "wamp-scram"})
    void noSecretIsTold(String method) {
        ScriptedSession scripted = ScriptedSession.unjoined();
        var joining = scripted.with(builder -> builder.authentication(Authentication.cryptosign("anna", KEY)))
                .joinAsync();
        scripted.router.expect(Hello.class);
        scripted.router.send(new Challenge(method, Dict.of("challenge", "00".repeat(32))));
        Abort abort = scripted.router.expect(Abort.class);
        assertThat(abort.reason().text()).isEqualTo("wamp.error.cannot_authenticate");
        assertThat(Objects.requireNonNull(abort.details().message())).contains(method);
        assertThat(ScriptedSession.failure(joining).uri()).isEqualTo("wamp.error.cannot_authenticate");
    }

    @Test
    void textShowsNoSecret() {
        assertThat(Authentication.ticket("anna", PASSWORD)).hasToString("Authentication[ticket, anna]");
    }
}
