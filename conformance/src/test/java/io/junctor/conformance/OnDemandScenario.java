package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.auth.AuthConfig;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.config.auth.AuthorizerConfig;
import io.junctor.router.metrics.Counter;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.Principal;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Realms that begin with their first session and end when no session is left. */
class OnDemandScenario {
    /** Shorter than the ping interval and the timers of the transport. */
    private static final Duration IDLE = Duration.ofSeconds(3);

    private static final String AUTHENTICATE = "com.example.authenticate";

    private static RealmTemplate open(int most) {
        return new RealmTemplate(RealmConfig.open("tenant-{name}"), most, IDLE);
    }

    private static RealmTemplate guarded(AuthSource source) {
        AuthMethodConfig ticket = new AuthMethodConfig(AuthMethod.TICKET, source, true, null);
        return RealmTemplate.of(UserRealms.realm(new AuthConfig(null, List.of(ticket))).toBuilder()
                .name("tenant-{name}")
                .build());
    }

    private static Peer hello(Testbed testbed, String realm, String... methods) {
        Peer peer = testbed.connect();
        peer.sendList(
                1,
                realm,
                Map.of(
                        "roles",
                        Map.of("caller", Map.of()),
                        "authmethods",
                        List.of(methods),
                        "authid",
                        UserRealms.ANNA));
        return peer;
    }

    private static void expectNoRealm(Testbed testbed, String realm) {
        Peer peer = hello(testbed, realm);
        peer.expectAbort(WampError.NO_SUCH_REALM);
        peer.expectClosed();
    }

    private static void expectCount(Testbed testbed, Counter counter, long expected) {
        Awaitility.await(counter + " to be " + expected)
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> testbed.router().count(counter) == expected);
    }

    @Scenario({"SES-03", "SES-04", "URI-12"})
    void aRealmOfATemplateBeginsWithItsFirstSession(Testbed testbed) {
        testbed.templates(open(10));
        Peer first = testbed.connect();
        assertThat(first.join("tenant-a").details().realm()).isEqualTo("tenant-a");
        Peer second = testbed.joinRealm("tenant-a");
        Peer other = testbed.joinRealm("tenant-B_2");
        long subscription = first.subscribe("topic");
        other.subscribe("topic");
        second.publish("topic", 1L);
        assertThat(first.expectEvent(subscription)).containsExactly(1L);
        other.expectNothing();
        assertThat(testbed.router().count(Counter.REALMS_BEGUN)).isEqualTo(2);
        testbed.joinRealm(Testbed.REALM).publish("topic", 2L);
        first.expectNothing();
    }

    @Scenario({"SES-04", "URI-06"})
    void aNameThatDoesNotMatchTheTemplateIsNoRealm(Testbed testbed) {
        testbed.templates(open(10));
        for (String name : List.of(
                "tenant-",
                "tenant-{name}",
                "tenant-a.b",
                "tenant-\u00E4",
                "tenant-*",
                "xtenant-a",
                "Tenant-a",
                "tenant-" + "a".repeat(65))) {
            expectNoRealm(testbed, name);
        }
        testbed.joinRealm("tenant-" + "a".repeat(64));
        assertThat(testbed.router().count(Counter.REALMS_BEGUN)).isEqualTo(1);
    }

    @Scenario({"SES-04", "AUTH-05"})
    void aRefusedLoginMakesNoRealmOfATemplate(Testbed testbed) {
        testbed.templates(guarded(new AuthSource.Users(
                Map.of(UserRealms.ANNA, Principal.of(UserRealms.ROLE, new Credential.Secret(UserRealms.SECRET))))));
        Peer wrong = hello(testbed, "tenant-a", "ticket");
        UserRealms.challenge(wrong, AuthMethod.TICKET);
        UserRealms.answer(wrong, "wrong").expectAbort(WampError.AUTHENTICATION_DENIED);
        wrong.expectClosed();
        Peer stranger = hello(testbed, "tenant-b");
        stranger.expectAbort(WampError.AUTHENTICATION_REQUIRED);
        stranger.expectClosed();
        Peer gone = hello(testbed, "tenant-c", "ticket");
        UserRealms.challenge(gone, AuthMethod.TICKET);
        gone.cut();
        assertThat(testbed.router().count(Counter.REALMS_BEGUN)).isZero();
        Peer right = hello(testbed, "tenant-d", "ticket");
        UserRealms.challenge(right, AuthMethod.TICKET);
        UserRealms.answer(right, UserRealms.SECRET).expectWelcome();
        assertThat(testbed.router().count(Counter.REALMS_BEGUN)).isEqualTo(1);
    }

    @Scenario({"SES-04", "AUTH-08"})
    void aRoleThatTheTemplateLacksMakesNoRealm(Testbed testbed) {
        testbed.templates(guarded(new AuthSource.Users(
                Map.of(UserRealms.ANNA, Principal.of("no_such_role", new Credential.Secret(UserRealms.SECRET))))));
        Peer peer = hello(testbed, "tenant-a", "ticket");
        UserRealms.challenge(peer, AuthMethod.TICKET);
        UserRealms.answer(peer, UserRealms.SECRET).expectAbort(WampError.NO_SUCH_ROLE);
        peer.expectClosed();
        assertThat(testbed.router().count(Counter.REALMS_BEGUN)).isZero();
    }

    @Scenario({"SES-03", "PSX-RET-01"})
    void anEmptyRealmEndsAfterItsIdleTimeWithItsRetainedEvents(Testbed testbed) {
        testbed.templates(open(10));
        Peer peer = testbed.joinRealm("tenant-a");
        long request = peer.nextRequest();
        peer.sendList(16, request, Map.of("acknowledge", true, "retain", true), "topic", List.of(1L));
        peer.expect(Published.class);
        testbed.clock().advance(IDLE.plusSeconds(2));
        assertThat(testbed.router().count(Counter.REALMS_ENDED)).isZero();
        peer.leave();
        testbed.clock().advance(IDLE.minusSeconds(2));
        Peer soon = testbed.joinRealm("tenant-a");
        subscribe(soon);
        assertThat(soon.arguments(soon.expect(Event.class).payload()).positional())
                .containsExactly(1L);
        soon.leave();
        testbed.clock().advance(IDLE.plusSeconds(2));
        expectCount(testbed, Counter.REALMS_ENDED, 1);
        Peer late = testbed.joinRealm("tenant-a");
        subscribe(late);
        late.expectNothing();
        assertThat(testbed.router().count(Counter.REALMS_BEGUN)).isEqualTo(2);
    }

    private static void subscribe(Peer peer) {
        peer.sendList(32, peer.nextRequest(), Map.of("get_retained", true), "topic");
        peer.expect(Subscribed.class);
    }

    @Scenario({"SES-04", "SEC-02"})
    void theNumberOfRealmsOfATemplateIsLimited(Testbed testbed) {
        testbed.templates(open(2));
        Peer first = testbed.joinRealm("tenant-a");
        testbed.joinRealm("tenant-b");
        testbed.joinRealm("tenant-b");
        Peer third = hello(testbed, "tenant-c");
        assertThat(third.expectAbort(WampError.LIMIT_EXCEEDED).details().message())
                .isEqualTo("as many realms of this kind exist as may (on_demand.realms): try again later");
        third.expectClosed();
        first.leave();
        testbed.clock().advance(IDLE.plusSeconds(2));
        expectCount(testbed, Counter.REALMS_ENDED, 1);
        testbed.joinRealm("tenant-c");
        assertThat(testbed.router().count(Counter.REALMS_BEGUN)).isEqualTo(3);
    }

    @Scenario({"AUTH-DYN-01", "AUTH-DYN-02", "SES-04"})
    void anAuthenticatorOfAFixedRealmDecidesForAllRealmsOfATemplate(Testbed testbed) {
        testbed.templates(guarded(new AuthSource.Procedure(new Uri(AUTHENTICATE), Testbed.REALM)));
        Peer authenticator = testbed.join();
        authenticator.register(AUTHENTICATE);
        for (Map<String, Object> granted : List.of(
                Map.<String, Object>of("role", UserRealms.ROLE),
                Map.<String, Object>of("role", UserRealms.ROLE, "realm", "tenant-other"))) {
            Peer peer = hello(testbed, "tenant-a", "ticket");
            UserRealms.challenge(peer, AuthMethod.TICKET);
            UserRealms.answer(peer, "any");
            Invocation invocation = authenticator.expect(Invocation.class);
            assertThat(authenticator.arguments(invocation.payload()).positional())
                    .startsWith("tenant-a", UserRealms.ANNA);
            authenticator.answer(invocation, granted);
            assertThat(peer.expectWelcome().details().realm())
                    .isEqualTo(Objects.requireNonNullElse(granted.get("realm"), "tenant-a"));
        }
        assertThat(testbed.router().count(Counter.REALMS_BEGUN)).isEqualTo(2);
    }

    @Scenario({"AUTH-DYN-03", "SES-04"})
    void anAuthenticatorOfARealmThatHasNotBegunIsMissing(Testbed testbed) {
        testbed.templates(guarded(new AuthSource.Procedure(new Uri(AUTHENTICATE), null)));
        Peer peer = hello(testbed, "tenant-a", "ticket");
        UserRealms.challenge(peer, AuthMethod.TICKET);
        UserRealms.answer(peer, "any").expectAbort(WampError.AUTHENTICATION_FAILED);
        peer.expectClosed();
        assertThat(testbed.router().count(Counter.REALMS_BEGUN)).isZero();
    }

    @Scenario({"AUTHZ-05", "URI-12"})
    void anAuthorizerInARealmOfATemplateDecidesForThatRealmOnly(Testbed testbed) {
        RealmConfig realm = RealmConfig.open("tenant-{name}").toBuilder()
                .role(
                        "anonymous",
                        RestrictedRealms.rules("+exact:com.example.authorize")
                                .with(AuthorizerConfig.procedure("com.example.authorize")))
                .build();
        testbed.templates(RealmTemplate.of(realm));
        Peer authorizer = testbed.joinRealm("tenant-a");
        authorizer.register("com.example.authorize");
        Peer user = testbed.joinRealm("tenant-a");
        Peer other = testbed.joinRealm("tenant-b");
        long request = RestrictedRealms.ask(user, 32, "topic");
        authorizer.answer(authorizer.expect(Invocation.class), true);
        assertThat(user.expect(Subscribed.class).request()).isEqualTo(request);
        RestrictedRealms.expectRefused(other, 32, "topic", WampError.AUTHORIZATION_FAILED);
        authorizer.expectNothing();
    }

    @Scenario({"SES-03", "SES-04"})
    void aClientThatJoinsWhileARealmEndsIsWelcomed(Testbed testbed) throws Exception {
        int clients = 3;
        int rounds = 30;
        testbed.templates(new RealmTemplate(RealmConfig.open("tenant-{name}"), 1, Duration.ofSeconds(1)));
        TestRouter router = testbed.router();
        CyclicBarrier together = new CyclicBarrier(clients + 1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                Peer peer = testbed.connect();
                all.add(threads.submit(() -> comeAndGo(peer, rounds, together)));
            }
            for (int i = 0; i < rounds; i++) {
                together.await(20, TimeUnit.SECONDS);
                router.clock().advance(Duration.ofSeconds(2));
                together.await(20, TimeUnit.SECONDS);
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        router.clock().advance(Duration.ofSeconds(3));
        Awaitility.await("the last realm ended")
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> router.count(Counter.REALMS_ENDED) == router.count(Counter.REALMS_BEGUN));
    }

    private static @Nullable Void comeAndGo(Peer peer, int rounds, CyclicBarrier together) throws Exception {
        for (int i = 0; i < rounds; i++) {
            together.await(20, TimeUnit.SECONDS);
            peer.join("tenant-a");
            together.await(20, TimeUnit.SECONDS);
            peer.leave();
        }
        return null;
    }
}
