package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.metrics.Counter;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.testkit.Peer;
import io.junctor.wamp.auth.Base64Text;
import io.junctor.wamp.auth.ScramExchange;
import io.junctor.wamp.auth.ScramHeader;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.WampError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Section 12: WAMP-SCRAM. */
class ScramScenario {
    private static final byte[] SALT = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final byte[] SALTED = ScramExchange.pbkdf2(UserRealms.SECRET, SALT, 4096);
    private static final String NONCE = "egVDf3DMJh0AAAAAAAAAAA==";

    private static Credential credential(Credential.Kdf kdf) {
        return new Credential.ScramSecret(
                kdf,
                Base64Text.of(SALT),
                Base64Text.of(ScramExchange.storedKey(SALTED)),
                Base64Text.of(ScramExchange.serverKey(SALTED)));
    }

    private static Testbed open(Testbed testbed) {
        return testbed.realms(UserRealms.realm(AuthMethod.SCRAM, credential(new Credential.Kdf("pbkdf2", 4096, null))));
    }

    @Scenario({"AUTH-SCRAM-01", "AUTH-SCRAM-02", "AUTH-SCRAM-03", "AUTH-SCRAM-05"})
    void bothSidesProveThatTheyKnowThePassword(Testbed testbed) {
        open(testbed);
        Peer peer = hello(testbed, UserRealms.ANNA);
        Dict extra = UserRealms.challenge(peer, AuthMethod.SCRAM).extra();
        assertThat(extra.entries())
                .containsOnlyKeys("nonce", "salt", "kdf", "iterations", "memory")
                .containsEntry("salt", Base64Text.of(SALT))
                .containsEntry("kdf", "pbkdf2")
                .containsEntry("iterations", 4096L)
                .containsEntry("memory", null);
        String nonce = String.valueOf(extra.text("nonce"));
        assertThat(nonce).startsWith(NONCE).hasSizeGreaterThanOrEqualTo(NONCE.length() + 22);
        ScramExchange exchange = exchange(UserRealms.ANNA, nonce);
        Welcome welcome = prove(peer, exchange, nonce, SALTED).expectWelcome();
        assertThat(welcome.details().identity().authmethod()).isEqualTo("wamp-scram");
        assertThat(welcome.details().authextra().text("verifier"))
                .isEqualTo(Base64Text.of(exchange.serverSignature(ScramExchange.serverKey(SALTED))));
    }

    @Scenario("AUTH-SCRAM-06")
    void theChallengeHasTheCostsOfArgon2(Testbed testbed) {
        testbed.realms(UserRealms.realm(AuthMethod.SCRAM, credential(new Credential.Kdf("argon2id13", 3, 4096))));
        Peer peer = hello(testbed, UserRealms.ANNA);
        assertThat(UserRealms.challenge(peer, AuthMethod.SCRAM).extra().entries())
                .containsEntry("kdf", "argon2id13")
                .containsEntry("iterations", 3L)
                .containsEntry("memory", 4096L);
        peer.cut();
    }

    @Scenario("AUTH-SCRAM-04")
    void namesAreNormalised(Testbed testbed) {
        open(testbed);
        Peer peer = hello(testbed, "an\u00adna");
        String nonce = String.valueOf(
                UserRealms.challenge(peer, AuthMethod.SCRAM).extra().text("nonce"));
        Welcome welcome =
                prove(peer, exchange(UserRealms.ANNA, nonce), nonce, SALTED).expectWelcome();
        assertThat(welcome.details().identity().authid()).isEqualTo(UserRealms.ANNA);
        Peer bad = hello(testbed, "an\u0007na");
        assertThat(bad.expectAbort(WampError.AUTHENTICATION_DENIED).details().message())
                .isEqualTo("'authid' has characters that SASLprep does not allow");
        bad.expectClosed();
    }

    @Scenario({"AUTH-SCRAM-03", "AUTH-SCRAM-08"})
    void aWrongProofIsRefused(Testbed testbed) {
        open(testbed);
        Abort abort = refused(testbed, UserRealms.ANNA, true, Map.of(), new byte[32]);
        assertThat(abort.details().extra().text("scram")).isEqualTo("invalid-proof");
        assertThat(refused(testbed, UserRealms.ANNA, true, Map.of("nonce", NONCE), SALTED))
                .isEqualTo(abort);
        for (Map<String, Object> extra : List.of(
                Map.<String, Object>of("channel_binding", "tls-unique"),
                Map.<String, Object>of("cbind_data", "AAAA"))) {
            Abort other = refused(testbed, UserRealms.ANNA, true, extra, SALTED);
            assertThat(other.details().extra().text("scram")).isEqualTo("channel-bindings-dont-match");
        }
        assertThat(refused(testbed, UserRealms.ANNA, false, Map.of(), SALTED)).isEqualTo(abort);
    }

    @Scenario({"AUTH-SCRAM-07", "AUTH-05"})
    void anUnknownUserHasAStableSalt(Testbed testbed) {
        open(testbed);
        Dict first = madeUp(testbed);
        Dict second = madeUp(testbed);
        assertThat(first.text("salt")).isEqualTo(second.text("salt")).isNotEqualTo(Base64Text.of(SALT));
        assertThat(Base64Text.decode(String.valueOf(first.text("salt")))).hasSameSizeAs(SALT);
        assertThat(first.entries()).containsEntry("kdf", "pbkdf2").containsEntry("iterations", 4096L);
        assertThat(testbed.router().count(Counter.CREDENTIALS_CHECKED)).isZero();
        assertThat(refused(testbed, "nobody", true, Map.of(), SALTED))
                .isEqualTo(refused(testbed, UserRealms.ANNA, true, Map.of(), new byte[32]));
        assertThat(testbed.router().count(Counter.CREDENTIALS_CHECKED)).isEqualTo(2);
    }

    private static Dict madeUp(Testbed testbed) {
        Peer peer = hello(testbed, "nobody");
        Dict extra = UserRealms.challenge(peer, AuthMethod.SCRAM).extra();
        peer.cut();
        return extra;
    }

    @Scenario({"AUTH-SCRAM-08", "AUTH-SCRAM-01"})
    void unsupportedRequestsOfTheClientAreRefusedAtHello(Testbed testbed) {
        open(testbed);
        expectFailed(
                testbed,
                Map.of("nonce", NONCE, "channel_binding", "tls-unique"),
                "this connection has no channel binding of the type asked for in 'authextra.channel_binding'");
        for (Map<String, Object> extra : List.of(
                Map.<String, Object>of("nonce", "not base64"),
                Map.<String, Object>of("nonce", ""),
                Map.<String, Object>of())) {
            expectFailed(testbed, extra, "'authextra.nonce' of HELLO must be padded base64, not empty");
        }
    }

    private static void expectFailed(Testbed testbed, Map<String, Object> extra, String text) {
        Peer peer = UserRealms.hello(
                testbed.connect(), List.of("wamp-scram"), Map.of("authid", UserRealms.ANNA, "authextra", extra));
        assertThat(peer.expectAbort(WampError.AUTHENTICATION_FAILED).details().message())
                .isEqualTo(text);
        peer.expectClosed();
    }

    @Scenario({"AUTH-SCRAM-01", "PV-13"})
    void anExtraOfAnotherTypeIsAViolation(Testbed testbed) {
        open(testbed);
        Peer peer = UserRealms.hello(
                testbed.connect(),
                List.of("wamp-scram"),
                Map.of("authid", UserRealms.ANNA, "authextra", Map.of("nonce", 1)));
        peer.expectViolation();
    }

    private static Abort refused(
            Testbed testbed, String authid, boolean signed, Map<String, Object> more, byte[] salted) {
        Peer peer = hello(testbed, authid);
        String nonce = String.valueOf(
                UserRealms.challenge(peer, AuthMethod.SCRAM).extra().text("nonce"));
        Map<String, @Nullable Object> extra = new HashMap<>(Map.of("nonce", nonce));
        extra.putAll(more);
        String proof = signed ? Base64Text.of(exchange(authid, nonce).clientProof(salted)) : "x";
        peer.send(new Authenticate(proof, new Dict(extra)));
        Abort abort = peer.expectAbort(WampError.AUTHENTICATION_DENIED);
        peer.expectClosed();
        return abort;
    }

    private static Peer hello(Testbed testbed, String authid) {
        return UserRealms.hello(
                testbed.connect(),
                List.of("wamp-scram"),
                Map.of("authid", authid, "authextra", Map.of("nonce", NONCE)));
    }

    private static ScramExchange exchange(String authid, String nonce) {
        return new ScramExchange(authid, NONCE, nonce, Base64Text.of(SALT), 4096, ScramHeader.UNBOUND);
    }

    private static Peer prove(Peer peer, ScramExchange exchange, String nonce, byte[] salted) {
        Map<String, @Nullable Object> extra = new HashMap<>();
        extra.put("nonce", nonce);
        extra.put("channel_binding", null);
        extra.put("cbind_data", null);
        return peer.send(new Authenticate(Base64Text.of(exchange.clientProof(salted)), new Dict(extra)));
    }
}
