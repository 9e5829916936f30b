package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.metrics.TransportCounter;
import io.junctor.router.spi.Action;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** Section 20: a registration that replaces another callee, by force or because that callee does not answer a ping. */
class TakeoverScenario {
    private static final Map<String, Object> FORCE = Map.of("force_reregister", true);

    @Scenario({"EXT-02", "REGREV-01"})
    void aForcedRegistrationTakesTheProcedureFromItsCallees(Testbed testbed) {
        testbed.realms(MetaCalls.realm());
        Peer able = testbed.join(Callees.with(Feature.REGISTRATION_REVOCATION));
        Peer plain = testbed.join();
        long id = Callees.register(able, "procedure", Map.of("invoke", "roundrobin"));
        Callees.register(plain, "procedure", Map.of("invoke", "roundrobin"));
        Peer caller = testbed.join();
        long open = caller.call("procedure");
        Invocation invocation = able.expect(Invocation.class);
        Peer successor = testbed.join();
        assertThat(Callees.register(successor, "procedure", FORCE)).isNotEqualTo(id);
        assertThat(able.expectList())
                .containsExactly(67L, 0L, Map.of("registration", id, "reason", "junctor.revoked.replaced"));
        able.answer(invocation, "old");
        assertThat(Callees.expectResult(caller, open)).containsExactly("old");
        long request = caller.call("procedure");
        successor.answer(successor.expect(Invocation.class), "new");
        assertThat(Callees.expectResult(caller, request)).containsExactly("new");
        plain.expectNothing();
        Callees.expectRefused(plain, WampError.PROCEDURE_ALREADY_EXISTS, "procedure", Map.of());
    }

    @Scenario({"EXT-02", "REGMETA-01", "ORD-08"})
    void metaEventsTellOfTheOldThenOfTheNew(Testbed testbed) {
        testbed.realms(MetaCalls.realm());
        Peer watcher = testbed.join();
        Peer former = testbed.join();
        long id = former.register("procedure");
        List<String> events = List.of("on_unregister", "on_delete", "on_create", "on_register");
        List<Long> topics = events.stream()
                .map(event -> watcher.subscribe("wamp.registration." + event))
                .toList();
        Peer successor = testbed.join();
        long next = Callees.register(successor, "procedure", FORCE);
        MetaCalls.expectEvent(watcher, topics.get(0), former.session(), id);
        MetaCalls.expectEvent(watcher, topics.get(1), former.session(), id);
        assertThat(watcher.expectEvent(topics.get(2)).get(0)).isEqualTo(successor.session());
        MetaCalls.expectEvent(watcher, topics.get(3), successor.session(), next);
    }

    @Scenario({"EXT-02", "EXT-01"})
    void callsThatWaitGoToTheSuccessor(Testbed testbed) {
        testbed.realms(MetaCalls.realm());
        Peer former = testbed.join();
        Callees.register(former, "procedure", Map.of("concurrency", 1));
        Peer caller = testbed.join();
        caller.call("procedure", "open");
        long waiting = caller.call("procedure", "waiting");
        Callees.expectInvocation(former, "open");
        caller.expectNothing();
        Peer successor = testbed.join();
        Callees.register(successor, "procedure", FORCE);
        successor.answer(Callees.expectInvocation(successor, "waiting"));
        caller.expectResult(waiting);
        former.sendList(70, 1, Map.of());
        caller.expectResult(1);
    }

    @Scenario("EXT-02")
    void aForcedRegistrationOfAFreeProcedureIsAnOrdinaryOne(Testbed testbed) {
        testbed.realms(MetaCalls.realm());
        Peer callee = testbed.join(Callees.with(Feature.REGISTRATION_REVOCATION));
        long id = Callees.register(callee, "procedure", FORCE);
        callee.sendList(64, callee.nextRequest(), FORCE, "procedure");
        assertThat(callee.expectList().get(0)).isEqualTo(67L);
        assertThat(callee.expect(Registered.class).registration()).isNotEqualTo(id);
    }

    @Scenario({"EXT-02", "AUTHZ-01"})
    void forceNeedsTheActionReplace(Testbed testbed) {
        EnumSet<Action> plain = EnumSet.complementOf(EnumSet.of(Action.REPLACE));
        RealmConfig open = RealmConfig.open(Testbed.REALM);
        RoleConfig role = new RoleConfig(List.of(
                new Rule(new Uri(""), MatchPolicy.PREFIX, plain, true),
                new Rule(new Uri("mine."), MatchPolicy.PREFIX, EnumSet.allOf(Action.class), true)));
        testbed.realms(open.toBuilder().role("anonymous", role).build());
        Peer callee = testbed.join();
        Callees.expectRefused(callee, WampError.NOT_AUTHORIZED, "procedure", FORCE);
        callee.register("mine.procedure");
        Callees.register(testbed.join(), "mine.procedure", FORCE);
    }

    @Scenario("EXT-05")
    void aHolderThatAnswersKeepsItsProcedure(Testbed testbed) {
        Peer holder = testbed.join();
        holder.register("procedure");
        Peer other = testbed.join();
        Callees.expectRefused(other, WampError.PROCEDURE_ALREADY_EXISTS, "procedure", Map.of());
        Callees.expectRefused(holder, WampError.PROCEDURE_ALREADY_EXISTS, "procedure", Map.of());
        long request = other.call("procedure");
        holder.answer(holder.expect(Invocation.class));
        other.expectResult(request);
    }

    @Scenario(value = "EXT-05", on = Scenario.Where.IN_MEMORY)
    void aSilentHolderLeavesAfterPongWait(Testbed testbed) {
        Peer holder = testbed.join();
        holder.register("procedure");
        testbed.memory(holder).stopReading();
        Peer one = testbed.join();
        Peer other = testbed.join();
        register(one);
        register(other);
        long request = one.publish("topic");
        assertThat(request).isPositive();
        testbed.clock().advance(Duration.ofMillis(9_999));
        one.expectNothing();
        testbed.clock().advance(Duration.ofMillis(1));
        one.expect(Registered.class);
        other.expectError(64, 1, WampError.PROCEDURE_ALREADY_EXISTS);
        assertThat(testbed.router().count(TransportCounter.PONGS_MISSED)).isEqualTo(1);
        long call = other.call("procedure");
        one.answer(one.expect(Invocation.class));
        other.expectResult(call);
        holder.cut();
    }

    @Scenario(value = "EXT-05", on = Scenario.Where.IN_MEMORY)
    void aBusyHolderKeepsItsProcedureAndItsSession(Testbed testbed) {
        Peer holder = testbed.join();
        holder.register("procedure");
        Peer caller = testbed.join();
        long call = caller.call("procedure");
        Invocation invocation = holder.expect(Invocation.class);
        MemoryTransport link = testbed.memory(holder);
        link.stopReading();
        Peer other = testbed.join();
        register(other);
        testbed.clock().advance(Duration.ofMillis(9_999));
        other.expectNothing();
        testbed.clock().advance(Duration.ofMillis(1));
        other.expectError(64, 1, WampError.PROCEDURE_ALREADY_EXISTS);
        assertThat(testbed.router().count(TransportCounter.PONGS_MISSED)).isZero();
        link.resumeReading();
        holder.answer(invocation);
        caller.expectResult(call);
    }

    @Scenario(
            value = {"EXT-05", "EXT-02"},
            on = Scenario.Where.IN_MEMORY)
    void whoMayReplaceWaitsTwoSeconds(Testbed testbed) {
        testbed.realms(MetaCalls.realm());
        Peer holder = testbed.join();
        holder.register("procedure");
        testbed.memory(holder).stopReading();
        Peer other = testbed.join();
        register(other);
        testbed.clock().advance(Duration.ofMillis(1_999));
        other.expectNothing();
        testbed.clock().advance(Duration.ofMillis(1));
        other.expect(Registered.class);
        holder.cut();
    }

    @Scenario(value = "EXT-05", on = Scenario.Where.ON_SOCKETS)
    void aHolderThatAnswersNoPingLeaves(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer holder = testbed.join();
        holder.register("procedure");
        ((WebSocketTransport) holder.transport()).ignorePings();
        Peer other = testbed.join();
        register(other);
        other.expectNothing();
        testbed.clock().advance(Duration.ofSeconds(10));
        other.expect(Registered.class);
        holder.expectClosed();
    }

    @Scenario(value = "EXT-05", on = Scenario.Where.IN_MEMORY)
    void aHolderThatAnswersInTimeStays(Testbed testbed) {
        Peer holder = testbed.join();
        holder.register("procedure");
        MemoryTransport link = testbed.memory(holder);
        link.stopReading();
        Peer other = testbed.join();
        register(other);
        testbed.clock().advance(Duration.ofMillis(9_999));
        link.resumeReading();
        other.expectError(64, 1, WampError.PROCEDURE_ALREADY_EXISTS);
        testbed.clock().advance(Duration.ofSeconds(10));
        holder.expectNothing();
    }

    @Scenario(value = "EXT-05", on = Scenario.Where.IN_MEMORY)
    void aHolderThatUnregistersMeanwhileEndsTheWait(Testbed testbed) {
        Peer holder = testbed.join();
        long id = holder.register("procedure");
        MemoryTransport link = testbed.memory(holder);
        link.stopReading();
        Peer other = testbed.join();
        register(other);
        other.expectNothing();
        holder.send(new Unregister(holder.nextRequest(), id));
        other.expect(Registered.class);
        link.resumeReading();
        holder.expect(Unregistered.class);
        testbed.clock().advance(Duration.ofSeconds(10));
        holder.expectNothing();
    }

    @Scenario(value = "EXT-05", on = Scenario.Where.IN_MEMORY)
    void aSessionThatLeavesWhileItWaitsDoesNotGetTheProcedure(Testbed testbed) {
        Peer holder = testbed.join();
        holder.register("procedure");
        testbed.memory(holder).stopReading();
        Peer other = testbed.join();
        register(other);
        other.expectNothing();
        other.leave();
        Peer caller = testbed.join();
        long left = caller.subscribe("wamp.session.on_leave");
        testbed.clock().advance(Duration.ofSeconds(10));
        assertThat(caller.expectEvent(left).get(0)).isEqualTo(holder.session());
        caller.expectError(48, caller.call("procedure"), WampError.NO_SUCH_PROCEDURE);
        holder.cut();
    }

    private static void register(Peer callee) {
        callee.sendList(64, callee.nextRequest(), Map.of(), "procedure");
    }
}
