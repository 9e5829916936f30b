package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.AuthConfig;
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

/** Section 12: clients that want to be somebody else. */
class ImpostorScenario {
    private static final Principal ANNA = Principal.of(Logins.ROLE, new Credential.Secret(Logins.SECRET));

    @Scenario({"AUTH-05", "AUTH-CRA-04"})
    void anAnswerToSomebodyElsesChallengeIsNone(Wire wire) {
        wire.realms(Logins.realm(Logins.offer(AuthMethod.WAMPCRA, ANNA)));
        Peer anna = Logins.hello(wire.connect(), "wampcra", Logins.ANNA);
        Peer impostor = Logins.hello(wire.connect(), "wampcra", Logins.ANNA);
        String answer = Cra.sign(Logins.SECRET, challenge(anna));
        challenge(impostor);
        Logins.answer(impostor, answer).expectAbort(WampError.AUTHENTICATION_DENIED);
        impostor.expectClosed();
        Logins.answer(anna, answer).expectWelcome();
    }

    @Scenario({"AUTH-05", "AUTH-03"})
    void aChallengeIsAnsweredOnce(Wire wire) {
        wire.realms(Logins.realm(Logins.offer(AuthMethod.WAMPCRA, ANNA)));
        Peer impostor = Logins.hello(wire.connect(), "wampcra", Logins.ANNA);
        String text = challenge(impostor);
        Logins.answer(impostor, Cra.sign("guess", text)).expectAbort(WampError.AUTHENTICATION_DENIED);
        impostor.expectClosed();
        Peer anna = Logins.hello(wire.connect(), "wampcra", Logins.ANNA);
        Logins.answer(anna, Cra.sign(Logins.SECRET, challenge(anna))).expectWelcome();
        Logins.answer(anna, Cra.sign(Logins.SECRET, text)).expectViolation();
    }

    @Scenario({"AUTH-01", "AUTH-02"})
    void nobodyFallsBackToWhatTheRealmDoesNotOffer(Wire wire) {
        wire.realms(Logins.realm(Logins.offer(AuthMethod.WAMPCRA, ANNA)));
        Map.of(
                        List.of("ticket", "anonymous"), WampError.AUTHENTICATION_REQUIRED,
                        List.of("ticket", "scram"), WampError.NO_MATCHING_AUTH_METHOD,
                        List.<String>of(), WampError.AUTHENTICATION_REQUIRED)
                .forEach((methods, reason) -> {
                    Peer peer = Logins.hello(wire.connect(), methods, Map.of("authid", Logins.ANNA));
                    peer.expectAbort(reason);
                    peer.expectClosed();
                });
    }

    @Scenario({"AUTH-01", "AUTH-04"})
    void whoFailsIsNotAnonymousInstead(Wire wire) {
        wire.realms(Logins.realm(new AuthConfig(Logins.OTHER_ROLE, List.of(Logins.offer(AuthMethod.TICKET, ANNA)))));
        Peer peer = Logins.hello(wire.connect(), List.of("ticket", "anonymous"), Map.of("authid", Logins.ANNA));
        Logins.challenge(peer, AuthMethod.TICKET);
        Logins.answer(peer, "guess").expectAbort(WampError.AUTHENTICATION_DENIED);
        peer.expectClosed();
    }

    @Scenario({"SEC-02", "AUTH-04"})
    void anAuthidHasALimitThatIsTold(Wire wire) {
        wire.realms(Logins.realm(Logins.offer(AuthMethod.TICKET, ANNA)));
        Peer longest = Logins.hello(wire.connect(), "ticket", "x".repeat(1_000));
        Logins.challenge(longest, AuthMethod.TICKET);
        longest.cut();
        Peer longer = Logins.hello(wire.connect(), "ticket", "x".repeat(1_001));
        Abort abort = longer.expectAbort(WampError.AUTHENTICATION_FAILED);
        assertThat(abort.details().message()).contains("authid", "1001", "1000");
        longer.expectClosed();
    }

    @Scenario("SEC-02")
    void oversizedCredentialsEndTheConnection(Wire wire) {
        wire.realms(Logins.realm(Logins.offer(AuthMethod.TICKET, ANNA)));
        String huge = "x".repeat(1 << 16);
        Peer greeting = Logins.hello(
                wire.connect(), List.of("ticket"), Map.of("authid", Logins.ANNA, "authextra", Map.of("key", huge)));
        assertThat(greeting.expectClosed()).isEqualTo(1009);
        Peer answering = Logins.hello(wire.connect(), "ticket", Logins.ANNA);
        Logins.challenge(answering, AuthMethod.TICKET);
        Logins.answer(answering, huge);
        assertThat(answering.expectClosed()).isEqualTo(1009);
    }

    @Scenario("SEC-02")
    void manyElementsBeforeWelcomeAreAViolation(Wire wire) {
        wire.realms(Logins.realm(Logins.offer(AuthMethod.TICKET, ANNA)));
        List<Map<String, Object>> elements = Collections.nCopies(500, Map.of());
        Peer greeting = Logins.hello(
                wire.connect(), List.of("ticket"), Map.of("authid", Logins.ANNA, "authextra", Map.of("key", elements)));
        assertThat(greeting.expectViolation().details().message()).contains("more than 500 elements");
        Peer answering = Logins.hello(wire.connect(), "ticket", Logins.ANNA);
        Logins.challenge(answering, AuthMethod.TICKET);
        answering.sendList(5, "ticket", Map.of("key", elements));
        assertThat(answering.expectViolation().details().message()).contains("more than 500 elements");
    }

    private static String challenge(Peer peer) {
        return String.valueOf(Logins.challenge(peer, AuthMethod.WAMPCRA).extra().text("challenge"));
    }
}
