package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Section 10.3: call timeouts. */
class TimeoutScenario {
    private static final Roles CANCELABLE = new Roles(Map.of(Role.CALLEE, Set.of(Feature.CALL_CANCELING)));
    private static final Roles TIMES_OUT =
            new Roles(Map.of(Role.CALLEE, Set.of(Feature.CALL_CANCELING, Feature.CALL_TIMEOUT)));

    @Scenario("RPC-TIMEOUT-02")
    void aCallTimesOutToTheMillisecond(Testbed testbed) {
        testbed.requireOwnRouter();
        Open open = open(testbed, CANCELABLE, Map.of("timeout", 250));
        assertThat(open.invocation.details().timeoutMillis()).isZero();
        pass(testbed, 249);
        open.caller.expectNothing();
        pass(testbed, 1);
        open.caller.expectError(Call.CODE, open.request, WampError.TIMEOUT);
        Interrupt interrupt = open.callee.expect(Interrupt.class);
        assertThat(interrupt.request()).isEqualTo(open.invocation.request());
        assertThat(interrupt.options().mode()).isEqualTo(CancelMode.KILL_NO_WAIT);
        open.callee.answer(open.invocation);
        open.callee.expectNothing();
        open.caller.expectNothing();
    }

    @Scenario("RPC-TIMEOUT-02")
    void aCalleeWithoutCancelingGetsNoInterruptAtATimeout(Testbed testbed) {
        testbed.requireOwnRouter();
        Open open = open(testbed, Peer.PLAIN, Map.of("timeout", 100));
        pass(testbed, 100);
        open.caller.expectError(Call.CODE, open.request, WampError.TIMEOUT);
        open.callee.expectNothing();
    }

    @Scenario("RPC-TIMEOUT-01")
    void zeroMeansNoTimeoutAndInvalidValuesAreViolations(Testbed testbed) {
        testbed.requireOwnRouter();
        Open open = open(testbed, CANCELABLE, Map.of("timeout", 0));
        pass(testbed, 9_000);
        open.callee.answer(open.invocation);
        open.caller.expectResult(open.request);
        for (Object wrong : List.of(-1, 1.5, "100", true)) {
            Peer caller = testbed.join();
            caller.sendList(48, caller.nextRequest(), Map.of("timeout", wrong), "procedure");
            caller.expectViolation();
        }
    }

    @Scenario({"RPC-TIMEOUT-05", "RPC-14"})
    void whateverEndsTheCallEndsItsTimeout(Testbed testbed) {
        testbed.requireOwnRouter();
        Open open = open(testbed, CANCELABLE, Map.of("timeout", 100));
        open.callee.answer(open.invocation);
        open.caller.expectResult(open.request);
        long canceled = call(open.caller, Map.of("timeout", 100));
        open.callee.expect(Invocation.class);
        open.caller.sendList(49, canceled, Map.of("mode", "skip"));
        open.caller.expectError(Call.CODE, canceled, WampError.CANCELED);
        long longest = call(open.caller, Map.of("timeout", 1L << 53));
        Invocation last = open.callee.expect(Invocation.class);
        pass(testbed, 1_000);
        open.caller.expectNothing();
        open.callee.expectNothing();
        open.callee.answer(last);
        open.caller.expectResult(longest);
        call(open.caller, Map.of("timeout", 100));
        open.callee.expect(Invocation.class);
        open.caller.leave();
        open.callee.expect(Interrupt.class);
        pass(testbed, 1_000);
        open.callee.expectNothing();
    }

    @Scenario("RPC-TIMEOUT-03")
    void aForwardedTimeoutIsKeptByTheCalleeAndNotByTheRouter(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer callee = testbed.join(TIMES_OUT);
        register(callee, Map.of("forward_timeout", true));
        Peer caller = testbed.join();
        long request = call(caller, Map.of("timeout", 100));
        Invocation invocation = callee.expect(Invocation.class);
        assertThat(invocation.details().timeoutMillis()).isEqualTo(100);
        pass(testbed, 1_000);
        caller.expectNothing();
        callee.answer(invocation);
        caller.expectResult(request);
    }

    @Scenario("RPC-TIMEOUT-03")
    void theRouterKeepsTheTimeoutForCalleesWithoutCallTimeout(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer callee = testbed.join(CANCELABLE);
        register(callee, Map.of("forward_timeout", true));
        Peer caller = testbed.join();
        long request = call(caller, Map.of("timeout", 100));
        assertThat(callee.expect(Invocation.class).details().timeoutMillis()).isZero();
        pass(testbed, 100);
        caller.expectError(Call.CODE, request, WampError.TIMEOUT);
        callee.expect(Interrupt.class);
    }

    @Scenario("RPC-SHARE-05")
    void eachCalleeOfASharedRegistrationDecidesOnTimeouts(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer keeps = testbed.join(TIMES_OUT);
        Peer leaves = testbed.join(TIMES_OUT);
        register(keeps, Map.of("forward_timeout", true, "invoke", "roundrobin"));
        register(leaves, Map.of("invoke", "roundrobin"));
        Peer caller = testbed.join();
        long kept = call(caller, Map.of("timeout", 100));
        long left = call(caller, Map.of("timeout", 100));
        Invocation invocation = keeps.expect(Invocation.class);
        assertThat(invocation.details().timeoutMillis()).isEqualTo(100);
        assertThat(leaves.expect(Invocation.class).details().timeoutMillis()).isZero();
        pass(testbed, 100);
        caller.expectError(Call.CODE, left, WampError.TIMEOUT);
        leaves.expect(Interrupt.class);
        keeps.answer(invocation);
        caller.expectResult(kept);
    }

    @Scenario("RPC-TIMEOUT-04")
    void aPartialResultRestartsTheTimeout(Testbed testbed) {
        testbed.requireOwnRouter();
        Open open = open(testbed, CANCELABLE, Map.of("timeout", 100, "receive_progress", true));
        for (int i = 0; i < 3; i++) {
            pass(testbed, 99);
            open.callee.sendList(70, open.invocation.request(), Map.of("progress", true), List.of(i));
            assertThat(open.caller.expect(Result.class).details().progress()).isTrue();
        }
        pass(testbed, 100);
        open.caller.expectError(Call.CODE, open.request, WampError.TIMEOUT);
        open.callee.expect(Interrupt.class);
    }

    @Scenario({"RPC-REROUTE-03", "RPC-TIMEOUT-02"})
    void theTimeoutRunsOnWhileACallIsPassedOn(Testbed testbed) {
        testbed.requireOwnRouter();
        Roles passesOn = new Roles(Map.of(Role.CALLEE, Set.of(Feature.CALL_CANCELING, Feature.CALL_REROUTE)));
        Peer one = testbed.join(passesOn);
        Peer two = testbed.join(passesOn);
        register(one, Map.of("invoke", "first"));
        register(two, Map.of("invoke", "first"));
        Peer caller = testbed.join();
        long request = call(caller, Map.of("timeout", 100));
        Invocation passedOn = one.expect(Invocation.class);
        pass(testbed, 60);
        one.sendList(
                8, 68, passedOn.request(), Map.of(), WampError.UNAVAILABLE.uri().text());
        Invocation invocation = two.expect(Invocation.class);
        pass(testbed, 40);
        caller.expectError(Call.CODE, request, WampError.TIMEOUT);
        assertThat(two.expect(Interrupt.class).request()).isEqualTo(invocation.request());
        one.expectNothing();
    }

    @Scenario({"RPC-REROUTE-03", "RPC-TIMEOUT-03"})
    void aReroutedCallForwardsTheRestOfItsTimeout(Testbed testbed) {
        testbed.requireOwnRouter();
        Roles keepsAndPassesOn = Callees.with(Feature.CALL_CANCELING, Feature.CALL_REROUTE, Feature.CALL_TIMEOUT);
        List<Peer> callees = List.of(
                testbed.join(keepsAndPassesOn),
                testbed.join(keepsAndPassesOn),
                testbed.join(Callees.with(Feature.CALL_CANCELING)));
        for (Peer callee : callees) {
            register(callee, Map.of("invoke", "first", "forward_timeout", true));
        }
        Peer caller = testbed.join();
        long request = call(caller, Map.of("timeout", 100));
        Invocation first = callees.get(0).expect(Invocation.class);
        assertThat(first.details().timeoutMillis()).isEqualTo(100);
        pass(testbed, 30);
        Callees.unavailable(callees.get(0), first);
        Invocation second = callees.get(1).expect(Invocation.class);
        assertThat(second.details().timeoutMillis()).isEqualTo(70);
        pass(testbed, 30);
        Callees.unavailable(callees.get(1), second);
        Invocation third = callees.get(2).expect(Invocation.class);
        assertThat(third.details().timeoutMillis()).isZero();
        pass(testbed, 39);
        caller.expectNothing();
        pass(testbed, 1);
        caller.expectError(Call.CODE, request, WampError.TIMEOUT);
        Callees.expectInterrupt(callees.get(2), third);
    }

    private record Open(Peer callee, Peer caller, long request, Invocation invocation) {}

    private static Open open(Testbed testbed, Roles roles, Map<String, Object> options) {
        Peer callee = testbed.join(roles);
        callee.register("procedure");
        Peer caller = testbed.join();
        long request = call(caller, options);
        return new Open(callee, caller, request, callee.expect(Invocation.class));
    }

    private static long call(Peer caller, Map<String, Object> options) {
        long request = caller.nextRequest();
        caller.sendList(48, request, options, "procedure");
        return request;
    }

    private static void register(Peer callee, Map<String, Object> options) {
        callee.sendList(64, callee.nextRequest(), options, "procedure");
        callee.expect(Registered.class);
    }

    private static void pass(Testbed testbed, long millis) {
        testbed.clock().advance(Duration.ofMillis(millis));
    }
}
