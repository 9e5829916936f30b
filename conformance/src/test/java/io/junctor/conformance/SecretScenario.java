package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.metrics.Counter;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.Principal;
import io.junctor.testkit.Peer;
import io.junctor.wamp.auth.Base64Text;
import io.junctor.wamp.auth.Cra;
import io.junctor.wamp.auth.Pbkdf2;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Section 12: ticket and WAMP-CRA. */
class SecretScenario {
    private static final Credential PLAIN = new Credential.Secret(UserRealms.SECRET);
    private static final Credential SALTED =
            new Credential.SaltedSecret(Cra.derivedKey(UserRealms.SECRET, "salt123", 1000, 32), "salt123", 1000, 32);

    @Scenario({"AUTH-TKT-01", "AUTH-03", "SES-03"})
    void aTicketOpensASession(Testbed testbed) {
        testbed.realms(UserRealms.realm(AuthMethod.TICKET, PLAIN));
        Peer peer = UserRealms.hello(testbed.connect(), "ticket", UserRealms.ANNA);
        assertThat(peer.expectList()).containsExactly(4L, "ticket", Map.of());
        Welcome welcome = UserRealms.answer(peer, UserRealms.SECRET).expectWelcome();
        assertThat(welcome.details().realm()).isEqualTo(Testbed.REALM);
        assertThat(welcome.details().identity().authid()).isEqualTo(UserRealms.ANNA);
        assertThat(welcome.details().identity().authrole()).isEqualTo(UserRealms.ROLE);
        assertThat(welcome.details().identity().authmethod()).isEqualTo("ticket");
        assertThat(welcome.details().identity().authprovider()).isEqualTo("static");
        assertThat(peer.subscribe("any.topic")).isPositive();
    }

    @Scenario({"AUTH-TKT-01", "AUTH-04"})
    void ticketNeedsAnAuthid(Testbed testbed) {
        testbed.realms(UserRealms.realm(AuthMethod.TICKET, PLAIN));
        Peer peer = UserRealms.hello(testbed.connect(), List.of("ticket"), Map.of());
        peer.expectAbort(WampError.AUTHENTICATION_DENIED);
        peer.expectClosed();
    }

    @Scenario("AUTH-TKT-01")
    void aTicketIsNotRequestedOverAnUnencryptedConnection(Testbed testbed) {
        testbed.realms(UserRealms.realm(new AuthMethodConfig(
                AuthMethod.TICKET,
                new AuthSource.Users(Map.of(UserRealms.ANNA, Principal.of(UserRealms.ROLE, PLAIN))),
                false,
                null)));
        Peer peer = UserRealms.hello(testbed.connect(), "ticket", UserRealms.ANNA);
        if (testbed.isInContainer()) {
            peer.expectAbort(WampError.NO_MATCHING_AUTH_METHOD);
            peer.expectClosed();
        } else {
            UserRealms.challenge(peer, AuthMethod.TICKET);
            UserRealms.answer(peer, UserRealms.SECRET).expectWelcome();
        }
    }

    @Scenario({"AUTH-05", "AUTH-04"})
    void unknownUserAndWrongTicketLookAlike(Testbed testbed) {
        testbed.realms(UserRealms.realm(AuthMethod.TICKET, PLAIN));
        assertThat(deniedTicket(testbed, "nobody", UserRealms.SECRET))
                .isEqualTo(deniedTicket(testbed, UserRealms.ANNA, "wrong"));
        assertThat(testbed.router().count(Counter.CREDENTIALS_CHECKED)).isEqualTo(2);
    }

    @Scenario("AUTH-05")
    void forAnUnknownUserTheSameKeysAreDerived(Testbed testbed) {
        byte[] salt = {1, 2, 3, 4, 5, 6, 7, 8};
        String key = Base64Text.of(Pbkdf2.derive(UserRealms.SECRET, salt, 100, 32));
        testbed.realms(UserRealms.realm(AuthMethod.TICKET, new Credential.HashedSecret(key, Base64Text.of(salt), 100)));
        Abort wrong = deniedTicket(testbed, UserRealms.ANNA, "wrong");
        assertThat(testbed.router().count(Counter.KEYS_DERIVED)).isEqualTo(1);
        assertThat(deniedTicket(testbed, "nobody", UserRealms.SECRET)).isEqualTo(wrong);
        assertThat(testbed.router().count(Counter.KEYS_DERIVED)).isEqualTo(2);
        Peer right = UserRealms.hello(testbed.connect(), "ticket", UserRealms.ANNA);
        UserRealms.challenge(right, AuthMethod.TICKET);
        UserRealms.answer(right, UserRealms.SECRET).expectWelcome();
    }

    private static Abort deniedTicket(Testbed testbed, String authid, String ticket) {
        Peer peer = UserRealms.hello(testbed.connect(), "ticket", authid);
        UserRealms.challenge(peer, AuthMethod.TICKET);
        Abort abort = UserRealms.answer(peer, ticket).expectAbort(WampError.AUTHENTICATION_DENIED);
        peer.expectClosed();
        return abort;
    }

    @Scenario({"AUTH-CRA-01", "AUTH-CRA-02", "AUTH-03"})
    void aSignedChallengeOpensASession(Testbed testbed) {
        testbed.realms(UserRealms.realm(AuthMethod.WAMPCRA, PLAIN));
        Peer peer = UserRealms.hello(testbed.connect(), "wampcra", UserRealms.ANNA);
        Dict extra = UserRealms.challenge(peer, AuthMethod.WAMPCRA).extra();
        assertThat(extra.entries()).containsOnlyKeys("challenge");
        String text = Objects.requireNonNull(extra.text("challenge"));
        Welcome welcome =
                UserRealms.answer(peer, Cra.sign(UserRealms.SECRET, text)).expectWelcome();
        assertThat(text)
                .contains("\"authid\": \"anna\"", "\"authrole\": \"user\"", "\"authmethod\": \"wampcra\"")
                .contains("\"authprovider\": \"static\"", "\"session\": " + welcome.session())
                .containsPattern("\"nonce\": \"[^\"]{22,}\"")
                .containsPattern("\"timestamp\": \"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}Z\"");
        assertThat(welcome.details().identity().authmethod()).isEqualTo("wampcra");
    }

    @Scenario("AUTH-CRA-03")
    void aSaltedSecretIsDerivedByTheClient(Testbed testbed) {
        testbed.realms(UserRealms.realm(AuthMethod.WAMPCRA, SALTED));
        Peer peer = UserRealms.hello(testbed.connect(), "wampcra", UserRealms.ANNA);
        Dict extra = UserRealms.challenge(peer, AuthMethod.WAMPCRA).extra();
        assertThat(extra.entries())
                .containsEntry("salt", "salt123")
                .containsEntry("keylen", 32L)
                .containsEntry("iterations", 1000L);
        String key = Cra.derivedKey(UserRealms.SECRET, "salt123", 1000, 32);
        UserRealms.answer(peer, Cra.sign(key, String.valueOf(extra.text("challenge"))))
                .expectWelcome();
    }

    @Scenario({"AUTH-CRA-04", "AUTH-05"})
    void unknownUserAndWrongSignatureLookAlike(Testbed testbed) {
        testbed.realms(UserRealms.realm(AuthMethod.WAMPCRA, SALTED));
        Dict known = deniedSignature(testbed, UserRealms.ANNA);
        Dict unknown = deniedSignature(testbed, "nobody");
        assertThat(unknown.entries().keySet()).isEqualTo(known.entries().keySet());
        assertThat(String.valueOf(unknown.text("salt"))).hasSameSizeAs(String.valueOf(known.text("salt")));
        assertThat(unknown.integer("iterations", 1)).isEqualTo(known.integer("iterations", 1));
        assertThat(deniedSignature(testbed, "nobody").text("salt"))
                .as("the salt of an unknown user, asked again")
                .isEqualTo(unknown.text("salt"));
        assertThat(testbed.router().count(Counter.CREDENTIALS_CHECKED)).isEqualTo(3);
    }

    private static Dict deniedSignature(Testbed testbed, String authid) {
        Peer peer = UserRealms.hello(testbed.connect(), "wampcra", authid);
        Challenge challenge = UserRealms.challenge(peer, AuthMethod.WAMPCRA);
        UserRealms.answer(
                        peer, Cra.sign("wrong", String.valueOf(challenge.extra().text("challenge"))))
                .expectAbort(WampError.AUTHENTICATION_DENIED);
        peer.expectClosed();
        return challenge.extra();
    }

    @Scenario({"AUTH-05", "AUTH-CRA-04"})
    void anAnswerToAnotherChallengeIsRefused(Testbed testbed) {
        testbed.realms(UserRealms.realm(AuthMethod.WAMPCRA, PLAIN));
        Peer first = UserRealms.hello(testbed.connect(), "wampcra", UserRealms.ANNA);
        String text = String.valueOf(
                UserRealms.challenge(first, AuthMethod.WAMPCRA).extra().text("challenge"));
        String signature = Cra.sign(UserRealms.SECRET, text);
        UserRealms.answer(first, signature).expectWelcome();
        Peer second = UserRealms.hello(testbed.connect(), "wampcra", UserRealms.ANNA);
        UserRealms.challenge(second, AuthMethod.WAMPCRA);
        UserRealms.answer(second, signature).expectAbort(WampError.AUTHENTICATION_DENIED);
        second.expectClosed();
    }
}
