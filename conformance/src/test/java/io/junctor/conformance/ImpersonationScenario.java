package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.auth.AuthConfig;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.Principal;
import io.junctor.testkit.Peer;
import io.junctor.wamp.auth.Cra;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.value.WampError;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Section 12: clients that claim to be another user. */
class ImpersonationScenario {
    private static final Principal ANNA = Principal.of(UserRealms.ROLE, new Credential.Secret(UserRealms.SECRET));

    @Scenario({"AUTH-05", "AUTH-CRA-04"})
    void anAnswerToTheChallengeOfAnotherSessionIsRefused(Testbed testbed) {
        testbed.realms(UserRealms.realm(UserRealms.offer(AuthMethod.WAMPCRA, ANNA)));
        Peer anna = UserRealms.hello(testbed.connect(), "wampcra", UserRealms.ANNA);
        Peer impostor = UserRealms.hello(testbed.connect(), "wampcra", UserRealms.ANNA);
        String answer = Cra.sign(UserRealms.SECRET, challenge(anna));
        challenge(impostor);
        UserRealms.answer(impostor, answer).expectAbort(WampError.AUTHENTICATION_DENIED);
        impostor.expectClosed();
        UserRealms.answer(anna, answer).expectWelcome();
    }

    @Scenario({"AUTH-05", "AUTH-03"})
    void aChallengeIsAnsweredOnce(Testbed testbed) {
        testbed.realms(UserRealms.realm(UserRealms.offer(AuthMethod.WAMPCRA, ANNA)));
        Peer impostor = UserRealms.hello(testbed.connect(), "wampcra", UserRealms.ANNA);
        String text = challenge(impostor);
        UserRealms.answer(impostor, Cra.sign("guess", text)).expectAbort(WampError.AUTHENTICATION_DENIED);
        impostor.expectClosed();
        Peer anna = UserRealms.hello(testbed.connect(), "wampcra", UserRealms.ANNA);
        UserRealms.answer(anna, Cra.sign(UserRealms.SECRET, challenge(anna))).expectWelcome();
        UserRealms.answer(anna, Cra.sign(UserRealms.SECRET, text)).expectViolation();
    }

    @Scenario({"AUTH-01", "AUTH-02"})
    void aClientCannotFallBackToAMethodThatTheRealmDoesNotOffer(Testbed testbed) {
        testbed.realms(UserRealms.realm(UserRealms.offer(AuthMethod.WAMPCRA, ANNA)));
        Map.of(
                        List.of("ticket", "anonymous"), WampError.AUTHENTICATION_REQUIRED,
                        List.of("ticket", "scram"), WampError.NO_MATCHING_AUTH_METHOD,
                        List.<String>of(), WampError.AUTHENTICATION_REQUIRED)
                .forEach((methods, reason) -> {
                    Peer peer = UserRealms.hello(testbed.connect(), methods, Map.of("authid", UserRealms.ANNA));
                    peer.expectAbort(reason);
                    peer.expectClosed();
                });
    }

    @Scenario({"AUTH-01", "AUTH-04"})
    void aFailedLoginDoesNotBecomeAnonymous(Testbed testbed) {
        testbed.realms(UserRealms.realm(
                new AuthConfig(UserRealms.OTHER_ROLE, List.of(UserRealms.offer(AuthMethod.TICKET, ANNA)))));
        Peer peer =
                UserRealms.hello(testbed.connect(), List.of("ticket", "anonymous"), Map.of("authid", UserRealms.ANNA));
        UserRealms.challenge(peer, AuthMethod.TICKET);
        UserRealms.answer(peer, "guess").expectAbort(WampError.AUTHENTICATION_DENIED);
        peer.expectClosed();
    }

    @Scenario({"SEC-02", "AUTH-04"})
    void anAuthidOverTheLimitIsRefusedWithTheLimit(Testbed testbed) {
        testbed.realms(UserRealms.realm(UserRealms.offer(AuthMethod.TICKET, ANNA)));
        Peer longest = UserRealms.hello(testbed.connect(), "ticket", "x".repeat(1_000));
        UserRealms.challenge(longest, AuthMethod.TICKET);
        longest.cut();
        Peer longer = UserRealms.hello(testbed.connect(), "ticket", "x".repeat(1_001));
        Abort abort = longer.expectAbort(WampError.AUTHENTICATION_FAILED);
        assertThat(abort.details().message()).contains("authid", "1001", "1000");
        longer.expectClosed();
    }

    @Scenario("SEC-02")
    void oversizedCredentialsEndTheConnection(Testbed testbed) {
        testbed.realms(UserRealms.realm(UserRealms.offer(AuthMethod.TICKET, ANNA)));
        String huge = "x".repeat(1 << 16);
        Peer greeting = UserRealms.hello(
                testbed.connect(),
                List.of("ticket"),
                Map.of("authid", UserRealms.ANNA, "authextra", Map.of("key", huge)));
        assertThat(greeting.expectClosed()).isEqualTo(testbed.closeCode(1009));
        Peer answering = UserRealms.hello(testbed.connect(), "ticket", UserRealms.ANNA);
        UserRealms.challenge(answering, AuthMethod.TICKET);
        UserRealms.answer(answering, huge);
        assertThat(answering.expectClosed()).isEqualTo(testbed.closeCode(1009));
    }

    @Scenario("SEC-02")
    void manyElementsBeforeWelcomeAreAViolation(Testbed testbed) {
        testbed.realms(UserRealms.realm(UserRealms.offer(AuthMethod.TICKET, ANNA)));
        List<Map<String, Object>> elements = Collections.nCopies(500, Map.of());
        Peer greeting = UserRealms.hello(
                testbed.connect(),
                List.of("ticket"),
                Map.of("authid", UserRealms.ANNA, "authextra", Map.of("key", elements)));
        assertThat(greeting.expectViolation().details().message()).contains("more than the limit of 500 elements");
        Peer answering = UserRealms.hello(testbed.connect(), "ticket", UserRealms.ANNA);
        UserRealms.challenge(answering, AuthMethod.TICKET);
        answering.sendList(5, "ticket", Map.of("key", elements));
        assertThat(answering.expectViolation().details().message()).contains("more than the limit of 500 elements");
    }

    private static String challenge(Peer peer) {
        return String.valueOf(
                UserRealms.challenge(peer, AuthMethod.WAMPCRA).extra().text("challenge"));
    }
}
