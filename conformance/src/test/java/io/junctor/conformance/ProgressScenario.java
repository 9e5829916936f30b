package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RequestIdCheck;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sections 10.1 and 10.2: results and calls in several parts. */
class ProgressScenario {
    private static final Roles CANCELABLE = new Roles(Map.of(Role.CALLEE, Set.of(Feature.CALL_CANCELING)));
    private static final Roles IN_PARTS = new Roles(Map.of(
            Role.CALLER,
            Set.of(Feature.PROGRESSIVE_CALL_INVOCATIONS),
            Role.CALLEE,
            Set.of(Feature.PROGRESSIVE_CALL_INVOCATIONS, Feature.CALL_CANCELING)));
    private static final Map<String, Object> RECEIVE = Map.of("receive_progress", true);
    private static final Map<String, Object> PROGRESS = Map.of("progress", true);

    // ---- Results.

    @Scenario({"RPC-PROG-01", "RPC-PROG-02", "RPC-PROG-03"})
    void resultsInPartsArriveInOrderUntilTheLast(Testbed testbed) {
        Peer callee = testbed.join();
        callee.register("procedure");
        Peer caller = testbed.join();
        long request = call(caller, RECEIVE);
        Invocation invocation = callee.expect(Invocation.class);
        assertThat(invocation.details().receiveProgress()).isTrue();
        callee.sendList(70, invocation.request(), PROGRESS);
        callee.sendList(70, invocation.request(), PROGRESS, List.of(1L, 2L));
        callee.sendList(70, invocation.request(), PROGRESS, List.of(), Map.of("half", 1L));
        callee.answer(invocation, "end");
        callee.sendList(70, invocation.request(), PROGRESS, List.of("late"));
        for (int i = 0; i < 3; i++) {
            Result part = caller.expectResult(request);
            assertThat(part.details().progress()).isTrue();
            assertThat(caller.arguments(part.payload()).positional()).isEqualTo(i == 1 ? List.of(1L, 2L) : List.of());
        }
        Result last = caller.expectResult(request);
        assertThat(last.details().progress()).isFalse();
        assertThat(caller.arguments(last.payload()).positional()).containsExactly("end");
        caller.expectNothing();
    }

    @Scenario("RPC-PROG-03")
    void anErrorEndsACallWithPartialResults(Testbed testbed) {
        Open open = receiving(testbed, CANCELABLE);
        open.progress("part");
        open.callee.sendList(8, 68, open.invocation.request(), Map.of(), "com.example.error");
        assertThat(open.caller.expectResult(open.request).details().progress()).isTrue();
        assertThat(open.caller.expect(ErrorMessage.class).request()).isEqualTo(open.request);
        open.progress("late");
        open.caller.expectNothing();
    }

    @Scenario("RPC-PROG-05")
    void aSkippedCallIsInterruptedAtTheNextPartialResult(Testbed testbed) {
        Open open = receiving(testbed, CANCELABLE);
        open.caller.sendList(49, open.request, Map.of("mode", "skip"));
        open.caller.expectError(Call.CODE, open.request, WampError.CANCELED);
        open.callee.expectNothing();
        open.progress("one");
        Interrupt interrupt = open.callee.expect(Interrupt.class);
        assertThat(interrupt.request()).isEqualTo(open.invocation.request());
        assertThat(interrupt.options().mode()).isEqualTo(CancelMode.KILL_NO_WAIT);
        open.progress("two");
        open.callee.expectNothing();
        open.caller.expectNothing();
    }

    @Scenario("RPC-CANCEL-05")
    void partsAfterKillArePassedOn(Testbed testbed) {
        Open open = receiving(testbed, CANCELABLE);
        open.caller.sendList(49, open.request, Map.of("mode", "kill"));
        open.callee.expect(Interrupt.class);
        open.progress("part");
        assertThat(open.caller.expectResult(open.request).details().progress()).isTrue();
        open.callee.answer(open.invocation);
        assertThat(open.caller.expectResult(open.request).details().progress()).isFalse();
    }

    @Scenario(value = "RPC-PROG-06", on = Scenario.Where.IN_MEMORY)
    void aSlowCallerLosesTheCallAndNotAPart(Testbed testbed) {
        Peer callee = testbed.join(CANCELABLE);
        callee.register("procedure");
        MemoryTransport link = testbed.memoryLink(testbed.nextSerializer(), Integer.MAX_VALUE);
        Peer caller = testbed.peerOn(link);
        caller.join(Testbed.REALM);
        long request = call(caller, RECEIVE);
        Invocation invocation = callee.expect(Invocation.class);
        link.stopReading();
        for (int i = 0; i < 20_000; i++) {
            callee.sendList(70, invocation.request(), PROGRESS, List.of((long) i));
        }
        assertThat(callee.expect(Interrupt.class).request()).isEqualTo(invocation.request());
        callee.expectNothing();
        link.resumeReading();
        long expected = 0;
        List<?> message = caller.expectList();
        while (message.getFirst().equals(50L)) {
            assertThat(message.get(1)).isEqualTo(request);
            assertThat(message.get(3)).isEqualTo(List.of(expected++));
            message = caller.expectList();
        }
        assertThat(message.get(4)).isEqualTo(WampError.CANCELED.uri().text());
        assertThat(expected).isBetween(1_000L, 19_000L);
        caller.expectNothing();
    }

    @Scenario("RPC-10")
    void aPartTooLargeForTheCallerEndsTheCallOnBothSides(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer caller = testbed.peerOn(testbed.memoryLink(testbed.nextSerializer(), 1_000));
        caller.join(Testbed.REALM);
        Peer callee = testbed.join(CANCELABLE);
        callee.register("procedure");
        long request = call(caller, RECEIVE);
        Invocation invocation = callee.expect(Invocation.class);
        callee.sendList(70, invocation.request(), PROGRESS, List.of("x".repeat(2_000)));
        caller.expectError(Call.CODE, request, WampError.PAYLOAD_SIZE_EXCEEDED);
        assertThat(callee.expect(Interrupt.class).request()).isEqualTo(invocation.request());
        caller.expectNothing();
    }

    @Scenario("RPC-REROUTE-03")
    void aCallWithAPartialResultIsNotRerouted(Testbed testbed) {
        Roles passesOn = new Roles(Map.of(Role.CALLEE, Set.of(Feature.CALL_REROUTE)));
        Peer one = testbed.join(passesOn);
        Peer two = testbed.join(passesOn);
        register(one, "first");
        register(two, "first");
        Peer caller = testbed.join();
        long request = call(caller, RECEIVE);
        Invocation invocation = one.expect(Invocation.class);
        one.sendList(70, invocation.request(), PROGRESS, List.of(1L));
        caller.expectResult(request);
        one.sendList(
                8,
                68,
                invocation.request(),
                Map.of(),
                WampError.UNAVAILABLE.uri().text());
        caller.expectError(Call.CODE, request, WampError.UNAVAILABLE);
        two.expectNothing();
    }

    // ---- Calls.

    @Scenario({"RPC-PINV-03", "RPC-PINV-04"})
    void allPartsOfACallGoToOneCalleeAsOneInvocation(Testbed testbed) {
        Peer one = testbed.join(IN_PARTS);
        Peer two = testbed.join(IN_PARTS);
        long registration = register(one, "roundrobin");
        register(two, "roundrobin");
        Peer caller = testbed.join(IN_PARTS);
        long request = caller.nextRequest();
        caller.sendList(48, request, Map.of("progress", true, "receive_progress", true), "procedure", List.of(1L));
        Invocation first = one.expect(Invocation.class);
        one.send(new Unregister(one.nextRequest(), registration));
        one.expect(Unregistered.class);
        caller.sendList(48, request, PROGRESS, "procedure", List.of(2L));
        caller.sendList(48, request, Map.of(), "procedure", List.of(3L));
        assertThat(first.details().progress()).isTrue();
        assertThat(first.details().receiveProgress()).isTrue();
        for (long part = 2; part <= 3; part++) {
            Invocation next = one.expect(Invocation.class);
            assertThat(next.request()).isEqualTo(first.request());
            assertThat(next.registration()).isEqualTo(first.registration());
            assertThat(next.details().progress()).isEqualTo(part == 2);
            assertThat(next.details().receiveProgress()).isTrue();
            assertThat(one.arguments(next.payload()).positional()).containsExactly(part);
        }
        one.answer(first);
        caller.expectResult(request);
        two.expectNothing();
    }

    @Scenario({"RPC-PINV-02", "PV-14"})
    void bothSidesMustAnnounceCallsInParts(Testbed testbed) {
        Peer callee = testbed.join(CANCELABLE);
        callee.register("procedure");
        Peer caller = testbed.join(IN_PARTS);
        long request = call(caller, PROGRESS);
        caller.expectError(Call.CODE, request, WampError.FEATURE_NOT_SUPPORTED);
        caller.sendList(48, request, Map.of(), "procedure");
        caller.expectNothing();
        callee.expectNothing();
        Peer plain = testbed.join();
        call(plain, PROGRESS);
        plain.expectViolation();
    }

    @Scenario({"RPC-PINV-05", "RPC-PINV-07", "RPC-PINV-09"})
    void partsOfACallThatIsOverAreDropped(Testbed testbed) {
        Open open = sending(testbed);
        open.callee.answer(open.invocation, "enough");
        open.caller.expectResult(open.request);
        open.part(true);
        open.part(false);
        open.caller.expectNothing();
        open.callee.expectNothing();
        long next = call(open.caller, Map.of());
        open.callee.answer(open.callee.expect(Invocation.class));
        open.caller.expectResult(next);
    }

    @Scenario("RPC-PINV-07")
    void partsOfACallThatWasRefusedAreDropped(Testbed testbed) {
        Peer caller = testbed.join(IN_PARTS);
        long request = call(caller, PROGRESS);
        caller.expectError(Call.CODE, request, WampError.NO_SUCH_PROCEDURE);
        caller.sendList(48, request, PROGRESS, "procedure");
        caller.sendList(48, request, Map.of(), "procedure");
        caller.expectNothing();
    }

    @Scenario("RPC-PINV-06")
    void aPartAfterTheLastIsAViolation(Testbed testbed) {
        Open open = sending(testbed);
        open.part(false);
        open.callee.expect(Invocation.class);
        open.part(false);
        open.caller.expectViolation();
        open.callee.expect(Interrupt.class);
    }

    @Scenario("RPC-PINV-08")
    void aPartOfAnotherProcedureIsDropped(Testbed testbed) {
        Open open = sending(testbed);
        open.caller.sendList(48, open.request, PROGRESS, "other");
        open.callee.expectNothing();
        open.part(false);
        open.callee.expect(Invocation.class);
        open.callee.answer(open.invocation);
        open.caller.expectResult(open.request);
    }

    @Scenario("RPC-PINV-08")
    void aStrictRealmAcceptsPartsOfOpenCallsOnly(Testbed testbed) {
        testbed.realms(ViolationScenario.checking(RequestIdCheck.STRICT));
        Open over = sending(testbed);
        over.callee.answer(over.invocation);
        over.caller.expectResult(over.request);
        over.part(true);
        over.part(false);
        over.callee.expectNothing();
        over.caller.expectNothing();
        over.callee.leave();
        long noCall = over.caller.nextRequest();
        over.caller.sendList(32, noCall, Map.of(), "topic");
        over.caller.expect(Subscribed.class);
        over.caller.sendList(48, noCall, Map.of(), "procedure");
        over.caller.expectViolation();
        Open other = sending(testbed);
        other.caller.sendList(48, other.request, PROGRESS, "other");
        other.caller.expectViolation();
        other.callee.expect(Interrupt.class);
    }

    @Scenario("RPC-PINV-09")
    void aProgressiveCallEndsLikeAnyOther(Testbed testbed) {
        Open canceled = sending(testbed);
        canceled.caller.sendList(49, canceled.request, Map.of());
        canceled.caller.expectError(Call.CODE, canceled.request, WampError.CANCELED);
        canceled.callee.expect(Interrupt.class);
        canceled.part(false);
        canceled.callee.expectNothing();
        canceled.callee.leave();
        Open calleeLeaves = sending(testbed);
        calleeLeaves.callee.cut();
        calleeLeaves.caller.expectError(Call.CODE, calleeLeaves.request, WampError.CANCELED);
        calleeLeaves.part(false);
        calleeLeaves.caller.expectNothing();
        Open callerLeaves = sending(testbed);
        callerLeaves.caller.cut();
        callerLeaves.callee.expect(Interrupt.class);
    }

    private record Open(Peer callee, Peer caller, long request, Invocation invocation) {
        void progress(String text) {
            callee.sendList(70, invocation.request(), PROGRESS, List.of(text));
        }

        void part(boolean more) {
            caller.sendList(48, request, more ? PROGRESS : Map.of(), "procedure");
        }
    }

    private static Open receiving(Testbed testbed, Roles callees) {
        Peer callee = testbed.join(callees);
        callee.register("procedure");
        Peer caller = testbed.join();
        long request = call(caller, RECEIVE);
        return new Open(callee, caller, request, callee.expect(Invocation.class));
    }

    private static Open sending(Testbed testbed) {
        Peer callee = testbed.join(IN_PARTS);
        callee.register("procedure");
        Peer caller = testbed.join(IN_PARTS);
        long request = call(caller, PROGRESS);
        return new Open(callee, caller, request, callee.expect(Invocation.class));
    }

    private static long call(Peer caller, Map<String, Object> options) {
        long request = caller.nextRequest();
        caller.sendList(48, request, options, "procedure");
        return request;
    }

    private static long register(Peer callee, String invoke) {
        callee.sendList(64, callee.nextRequest(), Map.of("invoke", invoke), "procedure");
        return callee.expect(Registered.class).registration();
    }
}
