package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.metrics.Counter;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.Principal;
import io.junctor.testkit.Peer;
import io.junctor.wamp.auth.Cryptosign;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.WampError;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Section 12: Cryptosign. */
class CryptosignScenario {
    private static final byte[] KEY = HexFormat.of().parseHex("01".repeat(32));
    private static final byte[] OTHER_KEY = HexFormat.of().parseHex("02".repeat(32));
    private static final byte[] SHARED_KEY = HexFormat.of().parseHex("03".repeat(32));
    private static final String ROUTER_KEY = "04".repeat(32);

    private static Testbed open(Testbed testbed) {
        Map<String, Principal> users =
                Map.of(UserRealms.ANNA, user(KEY, SHARED_KEY), "berta", user(OTHER_KEY, SHARED_KEY));
        return testbed.realms(UserRealms.realm(
                new AuthMethodConfig(AuthMethod.CRYPTOSIGN, new AuthSource.Users(users), false, ROUTER_KEY)));
    }

    private static Principal user(byte[]... keys) {
        Set<String> hex = Set.of(publicKey(keys[0]), publicKey(keys[1]));
        return Principal.of(UserRealms.ROLE, new Credential.PublicKeys(hex));
    }

    private static String publicKey(byte[] key) {
        return Cryptosign.hex(Cryptosign.publicKey(key));
    }

    @Scenario({"AUTH-CS-01", "AUTH-CS-05"})
    void aClientWithTheKeyMayJoin(Testbed testbed) {
        open(testbed);
        Peer peer = hello(testbed, UserRealms.ANNA, KEY, Map.of());
        Dict extra = UserRealms.challenge(peer, AuthMethod.CRYPTOSIGN).extra();
        assertThat(extra.entries()).containsOnlyKeys("challenge");
        assertThat(extra.text("challenge")).matches("[0-9a-f]{64}");
        Welcome welcome = sign(peer, extra, KEY).expectWelcome();
        assertThat(welcome.details().identity().authid()).isEqualTo(UserRealms.ANNA);
        assertThat(welcome.details().identity().authmethod()).isEqualTo("cryptosign");
    }

    @Scenario("AUTH-CS-03")
    void withoutAnAuthidTheKeyIdentifiesTheUser(Testbed testbed) {
        open(testbed);
        Peer peer = hello(testbed, null, OTHER_KEY, Map.of());
        Welcome welcome = sign(
                        peer, UserRealms.challenge(peer, AuthMethod.CRYPTOSIGN).extra(), OTHER_KEY)
                .expectWelcome();
        assertThat(welcome.details().identity().authid()).isEqualTo("berta");
        expectDenied(testbed, null, SHARED_KEY, SHARED_KEY);
        Peer named = hello(testbed, "berta", SHARED_KEY, Map.of());
        sign(named, UserRealms.challenge(named, AuthMethod.CRYPTOSIGN).extra(), SHARED_KEY)
                .expectWelcome();
    }

    @Scenario({"AUTH-CS-03", "AUTH-05"})
    void theKeyMustBelongToTheUser(Testbed testbed) {
        open(testbed);
        Abort foreign = expectDenied(testbed, UserRealms.ANNA, OTHER_KEY, OTHER_KEY);
        assertThat(expectDenied(testbed, "nobody", KEY, KEY)).isEqualTo(foreign);
        assertThat(expectDenied(testbed, UserRealms.ANNA, KEY, OTHER_KEY)).isEqualTo(foreign);
        assertThat(expectDenied(testbed, null, HexFormat.of().parseHex("05".repeat(32)), KEY))
                .isEqualTo(foreign);
        assertThat(testbed.router().count(Counter.CREDENTIALS_CHECKED)).isEqualTo(4);
    }

    @Scenario({"AUTH-CS-02", "AUTH-05"})
    void anAnswerToAnotherChallengeIsRefused(Testbed testbed) {
        open(testbed);
        Peer first = hello(testbed, UserRealms.ANNA, KEY, Map.of());
        Dict asked = UserRealms.challenge(first, AuthMethod.CRYPTOSIGN).extra();
        sign(first, asked, KEY).expectWelcome();
        Peer second = hello(testbed, UserRealms.ANNA, KEY, Map.of());
        UserRealms.challenge(second, AuthMethod.CRYPTOSIGN);
        sign(second, asked, KEY).expectAbort(WampError.AUTHENTICATION_DENIED);
        second.expectClosed();
    }

    @Scenario("AUTH-CS-02")
    void aSignatureThatIsNot96BytesIsRefused(Testbed testbed) {
        open(testbed);
        for (String answer : List.of("", "00", "zz".repeat(96), "00".repeat(64), "00".repeat(97))) {
            Peer peer = hello(testbed, UserRealms.ANNA, KEY, Map.of());
            UserRealms.challenge(peer, AuthMethod.CRYPTOSIGN);
            UserRealms.answer(peer, answer).expectAbort(WampError.AUTHENTICATION_DENIED);
            peer.expectClosed();
        }
    }

    @Scenario({"AUTH-CS-04", "AUTH-CS-05", "AUTH-CS-08"})
    void aBindingThatIsNotInUseIsNotClaimed(Testbed testbed) {
        open(testbed);
        Map<String, Object> wishes = Map.of("channel_binding", "tls-unique", "trustroot", "0x72b3");
        Peer peer = hello(testbed, UserRealms.ANNA, KEY, wishes);
        Dict extra = UserRealms.challenge(peer, AuthMethod.CRYPTOSIGN).extra();
        assertThat(extra.entries()).doesNotContainKeys("channel_binding", "trustroot");
        sign(peer, extra, KEY).expectWelcome();
    }

    @Scenario("AUTH-CS-06")
    void theRouterProvesItsKeyOnRequest(Testbed testbed) {
        open(testbed);
        byte[] challenge = HexFormat.of().parseHex("ab".repeat(32));
        Peer peer = hello(testbed, UserRealms.ANNA, KEY, Map.of("challenge", Cryptosign.hex(challenge)));
        Dict extra = UserRealms.challenge(peer, AuthMethod.CRYPTOSIGN).extra();
        byte[] routerKey = Cryptosign.publicKey(HexFormat.of().parseHex(ROUTER_KEY));
        assertThat(extra.text("pubkey")).isEqualTo(Cryptosign.hex(routerKey));
        assertThat(Cryptosign.verify(routerKey, String.valueOf(extra.text("signature")), challenge, null))
                .isTrue();
        sign(peer, extra, KEY).expectWelcome();
    }

    @Scenario({"AUTH-CS-07", "AUTH-CS-01"})
    void digitsOfEitherCaseAreRead(Testbed testbed) {
        open(testbed);
        Map<String, Object> key = Map.of("pubkey", publicKey(KEY).toUpperCase(Locale.ROOT));
        Peer peer = hello(testbed, null, KEY, key);
        String challenge = String.valueOf(
                UserRealms.challenge(peer, AuthMethod.CRYPTOSIGN).extra().text("challenge"));
        String answer = Cryptosign.sign(KEY, Objects.requireNonNull(Cryptosign.parse(challenge)), null);
        Welcome welcome =
                UserRealms.answer(peer, answer.toUpperCase(Locale.ROOT)).expectWelcome();
        assertThat(welcome.details().identity().authid()).isEqualTo(UserRealms.ANNA);
    }

    @Scenario("AUTH-CS-01")
    void anInvalidKeyIsRefused(Testbed testbed) {
        open(testbed);
        for (String key : List.of("", "00", "zz".repeat(32))) {
            Peer peer = hello(testbed, UserRealms.ANNA, KEY, Map.of("pubkey", key));
            assertThat(peer.expectAbort(WampError.AUTHENTICATION_FAILED)
                            .details()
                            .message())
                    .isEqualTo("'authextra.pubkey' of HELLO must be 64 hexadecimal digits");
            peer.expectClosed();
        }
        Peer peer = hello(testbed, UserRealms.ANNA, KEY, Map.of("challenge", "00"));
        assertThat(peer.expectAbort(WampError.AUTHENTICATION_FAILED).details().message())
                .isEqualTo("'authextra.challenge' of HELLO must be 64 hexadecimal digits");
        peer.expectClosed();
    }

    private static Abort expectDenied(Testbed testbed, @Nullable String authid, byte[] shown, byte[] used) {
        Peer peer = hello(testbed, authid, shown, Map.of());
        Abort abort = sign(
                        peer, UserRealms.challenge(peer, AuthMethod.CRYPTOSIGN).extra(), used)
                .expectAbort(WampError.AUTHENTICATION_DENIED);
        peer.expectClosed();
        return abort;
    }

    private static Peer sign(Peer peer, Dict extra, byte[] key) {
        byte[] challenge = Objects.requireNonNull(Cryptosign.parse(String.valueOf(extra.text("challenge"))));
        return UserRealms.answer(peer, Cryptosign.sign(key, challenge, null));
    }

    private static Peer hello(Testbed testbed, @Nullable String authid, byte[] key, Map<String, Object> more) {
        Map<String, Object> extra = new HashMap<>(Map.of("pubkey", publicKey(key)));
        extra.putAll(more);
        Map<String, Object> details = new HashMap<>(Map.of("authextra", extra));
        if (authid != null) {
            details.put("authid", authid);
        }
        return UserRealms.hello(testbed.connect(), List.of("cryptosign"), details);
    }
}
