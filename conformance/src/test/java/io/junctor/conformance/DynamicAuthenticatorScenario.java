package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.auth.AuthConfig;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.spi.AuthMethod;
import io.junctor.testkit.Peer;
import io.junctor.wamp.auth.Base64Text;
import io.junctor.wamp.auth.Cra;
import io.junctor.wamp.auth.Cryptosign;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Section 12: authentication by a procedure. */
class DynamicAuthenticatorScenario {
    private static final String PROCEDURE = "com.example.authenticate";

    /** A realm in which an anonymous session may serve the procedure. */
    private static Peer authenticator(Testbed testbed) {
        AuthSource source = new AuthSource.Procedure(new Uri(PROCEDURE), null);
        List<AuthMethodConfig> offers = Arrays.stream(AuthMethod.values())
                .filter(method -> method != AuthMethod.JWT && method != AuthMethod.ANONYMOUS)
                .map(method -> new AuthMethodConfig(method, source, true, null))
                .toList();
        testbed.realms(UserRealms.realm(new AuthConfig(UserRealms.OTHER_ROLE, offers)));
        Peer peer = testbed.connect();
        peer.join(Testbed.REALM);
        return peer;
    }

    @Scenario({"AUTH-DYN-01", "AUTH-DYN-02"})
    void aTicketIsShownToTheProcedure(Testbed testbed) {
        Peer authenticator = authenticator(testbed);
        authenticator.register(PROCEDURE);
        Peer peer =
                UserRealms.hello(testbed.connect(), List.of("ticket"), Map.of("authid", "anna", "authrole", "wish"));
        UserRealms.challenge(peer, AuthMethod.TICKET);
        UserRealms.answer(peer, UserRealms.SECRET);
        Invocation invocation = authenticator.expect(Invocation.class);
        List<@Nullable Object> arguments =
                authenticator.arguments(invocation.payload()).positional();
        assertThat(arguments).hasSize(3).startsWith(Testbed.REALM, "anna");
        @SuppressWarnings("unchecked")
        Map<String, Object> details = (Map<String, Object>) Objects.requireNonNull(arguments.get(2));
        assertThat(details)
                .containsKeys("session", "transport")
                .containsEntry("authmethod", "ticket")
                .containsEntry("authid", "anna")
                .containsEntry("authrole", "wish")
                .containsEntry("authextra", Map.of())
                .containsEntry("ticket", UserRealms.SECRET);
        authenticator.answer(invocation, UserRealms.ROLE);
        Welcome welcome = peer.expectWelcome();
        assertThat(welcome.session()).isEqualTo(details.get("session"));
        assertThat(welcome.details().identity().authrole()).isEqualTo(UserRealms.ROLE);
        assertThat(welcome.details().identity().authprovider()).isEqualTo("dynamic");
    }

    @Scenario("AUTH-DYN-02")
    void theProcedureOverridesTheRequest(Testbed testbed) {
        Peer authenticator = authenticator(testbed);
        authenticator.register(PROCEDURE);
        Peer peer = UserRealms.hello(testbed.connect(), "ticket", "anna");
        UserRealms.challenge(peer, AuthMethod.TICKET);
        UserRealms.answer(peer, "x");
        answer(
                authenticator,
                Map.of("role", UserRealms.ROLE, "authid", "berta", "realm", Testbed.REALM, "extra", Map.of("team", 7)));
        Welcome welcome = peer.expectWelcome();
        assertThat(welcome.details().identity().authid()).isEqualTo("berta");
        assertThat(welcome.details().authextra().entries()).containsEntry("team", 7L);
    }

    @Scenario("AUTH-DYN-02")
    void forOtherMethodsTheProcedureGivesTheCredential(Testbed testbed) {
        Peer authenticator = authenticator(testbed);
        authenticator.register(PROCEDURE);
        Peer cra = UserRealms.hello(testbed.connect(), "wampcra", "anna");
        answer(
                authenticator,
                Map.of(
                        "role",
                        UserRealms.ROLE,
                        "secret",
                        Cra.derivedKey(UserRealms.SECRET, "salt", 100, 32),
                        "salt",
                        "salt",
                        "iterations",
                        100,
                        "keylen",
                        32));
        String text = String.valueOf(
                UserRealms.challenge(cra, AuthMethod.WAMPCRA).extra().text("challenge"));
        UserRealms.answer(cra, Cra.sign(Cra.derivedKey(UserRealms.SECRET, "salt", 100, 32), text))
                .expectWelcome();

        byte[] key = HexFormat.of().parseHex("07".repeat(32));
        String publicKey = Cryptosign.hex(Cryptosign.publicKey(key));
        Peer signer = UserRealms.hello(
                testbed.connect(), List.of("cryptosign"), Map.of("authextra", Map.of("pubkey", publicKey)));
        answer(authenticator, Map.of("role", UserRealms.ROLE, "authid", "door", "pubkey", publicKey));
        byte[] challenge = Objects.requireNonNull(Cryptosign.parse(String.valueOf(
                UserRealms.challenge(signer, AuthMethod.CRYPTOSIGN).extra().text("challenge"))));
        Welcome welcome =
                UserRealms.answer(signer, Cryptosign.sign(key, challenge, null)).expectWelcome();
        assertThat(welcome.details().identity().authid()).isEqualTo("door");
    }

    @Scenario({"AUTH-DYN-02", "AUTH-SCRAM-06"})
    void theProcedureMayKnowScramKeys(Testbed testbed) {
        Peer authenticator = authenticator(testbed);
        authenticator.register(PROCEDURE);
        Peer scram = UserRealms.hello(
                testbed.connect(),
                List.of("wamp-scram"),
                Map.of("authid", "anna", "authextra", Map.of("nonce", "AAAA")));
        String zeros = Base64Text.of(new byte[32]);
        answer(
                authenticator,
                Map.of(
                        "role",
                        UserRealms.ROLE,
                        "kdf",
                        "argon2id13",
                        "salt",
                        "AAAAAAAAAAA=",
                        "iterations",
                        2,
                        "memory",
                        1024,
                        "stored-key",
                        zeros,
                        "server-key",
                        zeros));
        assertThat(UserRealms.challenge(scram, AuthMethod.SCRAM).extra().entries())
                .containsEntry("memory", 1024L);
        scram.cut();
    }

    @Scenario({"AUTH-DYN-02", "AUTH-SCRAM-09"})
    void theProcedureMayKnowWhatAutobahnDerives(Testbed testbed) {
        Peer authenticator = authenticator(testbed);
        authenticator.register(PROCEDURE);
        Map<String, Object> keys = new HashMap<>(Map.of("role", UserRealms.ROLE, "iterations", 4096, "memory", 512));
        keys.putAll(Map.of("salt", "00ff".repeat(8), "stored-key", "01".repeat(32), "server-key", "02".repeat(32)));
        Peer good = autobahnScram(testbed);
        answer(authenticator, keys);
        assertThat(UserRealms.challenge(good, AuthMethod.AUTOBAHN_SCRAM).extra().entries())
                .containsEntry("kdf", "argon2id-13")
                .containsEntry("salt", Base64Text.of(HexFormat.of().parseHex("00ff".repeat(8))));
        good.cut();
        for (Map.Entry<String, Object> nonsense : List.of(
                Map.<String, Object>entry("kdf", "pbkdf2"),
                Map.<String, Object>entry("stored-key", "01"),
                Map.<String, Object>entry("server-key", "no digits"))) {
            Map<String, Object> wrong = new HashMap<>(keys);
            wrong.put(nonsense.getKey(), nonsense.getValue());
            Peer peer = autobahnScram(testbed);
            answer(authenticator, wrong);
            peer.expectAbort(WampError.AUTHENTICATION_FAILED);
            peer.expectClosed();
        }
    }

    private static Peer autobahnScram(Testbed testbed) {
        return UserRealms.hello(
                testbed.connect(), List.of("scram"), Map.of("authid", "anna", "authextra", Map.of("nonce", "AAAA")));
    }

    @Scenario("AUTH-DYN-03")
    void anErrorOfTheProcedureIsTheReason(Testbed testbed) {
        Peer authenticator = authenticator(testbed);
        authenticator.register(PROCEDURE);
        Peer peer = UserRealms.hello(testbed.connect(), "wampcra", "anna");
        Invocation invocation = authenticator.expect(Invocation.class);
        authenticator.sendList(8, 68, invocation.request(), Map.of(), "com.example.closed", List.of("on Sundays"));
        Abort abort = peer.expect(Abort.class);
        assertThat(abort.reason().text()).isEqualTo("com.example.closed");
        assertThat(abort.details().message()).isEqualTo("on Sundays");
        peer.expectClosed();
    }

    @Scenario({"AUTH-DYN-03", "AUTH-04"})
    void aMissingProcedureIsNotNamedToTheClient(Testbed testbed) {
        authenticator(testbed);
        Peer peer = UserRealms.hello(testbed.connect(), "wampcra", "anna");
        expectRetry(peer);
    }

    @Scenario({"AUTH-DYN-03", "AUTH-04"})
    void aSlowProcedureIsNotWaitedFor(Testbed testbed) {
        Peer authenticator = authenticator(testbed);
        authenticator.register(PROCEDURE);
        Peer peer = UserRealms.hello(testbed.connect(), "wampcra", "anna");
        authenticator.expect(Invocation.class);
        testbed.clock().advance(Duration.ofSeconds(5));
        expectRetry(peer);
    }

    @Scenario({"AUTH-DYN-03", "SES-13"})
    void aClientMayTryAgainAfterTheAuthenticatorLeft(Testbed testbed) {
        Peer authenticator = authenticator(testbed);
        authenticator.register(PROCEDURE);
        Peer peer = UserRealms.hello(testbed.connect(), "wampcra", "anna");
        authenticator.expect(Invocation.class);
        authenticator.cut();
        expectRetry(peer);
    }

    @Scenario({"AUTH-DYN-03", "AUTH-04"})
    void anInvalidAnswerOfTheAuthenticatorRefusesTheClient(Testbed testbed) {
        Peer authenticator = authenticator(testbed);
        authenticator.register(PROCEDURE);
        for (Object nonsense : List.of(
                5,
                Map.of(),
                Map.of("role", 5),
                Map.of("role", UserRealms.ROLE),
                Map.of("role", UserRealms.ROLE, "secret", "x", "salt", "y", "iterations", "many"))) {
            Peer peer = UserRealms.hello(testbed.connect(), "wampcra", "anna");
            answer(authenticator, nonsense);
            Abort abort = peer.expectAbort(WampError.AUTHENTICATION_FAILED);
            assertThat(abort.details().message()).isEqualTo("the authenticator gave no valid answer");
            assertThat(abort.details().extra().isEmpty()).isTrue();
            peer.expectClosed();
        }
    }

    @Scenario({"AUTH-DYN-02", "AUTH-04"})
    void aRealmThatDoesNotExistIsNotGranted(Testbed testbed) {
        Peer authenticator = authenticator(testbed);
        authenticator.register(PROCEDURE);
        Peer peer = UserRealms.hello(testbed.connect(), "ticket", "anna");
        UserRealms.challenge(peer, AuthMethod.TICKET);
        UserRealms.answer(peer, "x");
        answer(authenticator, Map.of("role", UserRealms.ROLE, "realm", "nowhere"));
        Abort abort = peer.expectAbort(WampError.AUTHENTICATION_FAILED);
        assertThat(String.valueOf(abort.details().message())).doesNotContain("nowhere");
        peer.expectClosed();
    }

    private static void expectRetry(Peer peer) {
        Abort abort = peer.expectAbort(WampError.AUTHENTICATION_FAILED);
        assertThat(abort.details().extra().flag("_retry", false)).isTrue();
        assertThat(String.valueOf(abort.details().message())).doesNotContain(PROCEDURE);
        peer.expectClosed();
    }

    private static void answer(Peer authenticator, Object answer) {
        authenticator.answer(authenticator.expect(Invocation.class), answer);
    }
}
