package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmFeatures;
import io.junctor.router.config.RealmLimits;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

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
        expectText(caller, "plant.door: the callee does not announce progressive_call_invocations and call_canceling");
    }

    @Scenario({"URI-01", "SEC-02"})
    void aRefusedUriIsNamedWithTheRuleAndTheLimit(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join();
        peer.call("plant.#");
        expectText(peer, "call plant.#: not a valid URI: parts must not be empty and hold no white space, # or .");
        peer.sendList(64, peer.nextRequest(), Map.of(), "wamp.door");
        expectText(peer, "register wamp.door: URIs that begin with wamp. or junctor. are reserved for the router");
        peer.sendList(32, peer.nextRequest(), Map.of(), "a".repeat(1_001));
        expectText(
                peer,
                "subscribe to " + "a".repeat(100)
                        + "...: the URI has 1001 characters; at most 1000 are allowed (uri_characters)");
        peer.sendList(32, peer.nextRequest(), Map.of(), "a" + ".a".repeat(64));
        expectText(
                peer,
                "subscribe to a" + ".a".repeat(49) + "....: the URI has 65 parts; at most 64 are allowed (uri_parts)");
        peer.sendList(16, peer.nextRequest(), Map.of("acknowledge", true, "exclude", numbers(1_001)), "plant.door");
        expectText(peer, "a list has 1001 entries; at most 1000 are allowed (list_entries)");
    }

    private static List<Long> numbers(int count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }

    @Scenario({"SEC-02", "RPC-01"})
    void aLimitIsNamedWithItsNumber(Testbed testbed) {
        RealmLimits one = RealmLimits.DEFAULT.withHoldings(new RealmLimits.Holdings(1, 1, 1, 1, 1 << 20));
        testbed.realms(RealmConfig.open(Testbed.REALM).toBuilder().limits(one).build());
        Peer peer = testbed.join();
        peer.register("plant.door");
        peer.sendList(64, peer.nextRequest(), Map.of(), "plant.lamp");
        expectText(peer, "this session has 1 registrations, the limit (registrations)");
        peer.subscribe("plant.door");
        peer.sendList(32, peer.nextRequest(), Map.of(), "plant.lamp");
        expectText(peer, "this session has 1 subscriptions, the limit (subscriptions)");
        Peer caller = testbed.join();
        caller.call("plant.door");
        caller.call("plant.door");
        expectText(caller, "this session has 1 open calls, the limit (pending_calls)");
        peer.answer(peer.expect(Invocation.class));
        caller.expect(Result.class);
        for (int i = 0; i < 2; i++) {
            caller.call("wamp.session.add_testament", "plant.door", List.of(), Map.of());
        }
        caller.expect(Result.class);
        expectText(
                caller,
                "with this testament, the session has more than 1 testaments or 1048576 bytes of them, the limits"
                        + " (testaments, testament_bytes)");
    }

    @Scenario({"FEAT-02", "PSX-IDENT-02"})
    void anOptionThatIsNotAllowedIsNamed(Testbed testbed) {
        testbed.realms(RealmConfig.open(Testbed.REALM).toBuilder()
                .features(RealmFeatures.DEFAULT
                        .without(Feature.EVENT_RETENTION)
                        .without(Feature.SUBSCRIBER_BLACKWHITE_LISTING)
                        .without(Feature.PUBLISHER_IDENTIFICATION))
                .build());
        Peer peer = testbed.join();
        peer.sendList(16, peer.nextRequest(), Map.of("acknowledge", true, "retain", true), "plant.door");
        expectText(
                peer,
                "publish to plant.door: option retain needs event_retention, which this realm has switched off (features)");
        peer.sendList(16, peer.nextRequest(), Map.of("acknowledge", true, "exclude", List.of(1L)), "plant.door");
        expectText(
                peer,
                "publish to plant.door: option exclude and eligible needs subscriber_blackwhite_listing, which this realm"
                        + " has switched off (features)");
        peer.sendList(16, peer.nextRequest(), Map.of("acknowledge", true, "disclose_me", true), "plant.door");
        expectText(
                peer,
                "publish to plant.door: disclose_me is not allowed: the rules or features of this realm do not disclose"
                        + " senders");
    }

    @Scenario("SMETA-04")
    void anUnknownSessionIsNamed(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join();
        peer.call("wamp.session.get", 4716L);
        expectText(peer, "there is no other session with the id 4716 in this realm");
    }

    private static void expectText(Peer peer, String text) {
        ErrorMessage error = peer.expect(ErrorMessage.class);
        assertThat(peer.arguments(error.payload()).positional()).isEqualTo(List.of(text));
        assertThat(error.requestType()).isNotEqualTo(Invocation.CODE);
    }
}
