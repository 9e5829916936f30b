package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.AuthMethodConfig;
import io.junctor.router.config.AuthSource;
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

/** Section 12: ticket and WAMP-CRA, where both sides know a secret. */
class SecretScenario {
    private static final Credential PLAIN = new Credential.Secret(Logins.SECRET);
    private static final Credential SALTED =
            new Credential.SaltedSecret(Cra.derivedKey(Logins.SECRET, "salt123", 1000, 32), "salt123", 1000, 32);

    @Scenario({"AUTH-TKT-01", "AUTH-03", "SES-03"})
    void aTicketOpensASession(Wire wire) {
        wire.realms(Logins.realm(AuthMethod.TICKET, PLAIN));
        Peer peer = Logins.hello(wire.connect(), "ticket", Logins.ANNA);
        assertThat(peer.expectList()).containsExactly(4L, "ticket", Map.of());
        Welcome welcome = Logins.answer(peer, Logins.SECRET).expectWelcome();
        assertThat(welcome.details().realm()).isEqualTo(Wire.REALM);
        assertThat(welcome.details().identity().authid()).isEqualTo(Logins.ANNA);
        assertThat(welcome.details().identity().authrole()).isEqualTo(Logins.ROLE);
        assertThat(welcome.details().identity().authmethod()).isEqualTo("ticket");
        assertThat(welcome.details().identity().authprovider()).isEqualTo("static");
        assertThat(peer.subscribe("any.topic")).isPositive();
    }

    @Scenario({"AUTH-TKT-01", "AUTH-04"})
    void ticketNeedsAnAuthid(Wire wire) {
        wire.realms(Logins.realm(AuthMethod.TICKET, PLAIN));
        Peer peer = Logins.hello(wire.connect(), List.of("ticket"), Map.of());
        peer.expectAbort(WampError.AUTHENTICATION_DENIED);
        peer.expectClosed();
    }

    @Scenario("AUTH-TKT-01")
    void aTicketIsNotAskedForWhereOthersMayReadAlong(Wire wire) {
        wire.realms(Logins.realm(new AuthMethodConfig(
                AuthMethod.TICKET,
                new AuthSource.Users(Map.of(Logins.ANNA, Principal.of(Logins.ROLE, PLAIN))),
                false,
                null)));
        Peer peer = Logins.hello(wire.connect(), "ticket", Logins.ANNA);
        if (wire.isInContainer()) {
            peer.expectAbort(WampError.NO_MATCHING_AUTH_METHOD);
            peer.expectClosed();
        } else {
            Logins.challenge(peer, AuthMethod.TICKET);
            Logins.answer(peer, Logins.SECRET).expectWelcome();
        }
    }

    @Scenario({"AUTH-05", "AUTH-04"})
    void unknownUserAndWrongTicketLookAlike(Wire wire) {
        wire.realms(Logins.realm(AuthMethod.TICKET, PLAIN));
        assertThat(deniedTicket(wire, "nobody", Logins.SECRET)).isEqualTo(deniedTicket(wire, Logins.ANNA, "wrong"));
        assertThat(wire.router().count(Counter.CREDENTIALS_CHECKED)).isEqualTo(2);
    }

    @Scenario("AUTH-05")
    void forAnUnknownUserTheSameKeysAreDerived(Wire wire) {
        byte[] salt = {1, 2, 3, 4, 5, 6, 7, 8};
        String key = Base64Text.of(Pbkdf2.derive(Logins.SECRET, salt, 100, 32));
        wire.realms(Logins.realm(AuthMethod.TICKET, new Credential.HashedSecret(key, Base64Text.of(salt), 100)));
        Abort wrong = deniedTicket(wire, Logins.ANNA, "wrong");
        assertThat(wire.router().count(Counter.KEYS_DERIVED)).isEqualTo(1);
        assertThat(deniedTicket(wire, "nobody", Logins.SECRET)).isEqualTo(wrong);
        assertThat(wire.router().count(Counter.KEYS_DERIVED)).isEqualTo(2);
        Peer right = Logins.hello(wire.connect(), "ticket", Logins.ANNA);
        Logins.challenge(right, AuthMethod.TICKET);
        Logins.answer(right, Logins.SECRET).expectWelcome();
    }

    private static Abort deniedTicket(Wire wire, String authid, String ticket) {
        Peer peer = Logins.hello(wire.connect(), "ticket", authid);
        Logins.challenge(peer, AuthMethod.TICKET);
        Abort abort = Logins.answer(peer, ticket).expectAbort(WampError.AUTHENTICATION_DENIED);
        peer.expectClosed();
        return abort;
    }

    @Scenario({"AUTH-CRA-01", "AUTH-CRA-02", "AUTH-03"})
    void aSignedChallengeOpensASession(Wire wire) {
        wire.realms(Logins.realm(AuthMethod.WAMPCRA, PLAIN));
        Peer peer = Logins.hello(wire.connect(), "wampcra", Logins.ANNA);
        Dict extra = Logins.challenge(peer, AuthMethod.WAMPCRA).extra();
        assertThat(extra.entries()).containsOnlyKeys("challenge");
        String text = Objects.requireNonNull(extra.text("challenge"));
        Welcome welcome = Logins.answer(peer, Cra.sign(Logins.SECRET, text)).expectWelcome();
        assertThat(text)
                .contains("\"authid\": \"anna\"", "\"authrole\": \"user\"", "\"authmethod\": \"wampcra\"")
                .contains("\"authprovider\": \"static\"", "\"session\": " + welcome.session())
                .containsPattern("\"nonce\": \"[^\"]{22,}\"")
                .containsPattern("\"timestamp\": \"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}Z\"");
        assertThat(welcome.details().identity().authmethod()).isEqualTo("wampcra");
    }

    @Scenario("AUTH-CRA-03")
    void aSaltedSecretIsDerivedByTheClient(Wire wire) {
        wire.realms(Logins.realm(AuthMethod.WAMPCRA, SALTED));
        Peer peer = Logins.hello(wire.connect(), "wampcra", Logins.ANNA);
        Dict extra = Logins.challenge(peer, AuthMethod.WAMPCRA).extra();
        assertThat(extra.entries())
                .containsEntry("salt", "salt123")
                .containsEntry("keylen", 32L)
                .containsEntry("iterations", 1000L);
        String key = Cra.derivedKey(Logins.SECRET, "salt123", 1000, 32);
        Logins.answer(peer, Cra.sign(key, String.valueOf(extra.text("challenge"))))
                .expectWelcome();
    }

    @Scenario({"AUTH-CRA-04", "AUTH-05"})
    void unknownUserAndWrongSignatureLookAlike(Wire wire) {
        wire.realms(Logins.realm(AuthMethod.WAMPCRA, SALTED));
        Dict known = deniedSignature(wire, Logins.ANNA);
        Dict unknown = deniedSignature(wire, "nobody");
        assertThat(unknown.entries().keySet()).isEqualTo(known.entries().keySet());
        assertThat(String.valueOf(unknown.text("salt"))).hasSameSizeAs(String.valueOf(known.text("salt")));
        assertThat(unknown.integer("iterations", 1)).isEqualTo(known.integer("iterations", 1));
        assertThat(deniedSignature(wire, "nobody").text("salt"))
                .as("the salt of somebody unknown, again")
                .isEqualTo(unknown.text("salt"));
        assertThat(wire.router().count(Counter.CREDENTIALS_CHECKED)).isEqualTo(3);
    }

    private static Dict deniedSignature(Wire wire, String authid) {
        Peer peer = Logins.hello(wire.connect(), "wampcra", authid);
        Challenge challenge = Logins.challenge(peer, AuthMethod.WAMPCRA);
        Logins.answer(peer, Cra.sign("wrong", String.valueOf(challenge.extra().text("challenge"))))
                .expectAbort(WampError.AUTHENTICATION_DENIED);
        peer.expectClosed();
        return challenge.extra();
    }

    @Scenario({"AUTH-05", "AUTH-CRA-04"})
    void anAnswerToAnotherChallengeIsNone(Wire wire) {
        wire.realms(Logins.realm(AuthMethod.WAMPCRA, PLAIN));
        Peer first = Logins.hello(wire.connect(), "wampcra", Logins.ANNA);
        String text = String.valueOf(
                Logins.challenge(first, AuthMethod.WAMPCRA).extra().text("challenge"));
        String signature = Cra.sign(Logins.SECRET, text);
        Logins.answer(first, signature).expectWelcome();
        Peer second = Logins.hello(wire.connect(), "wampcra", Logins.ANNA);
        Logins.challenge(second, AuthMethod.WAMPCRA);
        Logins.answer(second, signature).expectAbort(WampError.AUTHENTICATION_DENIED);
        second.expectClosed();
    }
}
