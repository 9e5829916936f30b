package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.AuthConfig;
import io.junctor.router.config.AuthMethodConfig;
import io.junctor.router.config.AuthSource;
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

/** Section 12: a procedure says who a client is. */
class DynamicScenario {
    private static final String PROCEDURE = "com.example.authenticate";

    /** A realm in which a session without credentials may serve the procedure. */
    private static Peer authenticator(Wire wire) {
        AuthSource source = new AuthSource.Procedure(new Uri(PROCEDURE), null);
        List<AuthMethodConfig> offers = Arrays.stream(AuthMethod.values())
                .filter(method -> method != AuthMethod.JWT)
                .map(method -> new AuthMethodConfig(method, source, true, null))
                .toList();
        wire.realms(Logins.realm(new AuthConfig(Logins.OTHER_ROLE, offers)));
        Peer peer = wire.connect();
        peer.join(Wire.REALM);
        return peer;
    }

    @Scenario({"AUTH-DYN-01", "AUTH-DYN-02"})
    void aTicketIsShownToTheProcedure(Wire wire) {
        Peer authenticator = authenticator(wire);
        authenticator.register(PROCEDURE);
        Peer peer = Logins.hello(wire.connect(), List.of("ticket"), Map.of("authid", "anna", "authrole", "wish"));
        Logins.challenge(peer, AuthMethod.TICKET);
        Logins.answer(peer, Logins.SECRET);
        Invocation invocation = authenticator.expect(Invocation.class);
        List<@Nullable Object> arguments =
                authenticator.arguments(invocation.payload()).positional();
        assertThat(arguments).hasSize(3).startsWith(Wire.REALM, "anna");
        @SuppressWarnings("unchecked")
        Map<String, Object> details = (Map<String, Object>) Objects.requireNonNull(arguments.get(2));
        assertThat(details)
                .containsKeys("session", "transport")
                .containsEntry("authmethod", "ticket")
                .containsEntry("authid", "anna")
                .containsEntry("authrole", "wish")
                .containsEntry("authextra", Map.of())
                .containsEntry("ticket", Logins.SECRET);
        authenticator.answer(invocation, Logins.ROLE);
        Welcome welcome = peer.expectWelcome();
        assertThat(welcome.session()).isEqualTo(details.get("session"));
        assertThat(welcome.details().identity().authrole()).isEqualTo(Logins.ROLE);
        assertThat(welcome.details().identity().authprovider()).isEqualTo("dynamic");
    }

    @Scenario("AUTH-DYN-02")
    void theProcedureOverridesTheRequest(Wire wire) {
        Peer authenticator = authenticator(wire);
        authenticator.register(PROCEDURE);
        Peer peer = Logins.hello(wire.connect(), "ticket", "anna");
        Logins.challenge(peer, AuthMethod.TICKET);
        Logins.answer(peer, "x");
        answer(
                authenticator,
                Map.of("role", Logins.ROLE, "authid", "berta", "realm", Wire.REALM, "extra", Map.of("team", 7)));
        Welcome welcome = peer.expectWelcome();
        assertThat(welcome.details().identity().authid()).isEqualTo("berta");
        assertThat(welcome.details().authextra().entries()).containsEntry("team", 7L);
    }

    @Scenario("AUTH-DYN-02")
    void forOtherMethodsTheProcedureGivesTheCredential(Wire wire) {
        Peer authenticator = authenticator(wire);
        authenticator.register(PROCEDURE);
        Peer cra = Logins.hello(wire.connect(), "wampcra", "anna");
        answer(
                authenticator,
                Map.of(
                        "role",
                        Logins.ROLE,
                        "secret",
                        Cra.derivedKey(Logins.SECRET, "salt", 100, 32),
                        "salt",
                        "salt",
                        "iterations",
                        100,
                        "keylen",
                        32));
        String text =
                String.valueOf(Logins.challenge(cra, AuthMethod.WAMPCRA).extra().text("challenge"));
        Logins.answer(cra, Cra.sign(Cra.derivedKey(Logins.SECRET, "salt", 100, 32), text))
                .expectWelcome();

        byte[] key = HexFormat.of().parseHex("07".repeat(32));
        String publicKey = Cryptosign.hex(Cryptosign.publicKey(key));
        Peer signer =
                Logins.hello(wire.connect(), List.of("cryptosign"), Map.of("authextra", Map.of("pubkey", publicKey)));
        answer(authenticator, Map.of("role", Logins.ROLE, "authid", "door", "pubkey", publicKey));
        byte[] challenge = Objects.requireNonNull(Cryptosign.parse(String.valueOf(
                Logins.challenge(signer, AuthMethod.CRYPTOSIGN).extra().text("challenge"))));
        Welcome welcome =
                Logins.answer(signer, Cryptosign.sign(key, challenge, null)).expectWelcome();
        assertThat(welcome.details().identity().authid()).isEqualTo("door");
    }

    @Scenario({"AUTH-DYN-02", "AUTH-SCRAM-06"})
    void theProcedureMayKnowScramKeys(Wire wire) {
        Peer authenticator = authenticator(wire);
        authenticator.register(PROCEDURE);
        Peer scram = Logins.hello(
                wire.connect(), List.of("wamp-scram"), Map.of("authid", "anna", "authextra", Map.of("nonce", "AAAA")));
        String zeros = Base64Text.of(new byte[32]);
        answer(
                authenticator,
                Map.of(
                        "role",
                        Logins.ROLE,
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
        assertThat(Logins.challenge(scram, AuthMethod.SCRAM).extra().entries()).containsEntry("memory", 1024L);
        scram.cut();
    }

    @Scenario({"AUTH-DYN-02", "AUTH-SCRAM-09"})
    void theProcedureMayKnowWhatAutobahnDerives(Wire wire) {
        Peer authenticator = authenticator(wire);
        authenticator.register(PROCEDURE);
        Map<String, Object> keys = new HashMap<>(Map.of("role", Logins.ROLE, "iterations", 4096, "memory", 512));
        keys.putAll(Map.of("salt", "00ff".repeat(8), "stored-key", "01".repeat(32), "server-key", "02".repeat(32)));
        Peer good = autobahnScram(wire);
        answer(authenticator, keys);
        assertThat(Logins.challenge(good, AuthMethod.AUTOBAHN_SCRAM).extra().entries())
                .containsEntry("kdf", "argon2id-13")
                .containsEntry("salt", Base64Text.of(HexFormat.of().parseHex("00ff".repeat(8))));
        good.cut();
        for (Map.Entry<String, Object> nonsense : List.of(
                Map.<String, Object>entry("kdf", "pbkdf2"),
                Map.<String, Object>entry("stored-key", "01"),
                Map.<String, Object>entry("server-key", "no digits"))) {
            Map<String, Object> wrong = new HashMap<>(keys);
            wrong.put(nonsense.getKey(), nonsense.getValue());
            Peer peer = autobahnScram(wire);
            answer(authenticator, wrong);
            peer.expectAbort(WampError.AUTHENTICATION_FAILED);
            peer.expectClosed();
        }
    }

    private static Peer autobahnScram(Wire wire) {
        return Logins.hello(
                wire.connect(), List.of("scram"), Map.of("authid", "anna", "authextra", Map.of("nonce", "AAAA")));
    }

    @Scenario("AUTH-DYN-03")
    void anErrorOfTheProcedureIsTheReason(Wire wire) {
        Peer authenticator = authenticator(wire);
        authenticator.register(PROCEDURE);
        Peer peer = Logins.hello(wire.connect(), "wampcra", "anna");
        Invocation invocation = authenticator.expect(Invocation.class);
        authenticator.sendList(8, 68, invocation.request(), Map.of(), "com.example.closed", List.of("on Sundays"));
        Abort abort = peer.expect(Abort.class);
        assertThat(abort.reason().text()).isEqualTo("com.example.closed");
        assertThat(abort.details().message()).isEqualTo("on Sundays");
        peer.expectClosed();
    }

    @Scenario({"AUTH-DYN-03", "AUTH-04"})
    void aMissingProcedureIsNotNamedToTheClient(Wire wire) {
        authenticator(wire);
        Peer peer = Logins.hello(wire.connect(), "wampcra", "anna");
        expectRetry(peer);
    }

    @Scenario({"AUTH-DYN-03", "AUTH-04"})
    void aSlowProcedureIsNotWaitedFor(Wire wire) {
        Peer authenticator = authenticator(wire);
        authenticator.register(PROCEDURE);
        Peer peer = Logins.hello(wire.connect(), "wampcra", "anna");
        authenticator.expect(Invocation.class);
        wire.clock().advance(Duration.ofSeconds(5));
        expectRetry(peer);
    }

    @Scenario({"AUTH-DYN-03", "SES-13"})
    void anAuthenticatorThatLeavesMeanwhileIsAbsent(Wire wire) {
        Peer authenticator = authenticator(wire);
        authenticator.register(PROCEDURE);
        Peer peer = Logins.hello(wire.connect(), "wampcra", "anna");
        authenticator.expect(Invocation.class);
        authenticator.cut();
        expectRetry(peer);
    }

    @Scenario({"AUTH-DYN-03", "AUTH-04"})
    void aNonsensicalAnswerIsNoProof(Wire wire) {
        Peer authenticator = authenticator(wire);
        authenticator.register(PROCEDURE);
        for (Object nonsense : List.of(
                5,
                Map.of(),
                Map.of("role", 5),
                Map.of("role", Logins.ROLE),
                Map.of("role", Logins.ROLE, "secret", "x", "salt", "y", "iterations", "many"))) {
            Peer peer = Logins.hello(wire.connect(), "wampcra", "anna");
            answer(authenticator, nonsense);
            Abort abort = peer.expectAbort(WampError.AUTHENTICATION_FAILED);
            assertThat(abort.details().extra().isEmpty()).isTrue();
            peer.expectClosed();
        }
    }

    @Scenario({"AUTH-DYN-02", "AUTH-04"})
    void aRealmThatDoesNotExistIsNotGranted(Wire wire) {
        Peer authenticator = authenticator(wire);
        authenticator.register(PROCEDURE);
        Peer peer = Logins.hello(wire.connect(), "ticket", "anna");
        Logins.challenge(peer, AuthMethod.TICKET);
        Logins.answer(peer, "x");
        answer(authenticator, Map.of("role", Logins.ROLE, "realm", "nowhere"));
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
