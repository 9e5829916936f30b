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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Section 12: the SCRAM of Autobahn. The keys that Argon2 would derive are invented. */
class AutobahnScramScenario {
    private static final byte[] SALTED = ScramHeader.autobahnSalted(new byte[32]);
    private static final byte[] WRONG = ScramHeader.autobahnSalted(new byte[31]);
    private static final String SALT = "MDEyMzQ1Njc4OWFiY2RlZg==";
    private static final String NONCE = "egVDf3DMJh0AAAAAAAAAAA==";
    private static final Credential ANNA = new Credential.ScramSecret(
            new Credential.Kdf("argon2id-13", 3, 512),
            SALT,
            Base64Text.of(ScramExchange.storedKey(SALTED)),
            Base64Text.of(ScramExchange.serverKey(SALTED)));

    private static Testbed open(Testbed testbed) {
        return testbed.realms(UserRealms.realm(AuthMethod.AUTOBAHN_SCRAM, ANNA));
    }

    @Scenario("AUTH-SCRAM-09")
    void theChallengeHasExactlyTheFieldsThatAutobahnReads(Testbed testbed) {
        open(testbed);
        Peer peer = hello(testbed, UserRealms.ANNA);
        Dict extra = UserRealms.challenge(peer, AuthMethod.AUTOBAHN_SCRAM).extra();
        assertThat(extra.entries())
                .containsOnlyKeys("nonce", "salt", "kdf", "iterations", "memory")
                .containsEntry("salt", SALT)
                .containsEntry("kdf", "argon2id-13")
                .containsEntry("iterations", 3L)
                .containsEntry("memory", 512L);
        String nonce = String.valueOf(extra.text("nonce"));
        assertThat(Base64Text.decode(nonce)).hasSize(32).startsWith(Base64Text.decode(NONCE));
        Welcome welcome = prove(peer, UserRealms.ANNA, nonce, SALTED).expectWelcome();
        assertThat(welcome.details().identity().authmethod()).isEqualTo("scram");
        assertThat(welcome.details().authextra().entries())
                .containsOnlyKeys("scram_server_signature")
                .containsEntry(
                        "scram_server_signature",
                        Base64Text.of(
                                exchange(UserRealms.ANNA, nonce).serverSignature(ScramExchange.serverKey(SALTED))));
    }

    @Scenario({"AUTH-SCRAM-09", "AUTH-05"})
    void unknownUserAndWrongPasswordLookAlike(Testbed testbed) {
        open(testbed);
        Abort wrong = denied(testbed, UserRealms.ANNA, WRONG, null);
        assertThat(wrong.details().extra().text("scram")).isEqualTo("invalid-proof");
        assertThat(denied(testbed, "nobody", SALTED, null)).isEqualTo(wrong);
        assertThat(testbed.router().count(Counter.CREDENTIALS_CHECKED)).isEqualTo(2);
        Dict first = madeUp(testbed);
        assertThat(first.entries())
                .containsOnlyKeys("nonce", "salt", "kdf", "iterations", "memory")
                .containsEntry("memory", 512L)
                .containsEntry("salt", madeUp(testbed).text("salt"));
        assertThat(Base64Text.decode(String.valueOf(first.text("salt")))).hasSize(16);
    }

    @Scenario({"AUTH-SCRAM-09", "AUTH-05"})
    void aProofOfAnotherExchangeIsRefused(Testbed testbed) {
        open(testbed);
        denied(testbed, UserRealms.ANNA, SALTED, NONCE);
        Peer first = hello(testbed, UserRealms.ANNA);
        String nonce = nonce(first);
        prove(first, UserRealms.ANNA, nonce, SALTED).expectWelcome();
        Peer second = hello(testbed, UserRealms.ANNA);
        nonce(second);
        prove(second, UserRealms.ANNA, nonce, SALTED).expectAbort(WampError.AUTHENTICATION_DENIED);
        second.expectClosed();
    }

    @Scenario({"AUTH-SCRAM-09", "AUTH-02"})
    void aRealmWithWampScramDoesNotOfferTheScramOfAutobahn(Testbed testbed) {
        Credential.Kdf pbkdf2 = new Credential.Kdf("pbkdf2", 4096, null);
        testbed.realms(UserRealms.realm(AuthMethod.SCRAM, new Credential.ScramSecret(pbkdf2, SALT, NONCE, NONCE)));
        Peer peer = hello(testbed, UserRealms.ANNA);
        peer.expectAbort(WampError.NO_MATCHING_AUTH_METHOD);
        peer.expectClosed();
    }

    private static Abort denied(Testbed testbed, String authid, byte[] salted, @Nullable String repeated) {
        Peer peer = hello(testbed, authid);
        String proof = Base64Text.of(exchange(authid, nonce(peer)).clientProof(salted));
        peer.send(new Authenticate(proof, repeated == null ? Dict.EMPTY : Dict.of("nonce", repeated)));
        Abort abort = peer.expectAbort(WampError.AUTHENTICATION_DENIED);
        peer.expectClosed();
        return abort;
    }

    private static Dict madeUp(Testbed testbed) {
        Peer peer = hello(testbed, "nobody");
        Dict extra = UserRealms.challenge(peer, AuthMethod.AUTOBAHN_SCRAM).extra();
        peer.cut();
        return extra;
    }

    private static String nonce(Peer peer) {
        return String.valueOf(
                UserRealms.challenge(peer, AuthMethod.AUTOBAHN_SCRAM).extra().text("nonce"));
    }

    private static Peer hello(Testbed testbed, String authid) {
        return UserRealms.hello(
                testbed.connect(), List.of("scram"), Map.of("authid", authid, "authextra", Map.of("nonce", NONCE)));
    }

    private static ScramExchange exchange(String authid, String nonce) {
        return new ScramExchange(authid, NONCE, nonce, SALT, 3, ScramHeader.AUTOBAHN);
    }

    private static Peer prove(Peer peer, String authid, String nonce, byte[] salted) {
        return UserRealms.answer(peer, Base64Text.of(exchange(authid, nonce).clientProof(salted)));
    }
}
