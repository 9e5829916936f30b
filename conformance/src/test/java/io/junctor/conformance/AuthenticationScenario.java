package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterLimits;
import io.junctor.router.config.auth.AuthConfig;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
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

/** Section 12: rules for all authentication methods with a challenge. */
class AuthenticationScenario {
    private static final Credential SECRET = new Credential.Secret(UserRealms.SECRET);
    private static final AuthMethodConfig TICKET =
            UserRealms.offer(AuthMethod.TICKET, Principal.of(UserRealms.ROLE, SECRET));
    private static final AuthMethodConfig CRA =
            UserRealms.offer(AuthMethod.WAMPCRA, Principal.of(UserRealms.ROLE, SECRET));

    @Scenario("AUTH-01")
    void theClientsFirstMethodThatTheRealmOffersIsUsed(Testbed testbed) {
        testbed.realms(UserRealms.realm(new AuthConfig(UserRealms.OTHER_ROLE, List.of(TICKET, CRA))));
        expectChallenge(testbed, List.of("wampcra", "ticket"), "wampcra");
        expectChallenge(testbed, List.of("x_unheard", "cryptosign", "ticket", "wampcra"), "ticket");
        expectChallenge(testbed, List.of("ticket", "anonymous"), "ticket");
        Peer anonymous =
                UserRealms.hello(testbed.connect(), List.of("anonymous", "ticket"), Map.of("authid", UserRealms.ANNA));
        assertThat(anonymous.expectWelcome().details().identity().authrole()).isEqualTo(UserRealms.OTHER_ROLE);
    }

    private static void expectChallenge(Testbed testbed, List<String> methods, String expected) {
        Peer peer = UserRealms.hello(testbed.connect(), methods, Map.of("authid", UserRealms.ANNA));
        UserRealms.challenge(peer, AuthMethod.of(expected));
        peer.cut();
    }

    @Scenario("AUTH-01")
    void aRealmWithoutAnonymousRefusesClientsThatOfferNoMethod(Testbed testbed) {
        testbed.realms(UserRealms.realm(TICKET));
        for (List<String> methods : List.of(List.<String>of(), List.of("anonymous"))) {
            Peer peer = UserRealms.hello(testbed.connect(), methods, Map.of());
            peer.expectAbort(WampError.AUTHENTICATION_REQUIRED);
            peer.expectClosed();
        }
    }

    @Scenario({"SES-05", "AUTH-04"})
    void aChallengeMustBeAnsweredInTime(Testbed testbed) {
        testbed.realms(UserRealms.realm(TICKET));
        Peer peer = UserRealms.hello(testbed.connect(), "ticket", UserRealms.ANNA);
        UserRealms.challenge(peer, AuthMethod.TICKET);
        testbed.clock().advance(Duration.ofMillis(29_999));
        testbed.clock().advance(Duration.ofMillis(1));
        assertThat(peer.expectAbort(WampError.AUTHENTICATION_FAILED).details().message())
                .isEqualTo("AUTHENTICATE did not come in time (auth_timeout)");
        peer.expectClosed();
    }

    @Scenario("STM-01")
    void challengingAuthenticateIsWelcomedOrAborted(Testbed testbed) {
        testbed.realms(UserRealms.realm(TICKET));
        Peer good = challenged(testbed);
        UserRealms.answer(good, UserRealms.SECRET).expectWelcome();
        Peer bad = challenged(testbed);
        UserRealms.answer(bad, "bad").expectAbort(WampError.AUTHENTICATION_DENIED);
        bad.expectClosed();
    }

    @Scenario({"STM-01", "SES-06"})
    void challengingAbortClosesTheTransport(Testbed testbed) {
        testbed.realms(UserRealms.realm(TICKET));
        Peer peer = challenged(testbed);
        peer.sendList(3, Map.of(), "wamp.error.cannot_authenticate");
        peer.expectClosed();
    }

    @Scenario({"STM-01", "PV-03", "PV-05"})
    void challengingAnythingElseIsAViolation(Testbed testbed) {
        testbed.realms(UserRealms.realm(TICKET));
        for (List<Object> message : List.of(
                List.<Object>of(1, Testbed.REALM, Map.of("roles", Map.of("caller", Map.of()))),
                List.<Object>of(6, Map.of(), "wamp.close.close_realm"),
                List.<Object>of(32, 1, Map.of(), "topic"),
                List.<Object>of(4, "ticket", Map.of()))) {
            Peer peer = challenged(testbed);
            peer.sendList(message.toArray());
            peer.expectViolation();
        }
    }

    @Scenario({"SES-13", "ID-02"})
    void aClientThatVanishesWhileChallengedLeavesNoState(Testbed testbed) {
        testbed.realms(UserRealms.realm(TICKET));
        Peer peer = challenged(testbed);
        assertThat(testbed.router().router().sessions()).isZero();
        peer.cut();
    }

    @Scenario("SES-11")
    void theNextSessionOfATransportMustAuthenticateAgain(Testbed testbed) {
        testbed.realms(UserRealms.realm(TICKET));
        Peer peer = challenged(testbed);
        UserRealms.answer(peer, UserRealms.SECRET).expectWelcome();
        peer.leave();
        UserRealms.hello(peer, "ticket", UserRealms.ANNA);
        UserRealms.challenge(peer, AuthMethod.TICKET);
        UserRealms.answer(peer, UserRealms.SECRET + "x").expectAbort(WampError.AUTHENTICATION_DENIED);
        peer.expectClosed();
    }

    @Scenario("AUTH-08")
    void aRequestedRoleIsGrantedOnlyIfTheUserHasIt(Testbed testbed) {
        Principal anna = new Principal(null, List.of(UserRealms.ROLE, UserRealms.OTHER_ROLE), null, Dict.EMPTY, SECRET);
        testbed.realms(UserRealms.realm(UserRealms.offer(AuthMethod.TICKET, anna)));
        Map.of(UserRealms.OTHER_ROLE, UserRealms.OTHER_ROLE, UserRealms.ROLE, UserRealms.ROLE, "admin", UserRealms.ROLE)
                .forEach((wish, granted) -> {
                    Peer peer = UserRealms.hello(
                            testbed.connect(), List.of("ticket"), Map.of("authid", UserRealms.ANNA, "authrole", wish));
                    UserRealms.challenge(peer, AuthMethod.TICKET);
                    Welcome welcome = UserRealms.answer(peer, UserRealms.SECRET).expectWelcome();
                    assertThat(welcome.details().identity().authrole()).isEqualTo(granted);
                });
    }

    @Scenario({"AUTH-08", "AUTH-04"})
    void aRoleThatTheRealmLacksIsReportedOnlyAfterAuthentication(Testbed testbed) {
        testbed.realms(UserRealms.realm(UserRealms.offer(AuthMethod.TICKET, Principal.of("no_such_role", SECRET))));
        Peer wrong = challenged(testbed);
        UserRealms.answer(wrong, "wrong").expectAbort(WampError.AUTHENTICATION_DENIED);
        wrong.expectClosed();
        Peer right = challenged(testbed);
        UserRealms.answer(right, UserRealms.SECRET).expectAbort(WampError.NO_SUCH_ROLE);
        right.expectClosed();
    }

    @Scenario("AUTH-07")
    void transportDetailsInHelloAreDiscarded(Testbed testbed) {
        testbed.realms(UserRealms.realm(program(applicant -> {
            assertThat(applicant.authextra().entries()).containsOnlyKeys("hint");
            return new AuthenticationDecision.Accepted(Principal.of(UserRealms.ROLE, new Credential.Proven()));
        })));
        Map<String, Object> details = Map.of(
                "authid", UserRealms.ANNA,
                "authextra", Map.of("hint", "x"),
                "transport", Map.of("auth", Map.of("cookie", "forged")));
        Peer peer = UserRealms.hello(testbed.connect(), List.of("ticket"), details);
        UserRealms.challenge(peer, AuthMethod.TICKET);
        UserRealms.answer(peer, "any").expectWelcome();
    }

    @Scenario({"AUTH-07", "AUTH-04"})
    void aClientThatShowedNoCertificateCannotJoinByTls(Testbed testbed) {
        AuthSource allHolders = new AuthSource.Holders(CertificateField.SUBJECT_CN, List.of(UserRealms.ROLE));
        testbed.realms(UserRealms.realm(AuthMethodConfig.of(AuthMethod.TLS, allHolders)));
        for (Map<String, Object> details : List.of(
                Map.<String, Object>of(),
                Map.<String, Object>of(
                        "authid",
                        UserRealms.ANNA,
                        "transport",
                        Map.of("auth", Map.of("certificate", Map.of("subject_cn", List.of(UserRealms.ANNA))))))) {
            Peer peer = UserRealms.hello(testbed.connect(), List.of("tls"), details);
            peer.expectAbort(WampError.AUTHENTICATION_DENIED);
            peer.expectClosed();
        }
    }

    @Scenario("AUTH-DYN-03")
    void anAuthenticatorObjectMayDecide(Testbed testbed) {
        testbed.realms(UserRealms.realm(program(applicant -> "open".equals(applicant.ticket())
                ? new AuthenticationDecision.Accepted(new Principal(
                        "another", List.of(UserRealms.ROLE), null, Dict.of("hint", "hello"), new Credential.Proven()))
                : JoinRefused.of(WampError.NO_SUCH_PRINCIPAL, "not today"))));
        Peer peer = challenged(testbed);
        Welcome welcome = UserRealms.answer(peer, "open").expectWelcome();
        assertThat(welcome.details().identity().authid()).isEqualTo("another");
        assertThat(welcome.details().identity().authprovider()).isEqualTo("program");
        assertThat(welcome.details().authextra().entries()).containsEntry("hint", "hello");
        Peer other = challenged(testbed);
        Abort abort = UserRealms.answer(other, "sesame").expectAbort(WampError.NO_SUCH_PRINCIPAL);
        assertThat(abort.details().message()).isEqualTo("not today");
        other.expectClosed();
    }

    @Scenario({"AUTH-DYN-03", "AUTH-04"})
    void aClientIsRefusedIfTheAuthenticatorObjectFails(Testbed testbed) {
        testbed.realms(UserRealms.realm(program(applicant -> {
            throw new IllegalStateException("out of order");
        })));
        Peer peer = challenged(testbed);
        Abort abort = UserRealms.answer(peer, "any").expectAbort(WampError.AUTHENTICATION_FAILED);
        assertThat(String.valueOf(abort.details().message())).isEqualTo("authentication failed in the router");
        peer.expectClosed();
    }

    @Scenario({"AUTH-DYN-03", "AUTH-04"})
    void aClientMayTryAgainAfterTheTimeoutOfAnAuthenticatorObject(Testbed testbed) throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        testbed.realms(UserRealms.realm(program(applicant -> {
            asked.countDown();
            await(end);
            return new AuthenticationDecision.Accepted(Principal.of(UserRealms.ROLE, new Credential.Proven()));
        })));
        Peer peer = challenged(testbed);
        UserRealms.answer(peer, "any");
        asked.await();
        testbed.clock().advance(Duration.ofSeconds(5));
        Abort abort = peer.expectAbort(WampError.AUTHENTICATION_FAILED);
        assertThat(abort.details().message()).isEqualTo("authentication cannot be carried out now: try again later");
        assertThat(abort.details().extra().flag("_retry", false)).isTrue();
        end.countDown();
        peer.expectClosed();
    }

    @Scenario({"AUTH-05", "SEC-02"})
    void tooManyFailedLoginsOfAnAddressRefuseLoginsForAWhile(Testbed testbed) {
        testbed.realms(UserRealms.realm(TICKET)).limits(new RouterLimits(100, 25, 3));
        for (int i = 0; i < 3; i++) {
            Peer guess = challenged(testbed);
            UserRealms.answer(guess, "guess " + i).expectAbort(WampError.AUTHENTICATION_DENIED);
            guess.expectClosed();
        }
        Peer other = UserRealms.hello(testbed.connect(), "ticket", "nobody");
        UserRealms.challenge(other, AuthMethod.TICKET);
        other.cut();
        Peer late = UserRealms.hello(testbed.connect(), "ticket", UserRealms.ANNA);
        if (testbed.isInContainer()) {
            // The container does not tell addresses of clients, so each connection counts as an address.
            UserRealms.challenge(late, AuthMethod.TICKET);
            late.cut();
        } else {
            Abort abort = late.expectAbort(WampError.AUTHENTICATION_FAILED);
            assertThat(abort.details().message())
                    .isEqualTo("too many attempts failed lately: try again later (failed_joins_per_minute)");
            assertThat(abort.details().extra().flag("_retry", false)).isTrue();
            late.expectClosed();
        }
        testbed.clock().advance(Duration.ofSeconds(20));
        Peer again = challenged(testbed);
        UserRealms.answer(again, UserRealms.SECRET).expectWelcome();
    }

    @Scenario("AUTH-05")
    void challengesThatAreNotAnsweredAreBounded(Testbed testbed) {
        testbed.realms(UserRealms.realm(TICKET)).limits(new RouterLimits(100, 25, 30, 12, 12, 3));
        for (int i = 0; i < 3; i++) {
            challenged(testbed).cut();
        }
        if (!testbed.isInContainer()) {
            Peer late = UserRealms.hello(testbed.connect(), "ticket", UserRealms.ANNA);
            Abort abort = late.expectAbort(WampError.AUTHENTICATION_FAILED);
            assertThat(abort.details().message())
                    .isEqualTo("too many challenges were left without a right answer lately: try again later"
                            + " (challenges_per_minute)");
            assertThat(abort.details().extra().flag("_retry", false)).isTrue();
            late.expectClosed();
        }
        testbed.clock().advance(Duration.ofSeconds(20));
        for (int i = 0; i < 5; i++) {
            UserRealms.answer(challenged(testbed), UserRealms.SECRET).expectWelcome();
        }
    }

    @Scenario("AUTH-05")
    void noCredentialShowsInText(Testbed testbed) {
        RealmConfig realm = UserRealms.realm(TICKET);
        testbed.realms(realm);
        assertThat(realm.toString()).doesNotContain(UserRealms.SECRET);
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

    private static Peer challenged(Testbed testbed) {
        Peer peer = UserRealms.hello(testbed.connect(), "ticket", UserRealms.ANNA);
        UserRealms.challenge(peer, AuthMethod.TICKET);
        return peer;
    }
}
