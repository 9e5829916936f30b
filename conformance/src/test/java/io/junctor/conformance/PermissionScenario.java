package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.Map;

/** Section 13: static rules, and attempts to get around them. */
class PermissionScenario {
    @Scenario({"AUTHZ-01", "AUTHZ-03"})
    void aDevicePublishesUnderItsOwnNameOnly(Testbed testbed) {
        testbed.realms(
                RestrictedRealms.realm(RestrictedRealms.rules("+prefix:device.{authid}."), "anna", "ann", "annabel"));
        Peer anna = RestrictedRealms.join(testbed, "anna");
        anna.publish("device.anna.state");
        for (String foreign :
                List.of("device.ann.state", "device.annabel.state", "device.{authid}.state", "device.anna")) {
            RestrictedRealms.expectDenied(anna, 16, foreign);
        }
        RestrictedRealms.join(testbed, "annabel").publish("device.annabel.state");
    }

    @Scenario({"AUTHZ-01", "AUTHZ-03"})
    void anAuthidThatCannotBePartOfAUriMatchesNoRule(Testbed testbed) {
        List<String> odd = List.of("a.b", "a b", "a#", "{authrole}", "{authid}", "wamp", "a\n", ".");
        testbed.realms(RestrictedRealms.realm(
                RestrictedRealms.rules(
                        "+prefix:device.{authid}.", "+prefix:{authid}.", "+wildcard:role.{authid}.", "+exact:open"),
                odd.toArray(new String[0])));
        for (String authid : odd) {
            Peer peer = RestrictedRealms.join(testbed, authid);
            for (String uri :
                    List.of("device.a.b.state", "device.user.state", "a.b.state", "role.a.b", "role.user.x")) {
                RestrictedRealms.expectDenied(peer, 16, uri);
            }
            RestrictedRealms.expectDenied(peer, 48, "wamp.session.kill_all");
            RestrictedRealms.expectDenied(peer, 48, "wamp.session.count");
            peer.publish("open");
            peer.close();
        }
    }

    @Scenario("AUTHZ-03")
    void aDenialWithAnAuthidThatCannotBePartOfAUriDeniesAllOfTheAction(Testbed testbed) {
        testbed.realms(
                RestrictedRealms.realm(RestrictedRealms.rules("+prefix:", "-exact:private.{authid}.x"), "anna", "a.b"));
        Peer anna = RestrictedRealms.join(testbed, "anna");
        RestrictedRealms.expectDenied(anna, 16, "private.anna.x");
        anna.publish("private.berta.x");
        Peer odd = RestrictedRealms.join(testbed, "a.b");
        RestrictedRealms.expectDenied(odd, 16, "private.a.b.x");
        RestrictedRealms.expectDenied(odd, 16, "anything");
    }

    @Scenario("AUTHZ-04")
    void aPatternIsRefusedWhereANarrowerRuleDeniesAPart(Testbed testbed) {
        testbed.realms(RestrictedRealms.realm(
                RestrictedRealms.rules("+prefix:plant.", "-exact:plant.line1.door", "-prefix:plant.private.{authid}."),
                "anna"));
        Peer anna = RestrictedRealms.join(testbed, "anna");
        for (String pattern :
                List.of("plant.", "plant.line1.", "plant.line1.d", "plant.private.", "plant.private.anna.x")) {
            expectRefused(anna, pattern, "prefix");
        }
        for (String pattern : List.of("plant..door", "plant.line1.", "plant.private..x", "plant..anna.")) {
            expectRefused(anna, pattern, "wildcard");
        }
        anna.sendList(32, anna.nextRequest(), Map.of("match", "prefix"), "plant.line2.");
        assertThat(anna.expectList()).startsWith(33L);
    }

    @Scenario("AUTHZ-03")
    void aDenialByWildcardHoldsBesideABroadPermission(Testbed testbed) {
        testbed.realms(RestrictedRealms.realm(
                RestrictedRealms.rules("+prefix:", "-wildcard:..secret", "-wildcard:home..", "+prefix:home.anna."),
                "anna"));
        Peer anna = RestrictedRealms.join(testbed, "anna");
        RestrictedRealms.expectDenied(anna, 16, "shop.till.secret");
        RestrictedRealms.expectDenied(anna, 32, "shop.till.secret");
        // Neither rule covers the other: the denial wins.
        RestrictedRealms.expectDenied(anna, 16, "home.anna.door");
        anna.publish("home.anna.door.open");
        anna.publish("shop.till.open");
        expectRefused(anna, "shop.", "prefix");
        expectRefused(anna, "shop..secret", "wildcard");
    }

    @Scenario({"AUTHZ-01", "RPC-04"})
    void aForbiddenProcedureLooksLikeAnAbsentOne(Testbed testbed) {
        testbed.realms(RestrictedRealms.realm(RestrictedRealms.rules("+prefix:open."), "anna"));
        Peer service = RestrictedRealms.service(testbed);
        service.register("secret.there");
        Peer anna = RestrictedRealms.join(testbed, "anna");
        assertThat(answer(anna, "secret.there")).isEqualTo(answer(anna, "secret.absent"));
        for (String meta :
                List.of("wamp.registration.lookup", "wamp.registration.match", "wamp.session.count", "wamp.no.such")) {
            assertThat(answer(anna, meta)).isEqualTo(answer(anna, "secret.absent"));
        }
    }

    @Scenario({"SUBMETA-04", "SUBMETA-05", "SUBMETA-06", "SUBMETA-01"})
    void theMetaApiShowsOnlySubscriptionsThatTheSessionMayHave(Testbed testbed) {
        testbed.realms(RestrictedRealms.realm(RestrictedRealms.rules("+prefix:open.", "+prefix:wamp."), "anna"));
        Peer anna = RestrictedRealms.join(testbed, "anna");
        long created = anna.subscribe("wamp.subscription.on_create");
        Peer service = RestrictedRealms.service(testbed);
        long secret = service.subscribe("secret.topic");
        long open = service.subscribe("open.topic");
        Event event = anna.expect(Event.class);
        assertThat(event.subscription()).isEqualTo(created);
        assertThat(anna.arguments(event.payload()).positional().toString()).contains("open.topic");
        anna.expectNothing();

        String api = "wamp.subscription.";
        assertThat(MetaCalls.call(anna, api + "list"))
                .containsExactly(Map.of("exact", List.of(open), "prefix", List.of(), "wildcard", List.of()));
        assertThat(MetaCalls.call(anna, api + "lookup", "secret.topic")).containsExactly((Object) null);
        assertThat(MetaCalls.call(anna, api + "lookup", "open.topic")).containsExactly(open);
        assertThat(MetaCalls.call(anna, api + "match", "secret.topic")).containsExactly((Object) null);
        for (String procedure : List.of("get", "list_subscribers", "count_subscribers")) {
            MetaCalls.expectError(anna, WampError.NO_SUCH_SUBSCRIPTION, api + procedure, secret);
            MetaCalls.call(anna, api + procedure, open);
        }
        assertThat(MetaCalls.call(service, api + "lookup", "secret.topic")).containsExactly(secret);
    }

    @Scenario({"REGMETA-01", "REGMETA-03", "REGMETA-04", "REGMETA-05"})
    void theMetaApiShowsOnlyProceduresThatTheSessionMayCall(Testbed testbed) {
        testbed.realms(RestrictedRealms.realm(RestrictedRealms.rules("+prefix:open.", "+prefix:wamp."), "anna"));
        Peer anna = RestrictedRealms.join(testbed, "anna");
        long created = anna.subscribe("wamp.registration.on_create");
        Peer service = RestrictedRealms.service(testbed);
        long secret = service.register("secret.procedure");
        long open = service.register("open.procedure");
        Event event = anna.expect(Event.class);
        assertThat(event.subscription()).isEqualTo(created);
        assertThat(anna.arguments(event.payload()).positional().toString()).contains("open.procedure");
        anna.expectNothing();

        String api = "wamp.registration.";
        assertThat(MetaCalls.call(anna, api + "list"))
                .containsExactly(Map.of("exact", List.of(open), "prefix", List.of(), "wildcard", List.of()));
        for (String procedure : List.of("lookup", "match")) {
            assertThat(MetaCalls.call(anna, api + procedure, "secret.procedure"))
                    .containsExactly((Object) null);
            assertThat(MetaCalls.call(anna, api + procedure, "open.procedure")).containsExactly(open);
        }
        for (String procedure : List.of("get", "list_callees", "count_callees")) {
            MetaCalls.expectError(anna, WampError.NO_SUCH_REGISTRATION, api + procedure, secret);
            MetaCalls.call(anna, api + procedure, open);
        }
        assertThat(MetaCalls.call(service, api + "match", "secret.procedure")).containsExactly(secret);
    }

    /** Returns the parts of an ERROR that follow the request id. */
    private static List<?> answer(Peer peer, String procedure) {
        long request = RestrictedRealms.ask(peer, 48, procedure);
        List<?> error = peer.expectList();
        assertThat(error.get(2)).isEqualTo(request);
        assertThat(error.get(4)).isEqualTo(WampError.NOT_AUTHORIZED.uri().text());
        String text = String.valueOf(error.getLast());
        assertThat(text).contains("to call " + procedure);
        return List.of(error.get(3), error.get(4), text.replace(procedure, "PROCEDURE"));
    }

    private static void expectRefused(Peer peer, String pattern, String match) {
        for (int type : new int[] {32, 64}) {
            long request = peer.nextRequest();
            peer.sendList(type, request, Map.of("match", match), pattern);
            peer.expectError(type, request, WampError.NOT_AUTHORIZED);
        }
    }
}
