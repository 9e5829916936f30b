package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.spi.Action;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Unsubscribed;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Sections 9.2 and 10.6: patterns. */
class PatternScenario {
    @Scenario("PSX-PAT-01")
    void aPrefixIsOfTheTextAndNotOfParts(Testbed testbed) {
        Peer subscriber = testbed.join();
        Peer publisher = testbed.join();
        long subscription = subscribe(subscriber, "a.b", "prefix");
        for (String topic : List.of("a.b", "a.b.c", "a.b-c", "a.bc")) {
            publisher.publish(topic, topic);
            assertThat(subscriber.expectEvent(subscription)).containsExactly(topic);
        }
        for (String topic : List.of("a", "a.c", "b.a.b")) {
            publisher.publish(topic);
        }
        subscriber.expectNothing();
    }

    @Scenario("PSX-PAT-01")
    void theEmptyPrefixMatchesEveryTopic(Testbed testbed) {
        Peer subscriber = testbed.join();
        Peer publisher = testbed.join();
        subscribe(subscriber, "", "prefix");
        publisher.publish("any.topic.at_all", 1L);
        Event event = subscriber.expect(Event.class);
        while (Objects.requireNonNull(event.details().topic()).isReserved()) {
            // The meta event of the router about this subscription.
            event = subscriber.expect(Event.class);
        }
        assertThat(event.details().topic()).hasToString("any.topic.at_all");
    }

    @Scenario({"PSX-PAT-01", "RPC-PAT-01"})
    void shapesOfWildcardPatternsAreLimited(Testbed testbed) {
        RealmConfig open = RealmConfig.open(Testbed.REALM);
        testbed.realms(open.toBuilder()
                .limits(open.limits().withNames(new RealmLimits.Names(1_000, 64, 1_000, 3, 2)))
                .build());
        Peer one = testbed.join();
        Peer other = testbed.join();
        for (int type : List.of(Subscribe.CODE, Register.CODE)) {
            assertThat(isAccepted(one, type, "a..b")).isTrue();
            assertThat(isAccepted(one, type, "x..y")).isTrue();
            assertThat(isAccepted(one, type, ".a.b")).isTrue();
            assertThat(isAccepted(one, type, "a.b.")).isFalse();
            assertThat(isAccepted(other, type, "a.b.")).isTrue();
            assertThat(isAccepted(other, type, "..")).isFalse();
            assertThat(isAccepted(other, type, "c..d")).isTrue();
        }
    }

    private static boolean isAccepted(Peer peer, int type, String pattern) {
        long request = peer.nextRequest();
        peer.sendList(type, request, Map.of("match", "wildcard"), pattern);
        FromRouter answer = peer.expect(FromRouter.class);
        if (answer instanceof ErrorMessage error) {
            assertThat(error.error()).isEqualTo(WampError.LIMIT_EXCEEDED.uri());
            assertThat(String.valueOf(peer.arguments(error.payload()).positional()))
                    .contains("wildcard_shapes");
        }
        return !(answer instanceof ErrorMessage);
    }

    @Scenario("PSX-PAT-02")
    void aWildcardMatchesAsManyParts(Testbed testbed) {
        Peer subscriber = testbed.join();
        Peer publisher = testbed.join();
        long subscription = subscribe(subscriber, "a..c", "wildcard");
        publisher.publish("a.b.c", 1L);
        assertThat(subscriber.expectEvent(subscription)).containsExactly(1L);
        for (String topic : List.of("a.b.c.d", "a.c", "a.b.d", "b.b.c", "z.a.b.c")) {
            publisher.publish(topic);
        }
        subscriber.expectNothing();
        long onePart = subscribe(subscriber, "", "wildcard");
        publisher.publish("single", 2L);
        assertThat(subscriber.expectEvent(onePart)).containsExactly(2L);
        publisher.publish("not.single");
        subscriber.expectNothing();
    }

    @Scenario({"PSX-PAT-03", "PSX-PAT-04"})
    void eachMatchingSubscriptionGetsTheEventAndPatternsTheTopic(Testbed testbed) {
        Peer subscriber = testbed.join();
        long exact = subscriber.subscribe("a.b.c");
        Map<Long, Uri> topics = new HashMap<>();
        topics.put(exact, null);
        for (List<String> pattern :
                List.of(List.of("a.b.c", "prefix"), List.of("a.", "prefix"), List.of("a..c", "wildcard"))) {
            topics.put(subscribe(subscriber, pattern.get(0), pattern.get(1)), new Uri("a.b.c"));
        }
        assertThat(topics).hasSize(4);
        long publication = testbed.join().publish("a.b.c", 1L);
        Set<Long> served = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            Event event = subscriber.expect(Event.class);
            assertThat(event.publication()).isEqualTo(publication);
            assertThat(event.details().topic()).isEqualTo(topics.get(event.subscription()));
            served.add(event.subscription());
        }
        assertThat(served).isEqualTo(topics.keySet());
        subscriber.expectNothing();
    }

    @Scenario({"PSX-PAT-03", "PS-02", "ID-03"})
    void anotherMatchIsAnotherSubscriptionWhichSessionsShare(Testbed testbed) {
        Peer one = testbed.join();
        Peer other = testbed.join();
        long exact = one.subscribe("a.b");
        long prefix = subscribe(one, "a.b", "prefix");
        assertThat(prefix).isNotEqualTo(exact);
        assertThat(subscribe(other, "a.b", "prefix")).isEqualTo(prefix);
        assertThat(subscribe(one, "a.b", "prefix")).isEqualTo(prefix);
        // The pattern and the exact subscription remain for the others when one subscriber leaves.
        unsubscribe(one, prefix);
        testbed.join().publish("a.b", 1L);
        assertThat(one.expectEvent(exact)).containsExactly(1L);
        assertThat(other.expectEvent(prefix)).containsExactly(1L);
        one.expectNothing();
    }

    @Scenario({"AUTHZ-04", "PSX-PAT-01"})
    void aPatternIsRefusedWhereANarrowerRuleDeniesPartOfIt(Testbed testbed) {
        RealmConfig open = RealmConfig.open(Testbed.REALM);
        RoleConfig role = new RoleConfig(List.of(
                new Rule(new Uri("plant."), MatchPolicy.PREFIX, EnumSet.allOf(Action.class), true),
                new Rule(new Uri("plant.line2."), MatchPolicy.PREFIX, EnumSet.allOf(Action.class), false)));
        testbed.realms(open.toBuilder().role("anonymous", role).build());
        Peer peer = testbed.join();
        for (List<String> wide : List.of(
                List.of("plant.", "prefix"),
                List.of("plant.line", "prefix"),
                List.of("plant.line2.door", "prefix"),
                List.of("plant..door", "wildcard"))) {
            for (int type : new int[] {32, 64}) {
                long request = peer.nextRequest();
                peer.sendList(type, request, Map.of("match", wide.get(1)), wide.get(0));
                peer.expectError(type, request, WampError.NOT_AUTHORIZED);
            }
        }
        assertThat(subscribe(peer, "plant.line1.", "prefix")).isPositive();
        assertThat(subscribe(peer, "plant.line1.", "wildcard")).isPositive();
        assertThat(register(peer, "plant.line3", "prefix")).isPositive();
    }

    @Scenario("RPC-PAT-01")
    void exactGoesBeforeTheLongestPrefixBeforeWildcards(Testbed testbed) {
        Peer callee = testbed.join();
        Peer caller = testbed.join();
        expectNoProcedure(caller, "a.b.c");
        expectCalled(caller, callee, register(callee, "a..c", "wildcard"), "a.b.c");
        expectCalled(caller, callee, register(callee, "a.", "prefix"), "a.b.c");
        expectCalled(caller, callee, register(callee, "a.b", "prefix"), "a.b.c");
        expectCalled(caller, callee, callee.register("a.b.c"), "a.b.c");
        expectNoProcedure(caller, "b.b.c");
    }

    @Scenario({"RPC-PAT-02", "RPC-PAT-03", "RPC-PAT-04"})
    void theBestOfTheSpecificationsExampleIsCalled(Testbed testbed) {
        Peer callee = testbed.join();
        Peer caller = testbed.join();
        long five = register(callee, "a1.b2..d4.e5", "wildcard");
        long literalFirst = register(callee, "a1.b2.c33..e5", "wildcard");
        long early = register(callee, "a1.b2..d4.e5..g7", "wildcard");
        register(callee, "a1.b2..d4..f6.g7", "wildcard");
        expectCalled(caller, callee, literalFirst, "a1.b2.c33.d4.e5");
        expectCalled(caller, callee, five, "a1.b2.c34.d4.e5");
        expectCalled(caller, callee, early, "a1.b2.c88.d4.e5.f6.g7");
        expectNoProcedure(caller, "a2.b2.c2.d2.e2");
        long prefix = register(callee, "a1.b2.c3", "prefix");
        expectCalled(caller, callee, prefix, "a1.b2.c33.d4.e5");
        expectCalled(caller, callee, prefix, "a1.b2.c3.d4");
        expectCalled(caller, callee, early, "a1.b2.c88.d4.e5.f6.g7");
    }

    @Scenario("RPC-PAT-05")
    void onlyPatternRegistrationsGetTheProcedureUri(Testbed testbed) {
        Peer callee = testbed.join();
        Peer caller = testbed.join();
        register(callee, "a.", "prefix");
        callee.register("a.b");
        assertThat(procedureOfCall(caller, callee, "a.b.c")).isEqualTo(new Uri("a.b.c"));
        assertThat(procedureOfCall(caller, callee, "a.b")).isNull();
    }

    @Scenario({"RPC-01", "RPC-02", "RPC-PAT-01"})
    void aPatternIsRegisteredOnceAndFreeAfterUnregister(Testbed testbed) {
        Peer callee = testbed.join();
        Peer other = testbed.join();
        long prefix = register(callee, "a.b", "prefix");
        assertThat(callee.register("a.b")).isNotEqualTo(prefix);
        long request = other.nextRequest();
        other.sendList(64, request, Map.of("match", "prefix"), "a.b");
        other.expectError(64, request, WampError.PROCEDURE_ALREADY_EXISTS);
        long unregister = callee.nextRequest();
        callee.send(new Unregister(unregister, prefix));
        callee.expect(Unregistered.class);
        expectCalled(callee, other, register(other, "a.b", "prefix"), "a.b.c");
    }

    @Scenario("URI-09")
    void noPatternCatchesProceduresOfTheRouter(Testbed testbed) {
        Peer callee = testbed.join();
        register(callee, "", "prefix");
        register(callee, "w", "prefix");
        register(callee, "..", "wildcard");
        expectNoProcedure(testbed.join(), "wamp.no.procedure");
        callee.expectNothing();
    }

    private static void expectCalled(Peer caller, Peer callee, long registration, String procedure) {
        long request = caller.call(procedure);
        Invocation invocation = callee.expect(Invocation.class);
        assertThat(invocation.registration()).isEqualTo(registration);
        callee.answer(invocation);
        caller.expectResult(request);
        callee.expectNothing();
    }

    private static Uri procedureOfCall(Peer caller, Peer callee, String procedure) {
        long request = caller.call(procedure);
        Invocation invocation = callee.expect(Invocation.class);
        callee.answer(invocation);
        caller.expectResult(request);
        return invocation.details().procedure();
    }

    private static void expectNoProcedure(Peer caller, String procedure) {
        long request = caller.call(procedure);
        caller.expectError(48, request, WampError.NO_SUCH_PROCEDURE);
    }

    private static long subscribe(Peer peer, String pattern, String match) {
        long request = peer.nextRequest();
        peer.sendList(32, request, Map.of("match", match), pattern);
        Subscribed subscribed = peer.expect(Subscribed.class);
        assertThat(subscribed.request()).isEqualTo(request);
        return subscribed.subscription();
    }

    private static void unsubscribe(Peer peer, long subscription) {
        peer.send(new Unsubscribe(peer.nextRequest(), subscription));
        peer.expect(Unsubscribed.class);
    }

    @Scenario("PSX-SHARD-01")
    void keysOfShardsAreIgnoredAndNotAnnounced(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.connect();
        assertThat(peer.join(Testbed.REALM).details().roles().has(Role.BROKER, Feature.SHARDED_SUBSCRIPTION))
                .isFalse();
        peer.sendList(32, peer.nextRequest(), Map.of("nkey", "a"), "topic");
        long subscription = peer.expect(Subscribed.class).subscription();
        peer.sendList(16, peer.nextRequest(), Map.of("rkey", "b", "exclude_me", false), "topic");
        assertThat(peer.expect(Event.class).details().toDict().isEmpty()).isTrue();
        peer.sendList(16, peer.nextRequest(), Map.of("rkey", "a", "exclude_me", false), "topic");
        assertThat(peer.expectEvent(subscription)).isEmpty();
    }

    private static long register(Peer peer, String pattern, String match) {
        long request = peer.nextRequest();
        peer.sendList(64, request, Map.of("match", match), pattern);
        Registered registered = peer.expect(Registered.class);
        assertThat(registered.request()).isEqualTo(request);
        return registered.registration();
    }
}
