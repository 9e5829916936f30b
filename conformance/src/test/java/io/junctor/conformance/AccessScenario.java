package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.auth.AuthConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.spi.Action;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sections 12 and 13: anonymous sessions and static permissions. */
class AccessScenario {
    private static final Map<String, Object> ROLES = Map.of("caller", Map.of());
    private static final EnumSet<Action> ALL = EnumSet.allOf(Action.class);

    @Scenario("AUTH-01")
    void withoutMethodsAnonymousIsMeant(Testbed testbed) {
        for (Object methods : List.of(List.of(), List.of("anonymous"), List.of("x_unheard", "anonymous"))) {
            Peer peer = testbed.connect();
            peer.sendList(1, Testbed.REALM, Map.of("roles", ROLES, "authmethods", methods));
            peer.expectWelcome();
        }
    }

    @Scenario({"AUTH-01", "PV-13"})
    void methodsThatAreNoListOfStringsAreAViolation(Testbed testbed) {
        for (Object methods : List.of("anonymous", 1, List.of(1))) {
            Peer peer = testbed.connect();
            peer.sendList(1, Testbed.REALM, Map.of("roles", ROLES, "authmethods", methods));
            peer.expectViolation();
        }
    }

    @Scenario({"AUTH-02", "AUTH-04"})
    void aClientWithoutAMethodOfTheRealmIsRefused(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.connect();
        peer.sendList(1, Testbed.REALM, Map.of("roles", ROLES, "authmethods", List.of("ticket", "wampcra")));
        peer.expectAbort(WampError.NO_MATCHING_AUTH_METHOD);
        peer.expectClosed();
    }

    @Scenario("AUTH-04")
    void aRealmWithoutAnonymousAccessSaysSo(Testbed testbed) {
        testbed.realms(realm(null, RoleConfig.everything()));
        Peer peer = testbed.connect();
        peer.sendList(1, Testbed.REALM, Map.of("roles", ROLES));
        peer.expectAbort(WampError.AUTHENTICATION_REQUIRED);
        peer.expectClosed();
    }

    @Scenario("AUTH-08")
    void anAnonymousSessionGetsItsOwnRoleInsteadOfTheRequestedOne(Testbed testbed) {
        testbed.requireOwnRouter();
        for (String wish : List.of("anonymous", "admin")) {
            Peer peer = testbed.connect();
            peer.sendList(1, Testbed.REALM, Map.of("roles", ROLES, "authrole", wish));
            assertThat(peer.expectWelcome().details().identity().authrole()).isEqualTo("anonymous");
        }
    }

    @Scenario("AUTH-ANON-01")
    void anonymousSessionsGetARandomAuthid(Testbed testbed) {
        Set<@Nullable String> authids = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            Peer peer = testbed.connect();
            peer.sendList(1, Testbed.REALM, Map.of("roles", ROLES, "authid", "admin"));
            Welcome welcome = peer.expectWelcome();
            authids.add(welcome.details().identity().authid());
        }
        assertThat(authids).hasSize(10).doesNotContain("admin", "", null);
    }

    @Scenario({"AUTHZ-01", "AUTHZ-03", "PS-08", "RPC-04"})
    void actionsWithoutARuleAreDenied(Testbed testbed) {
        testbed.realms(realm("guest", allowing(new Rule(new Uri("open."), MatchPolicy.PREFIX, ALL, true))));
        Peer peer = testbed.join();
        for (int type : new int[] {16, 32, 48, 64}) {
            expectDenied(peer, type, "closed.uri");
            expectDenied(peer, type, "open");
        }
        expectAllowed(peer, "open.uri");
        peer.publishUnacknowledged("closed.uri");
        peer.expectNothing();
    }

    @Scenario("AUTHZ-01")
    void eachActionIsAllowedOnItsOwn(Testbed testbed) {
        testbed.realms(realm(
                "guest",
                allowing(
                        new Rule(new Uri("a.publish"), MatchPolicy.EXACT, Set.of(Action.PUBLISH), true),
                        new Rule(new Uri("a.subscribe"), MatchPolicy.EXACT, Set.of(Action.SUBSCRIBE), true),
                        new Rule(new Uri("a.call"), MatchPolicy.EXACT, Set.of(Action.CALL), true),
                        new Rule(new Uri("a.register"), MatchPolicy.EXACT, Set.of(Action.REGISTER), true))));
        Peer peer = testbed.join();
        peer.publish("a.publish");
        peer.subscribe("a.subscribe");
        peer.register("a.register");
        long request = peer.call("a.call");
        peer.expectError(48, request, WampError.NO_SUCH_PROCEDURE);
        expectDenied(peer, 32, "a.publish");
        expectDenied(peer, 16, "a.subscribe");
        expectDenied(peer, 64, "a.call");
        expectDenied(peer, 48, "a.register");
    }

    @Scenario("AUTHZ-03")
    void aPermissionBeatsADenialOnlyWhereItIsNarrower(Testbed testbed) {
        testbed.realms(realm(
                "guest",
                allowing(
                        new Rule(new Uri(""), MatchPolicy.PREFIX, ALL, true),
                        new Rule(new Uri("plant."), MatchPolicy.PREFIX, ALL, false),
                        new Rule(new Uri("plant.line1."), MatchPolicy.PREFIX, ALL, true),
                        new Rule(new Uri("plant.line1.door"), MatchPolicy.EXACT, ALL, false),
                        new Rule(new Uri("site..open"), MatchPolicy.WILDCARD, ALL, false))));
        Peer peer = testbed.join();
        expectAllowed(peer, "anything");
        expectDenied(peer, 32, "plant.line2.speed");
        expectAllowed(peer, "plant.line1.speed");
        expectDenied(peer, 32, "plant.line1.door");
        expectAllowed(peer, "plant.line1.doors");
        // The prefix "" is broader than the wildcard: the denial wins.
        expectDenied(peer, 32, "site.gate.open");
        expectAllowed(peer, "site.gate.shut");
    }

    @Scenario("AUTHZ-03")
    void wildcardRulesMatchPartByPart(Testbed testbed) {
        testbed.realms(realm("guest", allowing(new Rule(new Uri("site..open"), MatchPolicy.WILDCARD, ALL, true))));
        Peer peer = testbed.join();
        expectAllowed(peer, "site.gate.open");
        expectDenied(peer, 32, "site.gate.north.open");
        expectDenied(peer, 32, "site.open");
        expectDenied(peer, 32, "site.gate.close");
    }

    @Scenario("AUTHZ-04")
    void aPatternNeedsARuleThatCoversAllOfIt(Testbed testbed) {
        testbed.realms(realm("guest", allowing(new Rule(new Uri("plant."), MatchPolicy.PREFIX, ALL, true))));
        Peer peer = testbed.join();
        for (Map<String, Object> wide : List.of(
                Map.<String, Object>of("match", "prefix", "uri", "pl"),
                Map.<String, Object>of("match", "prefix", "uri", ""),
                Map.<String, Object>of("match", "wildcard", "uri", ".line1"))) {
            for (int type : new int[] {32, 64}) {
                long request = peer.nextRequest();
                peer.sendList(type, request, Map.of("match", String.valueOf(wide.get("match"))), wide.get("uri"));
                peer.expectError(type, request, WampError.NOT_AUTHORIZED);
            }
        }
    }

    private static RoleConfig allowing(Rule... rules) {
        return new RoleConfig(List.of(rules));
    }

    private static RealmConfig realm(@Nullable String anonymousRole, RoleConfig guest) {
        return RealmConfig.builder(Testbed.REALM)
                .auth(AuthConfig.anonymous(anonymousRole))
                .role("guest", guest)
                .build();
    }

    private static void expectAllowed(Peer peer, String uri) {
        assertThat(peer.subscribe(uri)).isPositive();
    }

    private static void expectDenied(Peer peer, int type, String uri) {
        long request = peer.nextRequest();
        Map<String, Object> options = type == 16 ? Map.of("acknowledge", true) : Map.of();
        peer.sendList(type, request, options, uri);
        peer.expectError(type, request, WampError.NOT_AUTHORIZED);
    }
}
