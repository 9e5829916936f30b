package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.value.WampError;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Section 10.8: the registration meta API, and revocation. */
class RegistrationMetaScenario {
    private static final String API = "wamp.registration.";
    private static final Map<String, Object> SHARED = Map.of("invoke", "roundrobin");

    @Scenario({"REGMETA-01", "ORD-08"})
    void metaEventsOfRegistrationsArePublished(Testbed testbed) {
        Peer watcher = testbed.join();
        long created = watcher.subscribe(API + "on_create");
        long registered = watcher.subscribe(API + "on_register");
        long unregistered = watcher.subscribe(API + "on_unregister");
        long deleted = watcher.subscribe(API + "on_delete");
        Peer one = testbed.join();
        Peer other = testbed.join();
        long id = Callees.register(one, "procedure", SHARED);
        Event event = watcher.expect(Event.class);
        assertThat(event.subscription()).isEqualTo(created);
        List<?> told = watcher.arguments(event.payload()).positional();
        assertThat(told.get(0)).isEqualTo(one.session());
        expectDescription(told.get(1), id, "procedure", "exact", "roundrobin");
        MetaCalls.expectEvent(watcher, registered, one.session(), id);
        Callees.register(other, "procedure", SHARED);
        MetaCalls.expectEvent(watcher, registered, other.session(), id);
        one.send(new Unregister(one.nextRequest(), id));
        one.expect(Unregistered.class);
        MetaCalls.expectEvent(watcher, unregistered, one.session(), id);
        long last = other.session();
        other.cut();
        MetaCalls.expectEvent(watcher, unregistered, last, id);
        MetaCalls.expectEvent(watcher, deleted, last, id);
        watcher.expectNothing();
    }

    @Scenario({"REGMETA-01", "ORD-08"})
    void theAnswerComesBeforeItsMetaEvents(Testbed testbed) {
        Peer peer = testbed.join();
        long begun = peer.subscribe(API + "on_register");
        long ended = peer.subscribe(API + "on_unregister");
        long id = peer.register("procedure");
        MetaCalls.expectEvent(peer, begun, peer.session(), id);
        peer.send(new Unregister(peer.nextRequest(), id));
        peer.expect(Unregistered.class);
        MetaCalls.expectEvent(peer, ended, peer.session(), id);
    }

    @Scenario({"REGMETA-02", "URI-12"})
    void metaEventsOmitOtherRealmsAndRefusedRegistrations(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer watcher = testbed.join();
        watcher.subscribe(API + "on_create");
        watcher.subscribe(API + "on_register");
        testbed.joinRealm(Testbed.OTHER_REALM).register("procedure");
        Callees.expectRefused(testbed.join(), WampError.INVALID_URI, "wamp.mine", Map.of());
        watcher.expectNothing();
        assertThat(MetaCalls.call(watcher, API + "match", "procedure")).isEqualTo(Arrays.asList((Object) null));
    }

    @Scenario({"REGMETA-03", "RPC-PAT-06"})
    void registrationsAreListedLookedUpAndMatchedAsTheyAreCalled(Testbed testbed) {
        Peer peer = testbed.join();
        assertThat(MetaCalls.call(peer, API + "list"))
                .containsExactly(Map.of("exact", List.of(), "prefix", List.of(), "wildcard", List.of()));
        long exact = peer.register("a.b");
        long prefix = Callees.register(peer, "a.", Map.of("match", "prefix"));
        long wildcard = Callees.register(peer, ".b", Map.of("match", "wildcard"));
        assertThat(MetaCalls.call(peer, API + "list"))
                .containsExactly(
                        Map.of("exact", List.of(exact), "prefix", List.of(prefix), "wildcard", List.of(wildcard)));
        assertThat(MetaCalls.call(peer, API + "lookup", "a.b")).containsExactly(exact);
        assertThat(MetaCalls.call(peer, API + "lookup", "a.", Map.of("match", "prefix")))
                .containsExactly(prefix);
        expectNull(peer, "lookup", "a.");
        expectNull(peer, "match", "c.d.e");
        for (String called : List.of("a.b", "a.c", "c.b")) {
            long matched = (Long) Objects.requireNonNull(
                    MetaCalls.call(peer, API + "match", called).get(0));
            long request = peer.call(called);
            Invocation invocation = peer.expect(Invocation.class);
            assertThat(invocation.registration()).isEqualTo(matched);
            peer.answer(invocation);
            peer.expectResult(request);
        }
    }

    @Scenario("RPC-PAT-06")
    void aWeakerPatternIsNotUsedIfTheBestHasNoUsableCallee(Testbed testbed) {
        Peer best = testbed.join(Callees.with(Feature.CALL_REROUTE));
        Peer weaker = testbed.join();
        Callees.register(best, "a.b.", Map.of("match", "prefix"));
        Callees.register(weaker, "a.", Map.of("match", "prefix"));
        Peer caller = testbed.join();
        long request = caller.call("a.b.c");
        Callees.unavailable(best, best.expect(Invocation.class));
        caller.expectError(48, request, WampError.NO_AVAILABLE_CALLEE);
        weaker.expectNothing();
    }

    @Scenario({"REGMETA-03", "REGMETA-05", "URI-09"})
    void proceduresOfTheRouterAreNoRegistrations(Testbed testbed) {
        Peer peer = testbed.join();
        Callees.register(peer, "", Map.of("match", "prefix"));
        for (String procedure : List.of("lookup", "match")) {
            expectNull(peer, procedure, "wamp.session.count");
        }
    }

    @Scenario({"REGMETA-04", "REGMETA-05"})
    void theMetaApiReturnsARegistrationAndItsCallees(Testbed testbed) {
        Peer one = testbed.join();
        Peer other = testbed.join();
        Map<String, Object> options = Map.of("match", "prefix", "invoke", "last");
        long id = Callees.register(other, "a.", options);
        Callees.register(one, "a.", options);
        Object described = MetaCalls.call(one, API + "get", id).get(0);
        expectDescription(described, id, "a.", "prefix", "last");
        assertThat(MetaCalls.call(one, API + "list_callees", id))
                .containsExactly(List.of(other.session(), one.session()));
        assertThat(MetaCalls.call(one, API + "count_callees", id)).containsExactly(2L);
        long single = one.register("single");
        expectDescription(MetaCalls.call(one, API + "get", single).get(0), single, "single", "exact", "single");
        for (String procedure : List.of("get", "list_callees", "count_callees")) {
            MetaCalls.expectError(one, WampError.NO_SUCH_REGISTRATION, API + procedure, id == 1 ? 2L : 1L);
        }
    }

    @Scenario("REGMETA-05")
    void argumentsOfAnotherKindAreRefused(Testbed testbed) {
        Peer peer = testbed.join();
        MetaCalls.expectError(peer, WampError.INVALID_ARGUMENT, API + "get");
        MetaCalls.expectError(peer, WampError.INVALID_ARGUMENT, API + "get", "1");
        MetaCalls.expectError(peer, WampError.INVALID_ARGUMENT, API + "count_callees", 0L);
        MetaCalls.expectError(peer, WampError.INVALID_ARGUMENT, API + "lookup", 1L);
        MetaCalls.expectError(peer, WampError.INVALID_ARGUMENT, API + "lookup", "a", Map.of("match", "suffix"));
        MetaCalls.expectError(peer, WampError.INVALID_ARGUMENT, API + "match", "a..b");
    }

    @Scenario({"REGREV-01", "REGREV-02", "ORD-03"})
    void aRemovedCalleeIsNotifiedIfItAnnouncedRevocation(Testbed testbed) {
        testbed.realms(MetaCalls.realm());
        Peer watcher = testbed.join();
        long unregistered = watcher.subscribe(API + "on_unregister");
        Peer able = testbed.join(Callees.with(Feature.REGISTRATION_REVOCATION));
        Peer plain = testbed.join();
        long id = Callees.register(able, "procedure", SHARED);
        Callees.register(plain, "procedure", SHARED);
        long open = watcher.call("procedure");
        Invocation invocation = able.expect(Invocation.class);
        remove(watcher, unregistered, id, able, Map.of("reason", "a.reason"));
        assertThat(able.expectList()).containsExactly(67L, 0L, Map.of("registration", id, "reason", "a.reason"));
        able.answer(invocation, "still");
        assertThat(Callees.expectResult(watcher, open)).containsExactly("still");
        remove(watcher, unregistered, id, plain, Map.of());
        MetaCalls.expectError(watcher, WampError.NO_SUCH_PROCEDURE, "procedure");
        able.expectNothing();
        plain.expectNothing();
        MetaCalls.expectError(watcher, WampError.NO_SUCH_REGISTRATION, API + "remove_callee", id, plain.session());
        able.register("procedure");
    }

    @Scenario({"REGREV-02", "SMETA-01"})
    void removingOthersNeedsARuleOfItsOwn(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join();
        long id = peer.register("procedure");
        MetaCalls.expectError(peer, WampError.NOT_AUTHORIZED, API + "remove_callee", id, peer.session());
    }

    private static void remove(Peer admin, long unregistered, long id, Peer callee, Map<String, ?> keywords) {
        MetaCalls.call(admin, API + "remove_callee", List.of(id, callee.session()), keywords);
        MetaCalls.expectEvent(admin, unregistered, callee.session(), id);
    }

    private static void expectNull(Peer peer, String procedure, String uri) {
        assertThat(MetaCalls.call(peer, API + procedure, uri)).isEqualTo(Arrays.asList((Object) null));
    }

    private static void expectDescription(Object told, long id, String uri, String match, String invoke) {
        Map<?, ?> described = (Map<?, ?>) Objects.requireNonNull(told);
        assertThat(described.get("id")).isEqualTo(id);
        assertThat(described.get("uri")).isEqualTo(uri);
        assertThat(described.get("match")).isEqualTo(match);
        assertThat(described.get("invoke")).isEqualTo(invoke);
        assertThat(String.valueOf(described.get("created")))
                .matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z");
    }
}
