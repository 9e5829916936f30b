package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.spi.AuthMethod;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.value.WampError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Section 12: authentication by signed tokens. The tests sign with the JDK only. */
class JwtScenario {
    private static final KeyPair KEY = keyPair();
    private static final KeyPair NEXT_KEY = keyPair();
    private static final String ISSUER = "https://login.example.org";
    /** The clock of the tests stands near the beginning of 1970. */
    private static final long LATER = 1_000;

    private static Testbed open(Testbed testbed, @Nullable String keys, @Nullable String url) {
        AuthSource tokens = new AuthSource.Tokens(keys, url, ISSUER, "shop", "sub", "role", null);
        return testbed.realms(UserRealms.realm(new AuthMethodConfig(AuthMethod.JWT, tokens, true, null)));
    }

    @Scenario({"AUTH-03", "AUTH-08"})
    void aSignedTokenOpensASession(Testbed testbed) {
        open(testbed, keySet("1", KEY), null);
        Peer peer = hello(testbed);
        assertThat(peer.expectList()).containsExactly(4L, "jwt", Map.of());
        Welcome welcome = UserRealms.answer(peer, token("1", KEY, claims(ISSUER, "shop", LATER, "\"user\"")))
                .expectWelcome();
        assertThat(welcome.details().identity().authid()).isEqualTo("anna");
        assertThat(welcome.details().identity().authrole()).isEqualTo(UserRealms.ROLE);
        assertThat(welcome.details().identity().authmethod()).isEqualTo("jwt");
    }

    @Scenario("AUTH-08")
    void aTokenMayNameSeveralRoles(Testbed testbed) {
        open(testbed, keySet("1", KEY), null);
        Peer peer = UserRealms.hello(testbed.connect(), List.of("jwt"), Map.of("authrole", UserRealms.OTHER_ROLE));
        UserRealms.challenge(peer, AuthMethod.JWT);
        Welcome welcome = UserRealms.answer(
                        peer, token("1", KEY, claims(ISSUER, "shop", LATER, "[\"user\", \"operator\"]")))
                .expectWelcome();
        assertThat(welcome.details().identity().authrole()).isEqualTo(UserRealms.OTHER_ROLE);
    }

    @Scenario({"AUTH-04", "AUTH-05"})
    void aTokenThatDoesNotHoldIsRefused(Testbed testbed) {
        open(testbed, keySet("1", KEY), null);
        String good = claims(ISSUER, "shop", LATER, "\"user\"");
        String unsigned = base64("{\"alg\":\"none\"}") + "." + base64(good) + ".";
        for (String token : List.of(
                "",
                "a.b.c",
                unsigned,
                token("1", NEXT_KEY, good),
                token("2", NEXT_KEY, good),
                token("1", KEY, claims("https://evil.example.org", "shop", LATER, "\"user\"")),
                token("1", KEY, claims(ISSUER, "bank", LATER, "\"user\"")),
                token("1", KEY, claims(ISSUER, "shop", -100, "\"user\"")),
                token("1", KEY, good.replace("}", ",\"nbf\":900}")),
                token("1", KEY, good.replace("\"exp\":1000,", "")),
                token("1", KEY, claims(ISSUER, "shop", LATER, "7")),
                token("1", KEY, good.replace("\"anna\"", "7")),
                token("1", KEY, good.replace("\"anna\"", "[\"anna\"]")),
                token("1", KEY, good.replace("anna", "a".repeat(257))),
                token("1", KEY, good.replace("anna", "an\\u0007na")),
                token("1", KEY, good.replace("anna", "an\\u2028na")),
                token("1", KEY, good.replace("anna", " ")))) {
            Peer peer = hello(testbed);
            UserRealms.challenge(peer, AuthMethod.JWT);
            UserRealms.answer(peer, token).expectAbort(WampError.AUTHENTICATION_DENIED);
            peer.expectClosed();
        }
    }

    @Scenario({"AUTH-04", "AUTH-05"})
    void aRoleOfAnotherTypeIsNotTakenForTheDefault(Testbed testbed) {
        AuthSource tokens =
                new AuthSource.Tokens(keySet("1", KEY), null, ISSUER, "shop", "sub", "role", UserRealms.ROLE);
        testbed.realms(UserRealms.realm(new AuthMethodConfig(AuthMethod.JWT, tokens, true, null)));
        for (String role :
                List.of("7", "null", "true", "{}", "[]", "\"\"", "[7]", "[\"user\", 7]", "[\"user\", null]")) {
            Peer peer = hello(testbed);
            UserRealms.challenge(peer, AuthMethod.JWT);
            UserRealms.answer(peer, token("1", KEY, claims(ISSUER, "shop", LATER, role)))
                    .expectAbort(WampError.AUTHENTICATION_DENIED);
            peer.expectClosed();
        }
        expectJoin(testbed, token("1", KEY, claims(ISSUER, "shop", LATER, "7").replace(",\"role\":7", "")));
    }

    @Scenario("AUTH-04")
    void keysAreNotFetchedFromElsewhereOrWithoutLimit(Testbed testbed) throws IOException {
        HttpServer other = serve(() -> keySet("1", KEY));
        AtomicReference<String> target = new AtomicReference<>("/keys");
        HttpServer server = serve(() -> keySet("1", KEY) + " ".repeat(1 << 20));
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", target.get());
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/small", exchange -> answer(exchange, keySet("1", KEY)));
        String here = "http://127.0.0.1:" + server.getAddress().getPort();
        try {
            target.set("http://127.0.0.1:" + other.getAddress().getPort() + "/keys");
            for (String url : List.of(here + "/moved", here + "/keys")) {
                open(testbed, null, url);
                Peer peer = hello(testbed);
                UserRealms.challenge(peer, AuthMethod.JWT);
                UserRealms.answer(peer, token("1", KEY, claims(ISSUER, "shop", LATER, "\"user\"")))
                        .expectAbort(WampError.AUTHENTICATION_FAILED);
                peer.expectClosed();
            }
            target.set("/small");
            open(testbed, null, here + "/moved");
            expectJoin(testbed, token("1", KEY, claims(ISSUER, "shop", LATER, "\"user\"")));
        } finally {
            server.stop(0);
            other.stop(0);
        }
    }

    @Scenario({"AUTH-04", "AUTH-05"})
    void aTokenCannotChooseTheAlgorithmOrKeyOfItsVerification(Testbed testbed) {
        open(testbed, keySet("1", KEY), null);
        String claims = claims(ISSUER, "shop", LATER, "\"user\"");
        String own = keySet("1", NEXT_KEY).replace("{\"keys\":[", "").replace("]}", "");
        byte[] known = KEY.getPublic().getEncoded();
        for (String token : List.of(
                signed("{\"alg\":\"none\",\"kid\":\"1\"}", claims, text -> new byte[0]),
                signed("{\"alg\":\"NONE\"}", claims, text -> new byte[0]),
                signed("{\"alg\":\"HS256\",\"kid\":\"1\"}", claims, text -> hmac(known, text)),
                signed("{\"alg\":\"HS256\"}", claims, text -> hmac(raw(KEY), text)),
                signed("{\"alg\":\"EdDSA\",\"jwk\":" + own + "}", claims, text -> sign(NEXT_KEY, text)),
                signed("{\"alg\":\"EdDSA\",\"kid\":\"1\",\"crit\":[\"x\"],\"x\":1}", claims, text -> sign(KEY, text)),
                signed("{\"alg\":\"ES256\",\"kid\":\"1\"}", claims, text -> sign(KEY, text)),
                base64("{\"alg\":\"PBES2-HS256+A128KW\",\"enc\":\"A128CBC-HS256\",\"p2c\":9,\"p2s\":\"AAAA\"}")
                        + ".AAAA.AAAA.AAAA.AAAA")) {
            Peer peer = hello(testbed);
            UserRealms.challenge(peer, AuthMethod.JWT);
            UserRealms.answer(peer, token).expectAbort(WampError.AUTHENTICATION_DENIED);
            peer.expectClosed();
        }
    }

    @Scenario({"AUTH-04", "AUTH-05"})
    void nothingIsFetchedThatATokenNames(Testbed testbed) throws IOException {
        AtomicInteger fetches = new AtomicInteger();
        HttpServer server = serve(() -> {
            fetches.incrementAndGet();
            return keySet("1", NEXT_KEY);
        });
        try {
            open(testbed, keySet("1", KEY), null);
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
            String claims = claims(ISSUER, "shop", LATER, "\"user\"");
            for (String names : List.of(
                    "\"kid\":\"" + url + "\"",
                    "\"kid\":\"../../../../../../dev/null\"",
                    "\"kid\":\"1\",\"jku\":\"" + url + "\"",
                    "\"kid\":\"1\",\"x5u\":\"" + url + "\"",
                    "\"x5c\":[\"AAAA\"]")) {
                Peer peer = hello(testbed);
                UserRealms.challenge(peer, AuthMethod.JWT);
                String token = signed("{\"alg\":\"EdDSA\"," + names + "}", claims, text -> sign(NEXT_KEY, text));
                UserRealms.answer(peer, token).expectAbort(WampError.AUTHENTICATION_DENIED);
                peer.expectClosed();
            }
            assertThat(fetches).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Scenario("AUTH-04")
    void keysMayRotateAtTheirUrl(Testbed testbed) throws IOException {
        AtomicReference<String> keys = new AtomicReference<>(keySet("1", KEY));
        HttpServer server = serve(keys::get);
        try {
            open(testbed, null, "http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
            String claims = claims(ISSUER, "shop", LATER, "\"user\"");
            expectJoin(testbed, token("1", KEY, claims));
            keys.set(keySet("2", NEXT_KEY));
            // An unknown key id makes the router fetch the keys again, after a second.
            testbed.clock().advance(Duration.ofSeconds(1));
            expectJoin(testbed, token("2", NEXT_KEY, claims));
        } finally {
            server.stop(0);
        }
    }

    @Scenario("AUTH-04")
    void whileTheKeysCannotBeFetchedAClientMayTryAgain(Testbed testbed) throws IOException {
        HttpServer server = serve(() -> "");
        int port = server.getAddress().getPort();
        server.stop(0);
        open(testbed, null, "http://127.0.0.1:" + port + "/keys");
        Peer peer = hello(testbed);
        UserRealms.challenge(peer, AuthMethod.JWT);
        Abort abort = UserRealms.answer(peer, token("1", KEY, claims(ISSUER, "shop", LATER, "\"user\"")))
                .expectAbort(WampError.AUTHENTICATION_FAILED);
        assertThat(abort.details().extra().flag("_retry", false)).isTrue();
        peer.expectClosed();
    }

    private static Peer hello(Testbed testbed) {
        return UserRealms.hello(testbed.connect(), List.of("jwt"), Map.of());
    }

    private static void expectJoin(Testbed testbed, String token) {
        Peer peer = hello(testbed);
        UserRealms.challenge(peer, AuthMethod.JWT);
        UserRealms.answer(peer, token);
        try {
            peer.expectWelcome();
        } catch (AssertionError refused) {
            peer.cut();
            throw refused;
        }
    }

    private static HttpServer serve(Supplier<String> keys) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> answer(exchange, keys.get()));
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String claims(String issuer, String audience, long expiresSeconds, String role) {
        return "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"anna\",\"exp\":%d,\"role\":%s}"
                .formatted(issuer, audience, expiresSeconds, role);
    }

    private static String token(String kid, KeyPair pair, String claims) {
        return signed("{\"alg\":\"EdDSA\",\"kid\":\"" + kid + "\"}", claims, text -> sign(pair, text));
    }

    private static String signed(String header, String claims, UnaryOperator<byte[]> signer) {
        String text = base64(header) + "." + base64(claims);
        byte[] signature = signer.apply(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static byte[] sign(KeyPair pair, byte[] text) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(pair.getPrivate());
            signer.update(text);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] hmac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] raw(KeyPair pair) {
        byte[] encoded = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    private static String keySet(String kid, KeyPair pair) {
        return "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"%s\",\"x\":\"%s\"}]}"
                .formatted(kid, Base64.getUrlEncoder().withoutPadding().encodeToString(raw(pair)));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static KeyPair keyPair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
