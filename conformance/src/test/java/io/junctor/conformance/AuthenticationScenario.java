package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.AuthConfig;
import io.junctor.router.config.AuthMethodConfig;
import io.junctor.router.config.AuthSource;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterLimits;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.AuthenticationDecision;
import io.junctor.router.spi.Authenticator;
import io.junctor.router.spi.CertificateField;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.spi.Principal;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Section 12: what holds for all methods that ask for a proof. */
class AuthenticationScenario {
    private static final Credential SECRET = new Credential.Secret(Logins.SECRET);
    private static final AuthMethodConfig TICKET = Logins.offer(AuthMethod.TICKET, Principal.of(Logins.ROLE, SECRET));
    private static final AuthMethodConfig CRA = Logins.offer(AuthMethod.WAMPCRA, Principal.of(Logins.ROLE, SECRET));

    @Scenario("AUTH-01")
    void theClientsFirstMethodThatTheRealmOffersIsUsed(Wire wire) {
        wire.realms(Logins.realm(new AuthConfig(Logins.OTHER_ROLE, List.of(TICKET, CRA))));
        expectChallenge(wire, List.of("wampcra", "ticket"), "wampcra");
        expectChallenge(wire, List.of("x_unheard", "cryptosign", "ticket", "wampcra"), "ticket");
        expectChallenge(wire, List.of("ticket", "anonymous"), "ticket");
        Peer anonymous = Logins.hello(wire.connect(), List.of("anonymous", "ticket"), Map.of("authid", Logins.ANNA));
        assertThat(anonymous.expectWelcome().details().identity().authrole()).isEqualTo(Logins.OTHER_ROLE);
    }

    private static void expectChallenge(Wire wire, List<String> methods, String expected) {
        Peer peer = Logins.hello(wire.connect(), methods, Map.of("authid", Logins.ANNA));
        Logins.challenge(peer, AuthMethod.of(expected));
        peer.cut();
    }

    @Scenario("AUTH-01")
    void aRealmThatWantsAProofAdmitsNobodyWithout(Wire wire) {
        wire.realms(Logins.realm(TICKET));
        for (List<String> methods : List.of(List.<String>of(), List.of("anonymous"))) {
            Peer peer = Logins.hello(wire.connect(), methods, Map.of());
            peer.expectAbort(WampError.AUTHENTICATION_REQUIRED);
            peer.expectClosed();
        }
    }

    @Scenario({"SES-05", "AUTH-04"})
    void aChallengeMustBeAnsweredInTime(Wire wire) {
        wire.realms(Logins.realm(TICKET));
        Peer peer = Logins.hello(wire.connect(), "ticket", Logins.ANNA);
        Logins.challenge(peer, AuthMethod.TICKET);
        wire.clock().advance(Duration.ofMillis(29_999));
        wire.clock().advance(Duration.ofMillis(1));
        peer.expectAbort(WampError.AUTHENTICATION_FAILED);
        peer.expectClosed();
    }

    @Scenario("STM-01")
    void challengingAuthenticateIsWelcomedOrAborted(Wire wire) {
        wire.realms(Logins.realm(TICKET));
        Peer good = challenged(wire);
        Logins.answer(good, Logins.SECRET).expectWelcome();
        Peer bad = challenged(wire);
        Logins.answer(bad, "bad").expectAbort(WampError.AUTHENTICATION_DENIED);
        bad.expectClosed();
    }

    @Scenario({"STM-01", "SES-06"})
    void challengingAbortClosesTheTransport(Wire wire) {
        wire.realms(Logins.realm(TICKET));
        Peer peer = challenged(wire);
        peer.sendList(3, Map.of(), "wamp.error.cannot_authenticate");
        peer.expectClosed();
    }

    @Scenario({"STM-01", "PV-03", "PV-05"})
    void challengingAnythingElseIsAViolation(Wire wire) {
        wire.realms(Logins.realm(TICKET));
        for (List<Object> message : List.of(
                List.<Object>of(1, Wire.REALM, Map.of("roles", Map.of("caller", Map.of()))),
                List.<Object>of(6, Map.of(), "wamp.close.close_realm"),
                List.<Object>of(32, 1, Map.of(), "topic"),
                List.<Object>of(4, "ticket", Map.of()))) {
            Peer peer = challenged(wire);
            peer.sendList(message.toArray());
            peer.expectViolation();
        }
    }

    @Scenario({"SES-13", "ID-02"})
    void aClientThatVanishesWhileChallengedLeavesNothing(Wire wire) {
        wire.realms(Logins.realm(TICKET));
        Peer peer = challenged(wire);
        assertThat(wire.router().router().sessions()).isZero();
        peer.cut();
    }

    @Scenario("SES-11")
    void theNextSessionOfATransportProvesItselfAfresh(Wire wire) {
        wire.realms(Logins.realm(TICKET));
        Peer peer = challenged(wire);
        Logins.answer(peer, Logins.SECRET).expectWelcome();
        peer.leave();
        Logins.hello(peer, "ticket", Logins.ANNA);
        Logins.challenge(peer, AuthMethod.TICKET);
        Logins.answer(peer, Logins.SECRET + "x").expectAbort(WampError.AUTHENTICATION_DENIED);
        peer.expectClosed();
    }

    @Scenario("AUTH-08")
    void aWishForARoleIsGrantedOnlyWhereItIsAllowed(Wire wire) {
        Principal anna = new Principal(null, List.of(Logins.ROLE, Logins.OTHER_ROLE), null, Dict.EMPTY, SECRET);
        wire.realms(Logins.realm(Logins.offer(AuthMethod.TICKET, anna)));
        Map.of(Logins.OTHER_ROLE, Logins.OTHER_ROLE, Logins.ROLE, Logins.ROLE, "admin", Logins.ROLE)
                .forEach((wish, granted) -> {
                    Peer peer = Logins.hello(
                            wire.connect(), List.of("ticket"), Map.of("authid", Logins.ANNA, "authrole", wish));
                    Logins.challenge(peer, AuthMethod.TICKET);
                    Welcome welcome = Logins.answer(peer, Logins.SECRET).expectWelcome();
                    assertThat(welcome.details().identity().authrole()).isEqualTo(granted);
                });
    }

    @Scenario({"AUTH-08", "AUTH-04"})
    void aRoleThatTheRealmLacksIsToldOnlyAfterTheProof(Wire wire) {
        wire.realms(Logins.realm(Logins.offer(AuthMethod.TICKET, Principal.of("no_such_role", SECRET))));
        Peer wrong = challenged(wire);
        Logins.answer(wrong, "wrong").expectAbort(WampError.AUTHENTICATION_DENIED);
        wrong.expectClosed();
        Peer right = challenged(wire);
        Logins.answer(right, Logins.SECRET).expectAbort(WampError.NO_SUCH_ROLE);
        right.expectClosed();
    }

    @Scenario("AUTH-07")
    void whatAClientSaysOfItsTransportIsDiscarded(Wire wire) {
        wire.realms(Logins.realm(program(applicant -> {
            assertThat(applicant.authextra().entries()).containsOnlyKeys("hint");
            return new AuthenticationDecision.Accepted(Principal.of(Logins.ROLE, new Credential.Proven()));
        })));
        Map<String, Object> details = Map.of(
                "authid", Logins.ANNA,
                "authextra", Map.of("hint", "x"),
                "transport", Map.of("auth", Map.of("cookie", "forged")));
        Peer peer = Logins.hello(wire.connect(), List.of("ticket"), details);
        Logins.challenge(peer, AuthMethod.TICKET);
        Logins.answer(peer, "any").expectWelcome();
    }

    @Scenario({"AUTH-07", "AUTH-04"})
    void nobodyJoinsByACertificateThatWasNotShown(Wire wire) {
        AuthSource everybody = new AuthSource.Holders(CertificateField.SUBJECT_CN, List.of(Logins.ROLE));
        wire.realms(Logins.realm(AuthMethodConfig.of(AuthMethod.TLS, everybody)));
        for (Map<String, Object> details : List.of(
                Map.<String, Object>of(),
                Map.<String, Object>of(
                        "authid",
                        Logins.ANNA,
                        "transport",
                        Map.of("auth", Map.of("certificate", Map.of("subject_cn", List.of(Logins.ANNA))))))) {
            Peer peer = Logins.hello(wire.connect(), List.of("tls"), details);
            peer.expectAbort(WampError.AUTHENTICATION_DENIED);
            peer.expectClosed();
        }
    }

    @Scenario("AUTH-DYN-03")
    void aProgramMayDecide(Wire wire) {
        wire.realms(Logins.realm(program(applicant -> "open".equals(applicant.ticket())
                ? new AuthenticationDecision.Accepted(new Principal(
                        "somebody", List.of(Logins.ROLE), null, Dict.of("hint", "hello"), new Credential.Proven()))
                : JoinRefused.of(WampError.NO_SUCH_PRINCIPAL, "not today"))));
        Peer peer = challenged(wire);
        Welcome welcome = Logins.answer(peer, "open").expectWelcome();
        assertThat(welcome.details().identity().authid()).isEqualTo("somebody");
        assertThat(welcome.details().identity().authprovider()).isEqualTo("program");
        assertThat(welcome.details().authextra().entries()).containsEntry("hint", "hello");
        Peer other = challenged(wire);
        Abort abort = Logins.answer(other, "sesame").expectAbort(WampError.NO_SUCH_PRINCIPAL);
        assertThat(abort.details().message()).isEqualTo("not today");
        other.expectClosed();
    }

    @Scenario({"AUTH-DYN-03", "AUTH-04"})
    void aProgramThatFailsIsNoProof(Wire wire) {
        wire.realms(Logins.realm(program(applicant -> {
            throw new IllegalStateException("out of order");
        })));
        Peer peer = challenged(wire);
        Abort abort = Logins.answer(peer, "any").expectAbort(WampError.AUTHENTICATION_FAILED);
        assertThat(String.valueOf(abort.details().message())).doesNotContain("out of order");
        peer.expectClosed();
    }

    @Scenario({"AUTH-DYN-03", "AUTH-04"})
    void aProgramThatTakesTooLongMayBeAskedAgain(Wire wire) throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        wire.realms(Logins.realm(program(applicant -> {
            asked.countDown();
            await(end);
            return new AuthenticationDecision.Accepted(Principal.of(Logins.ROLE, new Credential.Proven()));
        })));
        Peer peer = challenged(wire);
        Logins.answer(peer, "any");
        asked.await();
        wire.clock().advance(Duration.ofSeconds(5));
        Abort abort = peer.expectAbort(WampError.AUTHENTICATION_FAILED);
        assertThat(abort.details().extra().flag("_retry", false)).isTrue();
        end.countDown();
        peer.expectClosed();
    }

    @Scenario({"AUTH-05", "SEC-02"})
    void whoGuessesTooOftenIsNotHeardForAWhile(Wire wire) {
        wire.realms(Logins.realm(TICKET)).limits(new RouterLimits(100, 25, 3));
        for (int i = 0; i < 3; i++) {
            Peer guess = challenged(wire);
            Logins.answer(guess, "guess " + i).expectAbort(WampError.AUTHENTICATION_DENIED);
            guess.expectClosed();
        }
        Peer other = Logins.hello(wire.connect(), "ticket", "nobody");
        Logins.challenge(other, AuthMethod.TICKET);
        other.cut();
        Peer late = Logins.hello(wire.connect(), "ticket", Logins.ANNA);
        if (wire.isInContainer()) {
            // The container does not say where clients are, so each connection counts as an address.
            Logins.challenge(late, AuthMethod.TICKET);
            late.cut();
        } else {
            Abort abort = late.expectAbort(WampError.AUTHENTICATION_FAILED);
            assertThat(abort.details().extra().flag("_retry", false)).isTrue();
            late.expectClosed();
        }
        wire.clock().advance(Duration.ofSeconds(20));
        Peer again = challenged(wire);
        Logins.answer(again, Logins.SECRET).expectWelcome();
    }

    @Scenario("AUTH-05")
    void challengesThatAreNotAnsweredAreBounded(Wire wire) {
        wire.realms(Logins.realm(TICKET)).limits(new RouterLimits(100, 25, 30, 12, 3));
        for (int i = 0; i < 3; i++) {
            challenged(wire).cut();
        }
        if (!wire.isInContainer()) {
            Peer late = Logins.hello(wire.connect(), "ticket", Logins.ANNA);
            Abort abort = late.expectAbort(WampError.AUTHENTICATION_FAILED);
            assertThat(abort.details().extra().flag("_retry", false)).isTrue();
            late.expectClosed();
        }
        wire.clock().advance(Duration.ofSeconds(20));
        for (int i = 0; i < 5; i++) {
            Logins.answer(challenged(wire), Logins.SECRET).expectWelcome();
        }
    }

    @Scenario("AUTH-05")
    void noCredentialShowsInText(Wire wire) {
        RealmConfig realm = Logins.realm(TICKET);
        wire.realms(realm);
        assertThat(realm.toString()).doesNotContain(Logins.SECRET);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static AuthMethodConfig program(Authenticator authenticator) {
        return new AuthMethodConfig(AuthMethod.TICKET, new AuthSource.Program(authenticator), true, null);
    }

    private static Peer challenged(Wire wire) {
        Peer peer = Logins.hello(wire.connect(), "ticket", Logins.ANNA);
        Logins.challenge(peer, AuthMethod.TICKET);
        return peer;
    }
}
