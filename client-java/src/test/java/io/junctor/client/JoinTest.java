package io.junctor.client;

import static io.junctor.client.ScriptedSession.failure;
import static io.junctor.client.ScriptedSession.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.client.auth.Authentication;
import io.junctor.client.auth.ChannelBindingMode;
import io.junctor.client.internal.engine.ManualTimers;
import io.junctor.client.internal.engine.ScriptedRouter;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JoinTest {
    // FEAT-01, FEAT-02, SES-01
    @Test
    void helloComesFirstAndAnnouncesWhatWorks() {
        ScriptedSession scripted = ScriptedSession.unjoined();
        CompletableFuture<Session> joining =
                scripted.with(builder -> builder.realm("plant")).joinAsync();
        Hello hello = scripted.router.expect(Hello.class);
        assertThat(hello.realm()).isEqualTo(new Uri("plant"));
        assertThat(hello.details().authmethods()).containsExactly("anonymous");
        assertThat(hello.details().roles().features().keySet()).containsExactlyInAnyOrderElementsOf(Role.CLIENT);
        Map<Role, Set<Feature>> features = hello.details().roles().features();
        assertThat(features.get(Role.CALLEE))
                .contains(Feature.CALL_CANCELING, Feature.PROGRESSIVE_CALL_INVOCATIONS, Feature.CALL_REROUTE);
        assertThat(features.get(Role.CALLER)).contains(Feature.CALL_CANCELING, Feature.PROGRESSIVE_CALL_RESULTS);
        assertThat(features.get(Role.PUBLISHER)).contains(Feature.PUBLISHER_EXCLUSION);
        assertThat(features.get(Role.SUBSCRIBER)).contains(Feature.SUBSCRIPTION_REVOCATION);
        assertThat(features.values())
                .allSatisfy(announced -> assertThat(announced)
                        .doesNotContain(
                                Feature.PAYLOAD_PASSTHRU_MODE,
                                Feature.SHARDED_SUBSCRIPTION,
                                Feature.SHARDED_REGISTRATION));
        scripted.router.lose("end of the test");
        failure(joining);
    }

    // FEAT-06
    @Test
    void detailsOfWelcomeAreAvailable() {
        try (ScriptedSession scripted = ScriptedSession.open()) {
            Session session = scripted.session();
            assertThat(session.id()).isEqualTo(ScriptedSession.ID);
            assertThat(session.realm()).isEqualTo("realm1");
            assertThat(session.authid()).isEqualTo("ann");
            assertThat(session.authrole()).isEqualTo("anonymous");
            assertThat(session.routerHas(Feature.CALL_CANCELING)).isTrue();
            assertThat(session.routerHas(Feature.CALL_TIMEOUT)).isFalse();
        }
    }

    @Test
    void anAbortIsTheReasonTheJoinFailsWith() {
        ScriptedSession scripted = ScriptedSession.unjoined();
        CompletableFuture<Session> joining = scripted.client.joinAsync();
        scripted.router.expect(Hello.class);
        CloseDetails details = CloseDetails.message("there is no realm 'realm1'");
        scripted.router.send(new Abort(details, WampError.NO_SUCH_REALM.uri(), Payload.NONE));

        WampException failure = failure(joining);
        assertThat(failure.uri()).isEqualTo("wamp.error.no_such_realm");
        assertThat(failure).hasMessageContaining("there is no realm 'realm1'");
        // SES-06: an ABORT is never answered.
        scripted.router.assertNothingMore();
        assertThat(scripted.router.closeCode()).isEqualTo(1000);
        assertThat(scripted.timers.isClosed()).isTrue();
    }

    // AUTH-06
    @Test
    void aChallengeThatNothingCanAnswerIsAborted() {
        ScriptedSession scripted = ScriptedSession.unjoined();
        CompletableFuture<Session> joining = scripted.client.joinAsync();
        scripted.router.expect(Hello.class);
        scripted.router.send(new Challenge("ticket", Dict.EMPTY));
        assertThat(scripted.router.expect(Abort.class).reason()).isEqualTo(WampError.CANNOT_AUTHENTICATE.uri());
        assertThat(failure(joining).uri()).isEqualTo("wamp.error.cannot_authenticate");
        assertThat(scripted.router.isOver()).isTrue();
    }

    static FromRouter[] answersThatAreNone() {
        return new FromRouter[] {
            new Goodbye(CloseDetails.NONE, WampError.SYSTEM_SHUTDOWN.uri()), new Subscribed(1, 7),
        };
    }

    // PV-16
    @ParameterizedTest
    @MethodSource("answersThatAreNone")
    void anythingElseBeforeWelcomeIsAViolation(FromRouter answer) {
        ScriptedSession scripted = ScriptedSession.unjoined();
        CompletableFuture<Session> joining = scripted.client.joinAsync();
        scripted.router.expect(Hello.class);
        scripted.router.send(answer);
        assertViolation(scripted, joining);
    }

    // SES-14: the WELCOME has no roles.
    @Test
    void aWelcomeWithoutRolesIsAViolation() {
        ScriptedSession scripted = ScriptedSession.unjoined();
        CompletableFuture<Session> joining = scripted.client.joinAsync();
        scripted.router.expect(Hello.class);
        scripted.router.sendRaw(new byte[] {(byte) 0x93, 2, 7, (byte) 0x80});
        assertViolation(scripted, joining);
    }

    @Test
    void octetsThatAreNoMessageAreAViolation() {
        ScriptedSession scripted = ScriptedSession.unjoined();
        CompletableFuture<Session> joining = scripted.client.joinAsync();
        scripted.router.expect(Hello.class);
        scripted.router.sendRaw("hello".getBytes(StandardCharsets.UTF_8));
        assertViolation(scripted, joining);
    }

    @Test
    void joiningFailsAfterTheJoinTimeout() {
        ScriptedSession scripted = ScriptedSession.unjoined();
        CompletableFuture<Session> joining = scripted.with(builder -> builder.joinTimeout(Duration.ofSeconds(3)))
                .joinAsync();
        scripted.router.expect(Hello.class);
        scripted.timers.advance(Duration.ofMillis(2_999));
        assertThat(joining).isNotDone();
        scripted.timers.advance(Duration.ofMillis(1));
        assertThat(failure(joining)).hasMessageContaining("3000 ms (join timeout)");
        assertThat(scripted.router.isOver()).isTrue();
    }

    @Test
    void cancelingTheJoinDropsTheConnection() {
        ScriptedSession scripted = ScriptedSession.unjoined();
        CompletableFuture<Session> joining = scripted.client.joinAsync();
        scripted.router.expect(Hello.class);
        joining.cancel(false);
        assertThat(scripted.router.isOver()).isTrue();
        assertThat(scripted.timers.isClosed()).isTrue();
    }

    // ID-09, SES-16: a client can join several times; each session has its own request ids.
    @Test
    void eachSessionCountsFromOne() {
        for (int i = 0; i < 2; i++) {
            try (ScriptedSession scripted = ScriptedSession.open()) {
                var calling = scripted.async().call("a.b");
                assertThat(scripted.call(calling)).isEqualTo(1);
            }
        }
    }

    // URI-13
    @Test
    void aRealmThatIsNotAUriIsRefusedBeforeConnecting() {
        assertThatThrownBy(() -> Client.builder("ws://localhost:8080/ws").realm("no realm"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no realm");
    }

    @Test
    void anAddressWithoutAKnownSchemeOrHostIsRefused() {
        for (String wrong : Set.of("ftp://localhost:8080/ws", "localhost:8080", "ws:///ws", "http:///ws")) {
            assertThatThrownBy(() -> Client.builder(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(wrong);
        }
    }

    @Test
    void aPortThatDoesNotExistIsRefusedAtOnce() {
        for (String port : List.of("0", "65536", "999999999")) {
            assertThatThrownBy(() -> Client.builder("ws://localhost:" + port + "/ws"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("port " + port + " in 'ws://localhost:" + port + "/ws' is not from 1 to 65535");
        }
    }

    @Test
    void anAuthenticationThatThrowsFailsTheJoin() {
        ScriptedRouter router = new ScriptedRouter(Serializer.JSON);
        router.failOnChannelBinding();
        Client client = Client.builder("ws://scripted/")
                .authentication(Authentication.scram("anna", "pencil").channelBinding(ChannelBindingMode.IF_POSSIBLE))
                .over(() -> CompletableFuture.completedFuture(router), ManualTimers::new);
        assertThat(failure(client.joinAsync()).uri()).isEqualTo("wamp.error.cannot_authenticate");
        assertThat(router.isOver()).isTrue();
    }

    private static void assertViolation(ScriptedSession scripted, CompletableFuture<Session> joining) {
        Abort abort = scripted.router.expect(Abort.class);
        assertThat(abort.reason()).isEqualTo(WampError.PROTOCOL_VIOLATION.uri());
        assertThat(abort.details().message()).isNotEmpty();
        assertThat(scripted.router.closeCode()).isEqualTo(1002);
        assertThat(failure(joining).uri()).isEqualTo("wamp.error.protocol_violation");
    }

    // A join completes with a session in which nothing was sent.
    @Test
    void joiningSendsNothingButHello() {
        ScriptedSession scripted = ScriptedSession.unjoined();
        CompletableFuture<Session> joining = scripted.client.joinAsync();
        scripted.router.expect(Hello.class);
        scripted.router.send(ScriptedSession.welcome(Set.of()));
        assertThat(value(joining).isOpen()).isTrue();
        scripted.router.assertNothingMore();
        scripted.router.lose("end of the test");
    }
}
