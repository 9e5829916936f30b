package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.auth.AuthorizerConfig;
import io.junctor.router.spi.AuthMethod;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Section 13: clients that try to exceed their permissions. */
class UnauthorizedAccessScenario {
    @Scenario({"AUTHZ-05", "AUTHZ-02"})
    void registeringTheProcedureOfTheAuthorizerNeedsARule(Testbed testbed) {
        AuthorizerConfig authorizer = AuthorizerConfig.procedure(AuthorizerScenario.PROCEDURE);
        testbed.realms(
                RestrictedRealms.realm(RestrictedRealms.rules("+prefix:open.").with(authorizer), "anna"));
        Peer anna = RestrictedRealms.join(testbed, "anna");
        RestrictedRealms.expectRefused(anna, 64, AuthorizerScenario.PROCEDURE, WampError.AUTHORIZATION_FAILED);
        for (Map.Entry<String, String> pattern : Map.of(
                        "com.example.", "prefix", "", "prefix", "com..authorize", "wildcard")
                .entrySet()) {
            Callees.expectRefused(
                    anna, WampError.AUTHORIZATION_FAILED, pattern.getKey(), Map.of("match", pattern.getValue()));
        }
        RestrictedRealms.expectRefused(anna, 16, "a.topic", WampError.AUTHORIZATION_FAILED);
    }

    @Scenario({"AUTHZ-01", "AUTH-08"})
    void aRequestedRoleIsNotGrantedWithoutTheUserHavingIt(Testbed testbed) {
        testbed.realms(RestrictedRealms.realm(RestrictedRealms.rules("+prefix:open."), "anna"));
        for (Map<String, Object> wish : List.of(
                Map.<String, Object>of("authid", "anna", "authrole", RestrictedRealms.SERVICE),
                Map.<String, Object>of(
                        "authid",
                        "anna",
                        "authextra",
                        Map.of("authrole", RestrictedRealms.SERVICE, "role", RestrictedRealms.SERVICE)))) {
            Peer peer = UserRealms.hello(testbed.connect(), List.of("ticket"), wish);
            UserRealms.challenge(peer, AuthMethod.TICKET);
            UserRealms.answer(peer, UserRealms.SECRET);
            assertThat(peer.expectWelcome().details().identity().authrole()).isEqualTo(RestrictedRealms.USER);
            RestrictedRealms.expectDenied(peer, 16, "closed");
            RestrictedRealms.expectDenied(peer, 48, "wamp.session.kill_all");
        }
    }

    @Scenario({"AUTHZ-01"})
    void idsOfAnotherRealmMeanNothing(Testbed testbed) {
        testbed.realms(MetaCalls.realm(), RealmConfig.open(Testbed.OTHER_REALM));
        Peer victim = testbed.joinRealm(Testbed.OTHER_REALM);
        long subscription = victim.subscribe("a.topic");
        long registration = victim.register("a.procedure");
        Peer intruder = testbed.join();
        for (String procedure : List.of("wamp.session.get", "wamp.session.kill")) {
            MetaCalls.expectError(intruder, WampError.NO_SUCH_SESSION, procedure, victim.session());
        }
        for (String procedure : List.of("get", "list_subscribers", "get_events")) {
            MetaCalls.expectError(
                    intruder, WampError.NO_SUCH_SUBSCRIPTION, "wamp.subscription." + procedure, subscription);
        }
        MetaCalls.expectError(intruder, WampError.NO_SUCH_REGISTRATION, "wamp.registration.get", registration);
        expectRefused(intruder, 34, subscription, WampError.NO_SUCH_SUBSCRIPTION);
        expectRefused(intruder, 66, registration, WampError.NO_SUCH_REGISTRATION);
        intruder.publish("a.topic");
        MetaCalls.expectError(intruder, WampError.NO_SUCH_PROCEDURE, "a.procedure");
        victim.expectNothing();
    }

    @Scenario({"AUTHZ-01", "ID-02"})
    void aGuessedSessionIdGivesNoAccess(Testbed testbed) {
        testbed.realms(RestrictedRealms.realm(RestrictedRealms.rules("+prefix:"), "anna"));
        Peer victim = RestrictedRealms.service(testbed);
        victim.register("a.procedure");
        Peer caller = RestrictedRealms.service(testbed);
        Peer anna = RestrictedRealms.join(testbed, "anna");
        long request = caller.call("a.procedure");
        Invocation invocation = victim.expect(Invocation.class);
        anna.sendList(49, request, Map.of());
        RestrictedRealms.expectDenied(anna, 48, "wamp.session.kill");
        anna.sendList(70, invocation.request(), Map.of(), List.of("forged"));
        anna.expectNothing();
        victim.answer(invocation, "real");
        assertThat(caller.arguments(caller.expectResult(request).payload()).positional())
                .containsExactly("real");
        long[] ids = LongStream.range(0, 5)
                .map(number -> RestrictedRealms.service(testbed).session())
                .sorted()
                .toArray();
        for (int i = 1; i < ids.length; i++) {
            assertThat(ids[i] - ids[i - 1]).isGreaterThan(1_000_000);
        }
    }

    private static void expectRefused(Peer peer, int type, long id, WampError error) {
        long request = peer.nextRequest();
        peer.sendList(type, request, id);
        peer.expectError(type, request, error);
    }
}
