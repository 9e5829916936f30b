package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.Peer;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.Map;

/** Section 13: static rules, and attempts to get around them. */
class PermissionScenario {
    @Scenario({"AUTHZ-01", "AUTHZ-03"})
    void aDevicePublishesUnderItsOwnNameOnly(Wire wire) {
        wire.realms(Guarded.realm(Guarded.rules("+prefix:device.{authid}."), "anna", "ann", "annabel"));
        Peer anna = Guarded.join(wire, "anna");
        anna.publish("device.anna.state");
        for (String foreign :
                List.of("device.ann.state", "device.annabel.state", "device.{authid}.state", "device.anna")) {
            Guarded.expectDenied(anna, 16, foreign);
        }
        Guarded.join(wire, "annabel").publish("device.annabel.state");
    }

    @Scenario({"AUTHZ-01", "AUTHZ-03"})
    void anAuthidThatIsNoPartOfAUriOpensNothing(Wire wire) {
        List<String> odd = List.of("a.b", "a b", "a#", "{authrole}", "{authid}", "wamp", "a\n", ".");
        wire.realms(Guarded.realm(
                Guarded.rules(
                        "+prefix:device.{authid}.", "+prefix:{authid}.", "+wildcard:role.{authid}.", "+exact:open"),
                odd.toArray(new String[0])));
        for (String authid : odd) {
            Peer peer = Guarded.join(wire, authid);
            for (String uri :
                    List.of("device.a.b.state", "device.user.state", "a.b.state", "role.a.b", "role.user.x")) {
                Guarded.expectDenied(peer, 16, uri);
            }
            Guarded.expectDenied(peer, 48, "wamp.session.kill_all");
            Guarded.expectDenied(peer, 48, "wamp.session.count");
            peer.publish("open");
            peer.close();
        }
    }

    @Scenario("AUTHZ-03")
    void whereADenialCannotNameASessionNothingOfItIsAllowed(Wire wire) {
        wire.realms(Guarded.realm(Guarded.rules("+prefix:", "-exact:private.{authid}.x"), "anna", "a.b"));
        Peer anna = Guarded.join(wire, "anna");
        Guarded.expectDenied(anna, 16, "private.anna.x");
        anna.publish("private.berta.x");
        Peer odd = Guarded.join(wire, "a.b");
        Guarded.expectDenied(odd, 16, "private.a.b.x");
        Guarded.expectDenied(odd, 16, "anything");
    }

    @Scenario("AUTHZ-04")
    void aPatternIsRefusedWhereANarrowerRuleDeniesAPart(Wire wire) {
        wire.realms(Guarded.realm(
                Guarded.rules("+prefix:plant.", "-exact:plant.line1.door", "-prefix:plant.private.{authid}."), "anna"));
        Peer anna = Guarded.join(wire, "anna");
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
    void aDenialByWildcardHoldsBesideABroadPermission(Wire wire) {
        wire.realms(Guarded.realm(
                Guarded.rules("+prefix:", "-wildcard:..secret", "-wildcard:home..", "+prefix:home.anna."), "anna"));
        Peer anna = Guarded.join(wire, "anna");
        Guarded.expectDenied(anna, 16, "shop.till.secret");
        Guarded.expectDenied(anna, 32, "shop.till.secret");
        // Neither fits all that the other fits: the denial wins.
        Guarded.expectDenied(anna, 16, "home.anna.door");
        anna.publish("home.anna.door.open");
        anna.publish("shop.till.open");
        expectRefused(anna, "shop.", "prefix");
        expectRefused(anna, "shop..secret", "wildcard");
    }

    @Scenario({"AUTHZ-01", "RPC-04"})
    void aForbiddenProcedureLooksLikeAnAbsentOne(Wire wire) {
        wire.realms(Guarded.realm(Guarded.rules("+prefix:open."), "anna"));
        Peer service = Guarded.service(wire);
        service.register("secret.there");
        Peer anna = Guarded.join(wire, "anna");
        assertThat(answer(anna, "secret.there")).isEqualTo(answer(anna, "secret.absent"));
        for (String meta :
                List.of("wamp.registration.lookup", "wamp.registration.match", "wamp.session.count", "wamp.no.such")) {
            assertThat(answer(anna, meta)).isEqualTo(answer(anna, "secret.absent"));
        }
    }

    /** All that an ERROR says but the request. */
    private static List<?> answer(Peer peer, String procedure) {
        long request = Guarded.ask(peer, 48, procedure);
        List<?> error = peer.expectList();
        assertThat(error.get(2)).isEqualTo(request);
        assertThat(error.get(4)).isEqualTo(WampError.NOT_AUTHORIZED.uri().text());
        return error.subList(3, error.size());
    }

    private static void expectRefused(Peer peer, String pattern, String match) {
        for (int type : new int[] {32, 64}) {
            long request = peer.nextRequest();
            peer.sendList(type, request, Map.of("match", match), pattern);
            peer.expectError(type, request, WampError.NOT_AUTHORIZED);
        }
    }
}
