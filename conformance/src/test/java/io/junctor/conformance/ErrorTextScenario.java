package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.Peer;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The text of each error names what the client sent: the procedure, the topic, the id or the action. */
class ErrorTextScenario {
    @Scenario("RPC-04")
    void noSuchProcedureNamesTheProcedure(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join();
        peer.call("plant.door\u00e9.open");
        expectText(peer, "no callee has registered the procedure plant.door\u00e9.open");
        peer.call("wamp.session.none");
        expectText(peer, "the router offers no procedure wamp.session.none");
    }

    @Scenario("RPC-04")
    void aProcedureWithQuotesAndBackslashesIsNamedAsItWasSent(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join();
        String procedure = "plant.\"a\\b\".\ud83d\ude00";
        peer.call(procedure);
        expectText(peer, "no callee has registered the procedure " + procedure);
    }

    @Scenario({"RPC-01", "RPC-02"})
    void anOccupiedProcedureIsNamed(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join();
        peer.register("plant.door");
        peer.sendList(64, peer.nextRequest(), Map.of(), "plant.door");
        expectText(peer, "the procedure plant.door is registered by this session already");
        Peer other = testbed.join();
        Callees.register(peer, "plant.lamp", Map.of("invoke", "roundrobin"));
        other.sendList(64, other.nextRequest(), Map.of("invoke", "first"), "plant.lamp");
        expectText(other, "the procedure plant.lamp is shared with other options (invoke: roundrobin)");
    }

    @Scenario({"RPC-03", "PS-02"})
    void anUnknownIdIsNamed(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join();
        peer.sendList(66, peer.nextRequest(), 4711L);
        expectText(peer, "this session holds no registration with the id 4711");
        peer.sendList(34, peer.nextRequest(), 4712L);
        expectText(peer, "this session holds no subscription with the id 4712");
        peer.call("wamp.registration.get", 4713L);
        expectText(peer, "there is no registration with the id 4713");
        peer.call("wamp.subscription.get", 4714L);
        expectText(peer, "there is no subscription with the id 4714");
        peer.call("wamp.subscription.get_events", 4715L);
        expectText(peer, "there is no subscription with the id 4715");
    }

    @Scenario("AUTHZ-01")
    void aRefusalOfThePermissionsNamesActionAndUri(Testbed testbed) {
        testbed.requireOwnRouter();
        testbed.realms(RestrictedRealms.realm(RestrictedRealms.rules("+exact:plant.open"), "anna"));
        Peer anna = RestrictedRealms.join(testbed, "anna");
        anna.call("plant.close");
        expectText(anna, "the permissions of this session's role do not allow it to call plant.close");
        anna.sendList(64, anna.nextRequest(), Map.of(), "plant.close");
        expectText(anna, "the permissions of this session's role do not allow it to register plant.close");
        anna.sendList(16, anna.nextRequest(), Map.of("acknowledge", true), "plant.close");
        expectText(anna, "the permissions of this session's role do not allow it to publish to plant.close");
        anna.sendList(32, anna.nextRequest(), Map.of("match", "prefix"), "plant.");
        expectText(
                anna, "the permissions of this session's role do not allow it to subscribe to plant. (match: prefix)");
    }

    @Scenario("PSX-HIST-01")
    void aMissingHistorySaysWhatToConfigure(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join();
        peer.call("wamp.subscription.get_events", peer.subscribe("plant.door"));
        expectText(
                peer,
                "this realm keeps no history of plant.door (match: exact): add a topic with this uri and match to history"
                        + " in the realm's configuration");
    }

    @Scenario("RPC-PINV-02")
    void aFeatureThatTheCalleeDoesNotSupportIsNamed(Testbed testbed) {
        testbed.requireOwnRouter();
        testbed.join().register("plant.door");
        Peer caller = testbed.join(new Roles(Map.of(Role.CALLER, Set.of(Feature.PROGRESSIVE_CALL_INVOCATIONS))));
        Callees.call(caller, "plant.door", Map.of("progress", true));
        expectText(caller, "the callee does not announce progressive_call_invocations and call_canceling");
    }

    private static void expectText(Peer peer, String text) {
        ErrorMessage error = peer.expect(ErrorMessage.class);
        assertThat(peer.arguments(error.payload()).positional()).isEqualTo(List.of(text));
        assertThat(error.requestType()).isNotEqualTo(Invocation.CODE);
    }
}
