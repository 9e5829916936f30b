package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.SlowSubscriber;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Section 20: the option {@code concurrency}, and the calls that wait for callees. */
class ConcurrencyScenario {
    private static final Map<String, Object> ONE = Map.of("concurrency", 1);
    private static final Roles ABLE =
            Callees.with(Feature.CALL_CANCELING, Feature.CALL_REROUTE, Feature.PROGRESSIVE_CALL_INVOCATIONS);

    @Scenario("EXT-01")
    void callsWaitInOrderWhileACalleeIsBusy(Testbed testbed) {
        Peer callee = testbed.join();
        Callees.register(callee, "procedure", Map.of("concurrency", 2));
        Peer caller = testbed.join();
        List<Long> requests = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            requests.add(caller.call("procedure", (long) i));
        }
        Invocation first = Callees.expectInvocation(callee, 0L);
        Invocation second = Callees.expectInvocation(callee, 1L);
        callee.expectNothing();
        callee.answer(second);
        caller.expectResult(requests.get(1));
        Invocation third = Callees.expectInvocation(callee, 2L);
        callee.expectNothing();
        callee.answer(first);
        callee.answer(third);
        caller.expectResult(requests.get(0));
        caller.expectResult(requests.get(2));
        for (long left = 3; left < 5; left++) {
            callee.answer(Callees.expectInvocation(callee, left));
            caller.expectResult(requests.get((int) left));
        }
    }

    @Scenario("EXT-01")
    void theBoundIsOfThisRegistrationAlone(Testbed testbed) {
        Peer callee = testbed.join();
        Callees.register(callee, "bounded", ONE);
        callee.register("free");
        Peer caller = testbed.join();
        caller.call("bounded", 1L);
        caller.call("bounded", 2L);
        caller.call("free", 3L);
        Invocation bounded = Callees.expectInvocation(callee, 1L);
        callee.answer(Callees.expectInvocation(callee, 3L));
        caller.expectResult(3);
        callee.answer(bounded);
        caller.expectResult(1);
        callee.answer(Callees.expectInvocation(callee, 2L));
        caller.expectResult(2);
    }

    @Scenario("EXT-01")
    void theNumberOfWaitingCallsIsLimited(Testbed testbed) {
        testbed.realms(RealmConfig.open(Testbed.REALM).toBuilder()
                .limits(RealmLimits.DEFAULT.withWaitingCalls(2))
                .build());
        Peer callee = testbed.join();
        Callees.register(callee, "procedure", ONE);
        Peer caller = testbed.join();
        for (long i = 1; i <= 3; i++) {
            caller.call("procedure", i);
        }
        caller.expectError(Call.CODE, caller.call("procedure", 4L), WampError.NO_AVAILABLE_CALLEE);
        callee.answer(Callees.expectInvocation(callee, 1L));
        caller.expectResult(1);
        long again = caller.call("procedure", 5L);
        for (long i : new long[] {2, 3, 5}) {
            callee.answer(Callees.expectInvocation(callee, i));
            caller.expectResult(i == 5 ? again : i);
        }
    }

    @Scenario("EXT-01")
    void theBytesOfWaitingCallsAreLimited(Testbed testbed) {
        testbed.realms(RealmConfig.open(Testbed.REALM).toBuilder()
                .limits(RealmLimits.DEFAULT.withOutbox(10_000, 100, SlowSubscriber.DROP))
                .build());
        Peer callee = testbed.join();
        Callees.register(callee, "procedure", ONE);
        Peer caller = testbed.join();
        caller.call("procedure", "first");
        long waiting = caller.call("procedure", "x".repeat(6_000));
        caller.expectError(Call.CODE, caller.call("procedure", "x".repeat(6_000)), WampError.NO_AVAILABLE_CALLEE);
        caller.sendList(49, waiting, Map.of());
        caller.expectError(Call.CODE, waiting, WampError.CANCELED);
        caller.call("procedure", "x".repeat(6_000));
        callee.answer(Callees.expectInvocation(callee, "first"));
        caller.expectResult(1);
        callee.answer(callee.expect(Invocation.class));
        caller.expect(Result.class);
    }

    @Scenario({"EXT-01", "PV-13"})
    void concurrencyMustBeAPositiveInteger(Testbed testbed) {
        for (Object wrong : List.of(0, -1, "1", true, 1.5)) {
            Peer callee = testbed.join();
            callee.sendList(64, 1, Map.of("concurrency", wrong), "procedure");
            callee.expectViolation();
        }
    }

    @Scenario({"EXT-01", "RPC-CANCEL-08"})
    void aCallThatIsCanceledWhileItWaitsReachesNoCallee(Testbed testbed) {
        Peer callee = testbed.join(ABLE);
        Callees.register(callee, "procedure", ONE);
        Peer caller = testbed.join();
        long open = caller.call("procedure", "open");
        for (String mode : List.of("skip", "kill", "killnowait")) {
            long waiting = caller.call("procedure", mode);
            caller.sendList(49, waiting, Map.of("mode", mode));
            caller.expectError(Call.CODE, waiting, WampError.CANCELED);
        }
        long last = caller.call("procedure", "last");
        callee.answer(Callees.expectInvocation(callee, "open"));
        caller.expectResult(open);
        callee.answer(Callees.expectInvocation(callee, "last"));
        caller.expectResult(last);
        callee.expectNothing();
    }

    @Scenario({"EXT-01", "RPC-TIMEOUT-02", "RPC-TIMEOUT-05"})
    void theTimeoutRunsWhileACallWaits(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer callee = testbed.join(ABLE);
        Callees.register(callee, "procedure", ONE);
        Peer caller = testbed.join();
        caller.call("procedure", "open");
        long waiting = Callees.call(caller, "procedure", Map.of("timeout", 100), "waits too long");
        long sent = Callees.call(caller, "procedure", Map.of("timeout", 200), "waits a while");
        caller.expectNothing();
        testbed.clock().advance(Duration.ofMillis(100));
        caller.expectError(Call.CODE, waiting, WampError.TIMEOUT);
        callee.answer(Callees.expectInvocation(callee, "open"));
        caller.expectResult(1);
        Invocation invocation = Callees.expectInvocation(callee, "waits a while");
        testbed.clock().advance(Duration.ofMillis(99));
        caller.expectNothing();
        testbed.clock().advance(Duration.ofMillis(1));
        caller.expectError(Call.CODE, sent, WampError.TIMEOUT);
        Callees.expectInterrupt(callee, invocation);
        callee.expectNothing();
    }

    @Scenario({"EXT-01", "RPC-11"})
    void theCallsOfACallerThatLeavesWaitNoLonger(Testbed testbed) {
        Peer callee = testbed.join();
        Callees.register(callee, "procedure", ONE);
        Peer leaver = testbed.join();
        Peer caller = testbed.join();
        long open = caller.call("procedure", "open");
        caller.expectNothing();
        leaver.call("procedure", "for no callee");
        leaver.expectNothing();
        long last = caller.call("procedure", "last");
        caller.expectNothing();
        leaver.leave();
        callee.answer(Callees.expectInvocation(callee, "open"));
        caller.expectResult(open);
        callee.answer(Callees.expectInvocation(callee, "last"));
        caller.expectResult(last);
        callee.expectNothing();
    }

    @Scenario({"EXT-01", "RPC-12"})
    void waitingCallsEndWithTheLastCalleeOrGoToAnother(Testbed testbed) {
        Map<String, Object> shared = Map.of("concurrency", 1, "invoke", "roundrobin");
        Peer one = testbed.join();
        long id = Callees.register(one, "procedure", shared);
        Peer caller = testbed.join();
        caller.call("procedure", "open");
        Invocation open = Callees.expectInvocation(one, "open");
        long second = caller.call("procedure", "second");
        Peer other = testbed.join();
        Callees.register(other, "procedure", shared);
        Callees.expectInvocation(other, "second");
        long third = caller.call("procedure", "third");
        caller.expectNothing();
        other.cut();
        caller.expectError(Call.CODE, second, WampError.CANCELED);
        one.send(new Unregister(one.nextRequest(), id));
        one.expect(Unregistered.class);
        caller.expectError(Call.CODE, third, WampError.CANCELED);
        one.answer(open);
        caller.expectResult(1);
        one.expectNothing();
    }

    @Scenario("EXT-01")
    void ofBusyCalleesTheNextThatIsFreeGetsTheCall(Testbed testbed) {
        for (String invoke : List.of("first", "last", "roundrobin", "random")) {
            List<Peer> callees = List.of(testbed.join(), testbed.join(), testbed.join());
            callees.forEach(callee -> Callees.register(callee, invoke, Map.of("concurrency", 1, "invoke", invoke)));
            Peer caller = testbed.join();
            for (int i = 0; i < 3; i++) {
                caller.call(invoke);
            }
            caller.call(invoke, "waits");
            caller.expectNothing();
            List<Invocation> open = callees.stream()
                    .map(callee -> callee.expect(Invocation.class))
                    .toList();
            callees.get(1).answer(open.get(1));
            caller.expect(Result.class);
            callees.get(1).answer(Callees.expectInvocation(callees.get(1), "waits"));
            caller.expect(Result.class);
            callees.get(0).answer(open.get(0));
            callees.get(2).answer(open.get(2));
            caller.expect(Result.class);
            caller.expect(Result.class);
        }
    }

    @Scenario({"EXT-01", "RPC-REROUTE-02"})
    void aCallThatIsPassedOnWaitsForACalleeThatDidNotHaveIt(Testbed testbed) {
        Map<String, Object> shared = Map.of("concurrency", 1, "invoke", "first");
        Peer one = testbed.join(ABLE);
        Peer other = testbed.join(ABLE);
        Callees.register(one, "procedure", shared);
        Callees.register(other, "procedure", shared);
        Peer caller = testbed.join();
        long first = caller.call("procedure", "first");
        long second = caller.call("procedure", "second");
        caller.expectNothing();
        Callees.unavailable(one, Callees.expectInvocation(one, "first"));
        one.expectNothing();
        other.answer(Callees.expectInvocation(other, "second"));
        caller.expectResult(second);
        Callees.unavailable(other, Callees.expectInvocation(other, "first"));
        caller.expectError(Call.CODE, first, WampError.NO_AVAILABLE_CALLEE);
        one.expectNothing();
    }

    @Scenario({"EXT-01", "RPC-PINV-03"})
    void partsOfACallThatWaitsFollowTheFirst(Testbed testbed) {
        Peer callee = testbed.join(ABLE);
        Callees.register(callee, "procedure", ONE);
        Peer caller = testbed.join(new Roles(Map.of(Role.CALLER, Set.of(Feature.PROGRESSIVE_CALL_INVOCATIONS))));
        long open = caller.call("procedure", "open");
        long parts = Callees.call(caller, "procedure", Map.of("progress", true), "first");
        caller.sendList(48, parts, Map.of("progress", true), "procedure", List.of("second"));
        caller.sendList(48, parts, Map.of(), "procedure", List.of("third"));
        callee.answer(Callees.expectInvocation(callee, "open"));
        caller.expectResult(open);
        Invocation first = Callees.expectInvocation(callee, "first");
        assertThat(first.details().progress()).isTrue();
        assertThat(Callees.expectInvocation(callee, "second").details().progress())
                .isTrue();
        Invocation last = Callees.expectInvocation(callee, "third");
        assertThat(last.details().progress()).isFalse();
        assertThat(last.request()).isEqualTo(first.request());
        callee.answer(last);
        caller.expectResult(parts);
    }

    @Scenario({"EXT-03", "RPC-SHARE-01"})
    void theCalleeWithTheFewestOpenInvocationsGetsTheCall(Testbed testbed) {
        Map<String, Object> balanced = Map.of("invoke", "roundrobin", "_balance", "least_pending");
        List<Peer> callees = List.of(testbed.join(), testbed.join(), testbed.join());
        callees.forEach(callee -> Callees.register(callee, "procedure", balanced));
        Peer caller = testbed.join();
        List<Invocation> open = new ArrayList<>();
        for (Peer callee : callees) {
            caller.call("procedure");
            open.add(callee.expect(Invocation.class));
        }
        for (int index : new int[] {2, 0, 0, 1}) {
            callees.get(index).answer(open.get(index));
            caller.expect(Result.class);
            caller.call("procedure");
            open.set(index, callees.get(index).expect(Invocation.class));
        }
        Callees.expectRefused(
                testbed.join(), WampError.PROCEDURE_ALREADY_EXISTS, "procedure", Map.of("invoke", "roundrobin"));
        for (int index = 0; index < 3; index++) {
            callees.get(index).answer(open.get(index));
            caller.expect(Result.class);
        }
    }

    @Scenario("EXT-03")
    void calleesWithEqualLoadShareTheCalls(Testbed testbed) {
        for (String invoke : List.of("roundrobin", "random")) {
            List<Peer> callees = List.of(testbed.join(), testbed.join());
            callees.forEach(
                    callee -> Callees.register(callee, invoke, Map.of("invoke", invoke, "_balance", "least_pending")));
            Peer caller = testbed.join();
            for (int i = 0; i < 10; i++) {
                caller.call(invoke);
            }
            caller.expectNothing();
            for (Peer callee : callees) {
                for (int i = 0; i < 5; i++) {
                    callee.answer(callee.expect(Invocation.class));
                    caller.expect(Result.class);
                }
                callee.expectNothing();
            }
        }
    }
}
