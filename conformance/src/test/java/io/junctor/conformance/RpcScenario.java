package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmLimits;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Section 8: remote procedure calls. */
class RpcScenario {
    private static final Roles CANCELABLE = new Roles(Map.of(Role.CALLEE, Set.of(Feature.CALL_CANCELING)));

    @Scenario("RPC-01")
    void aRegistrationHoldsUntilUnregisterThenTheUriIsFree(Testbed testbed) {
        Peer one = testbed.join();
        Peer two = testbed.join();
        long registration = one.register("procedure");
        unregister(one, registration);
        assertThat(two.register("procedure")).isNotEqualTo(registration);
        long request = one.call("procedure");
        two.answer(two.expect(Invocation.class));
        one.expectResult(request);
    }

    @Scenario("RPC-02")
    void aProcedureIsRegisteredOnce(Testbed testbed) {
        Peer one = testbed.join();
        one.register("procedure");
        for (Peer peer : List.of(one, testbed.join())) {
            long request = peer.nextRequest();
            peer.send(new Register(request, RegisterMessageOptions.DEFAULT, new Uri("procedure")));
            peer.expectError(Register.CODE, request, WampError.PROCEDURE_ALREADY_EXISTS);
        }
    }

    @Scenario("RPC-03")
    void unregisteringWithoutTheRegistrationFails(Testbed testbed) {
        Peer holder = testbed.join();
        long registration = holder.register("procedure");
        Peer other = testbed.join();
        expectNoRegistration(other, registration);
        expectNoRegistration(holder, registration + 1);
        unregister(holder, registration);
        expectNoRegistration(holder, registration);
    }

    @Scenario("RPC-03")
    void openInvocationsCompleteAfterUnregister(Testbed testbed) {
        Peer callee = testbed.join();
        long registration = callee.register("procedure");
        Peer caller = testbed.join();
        long request = caller.call("procedure");
        Invocation invocation = callee.expect(Invocation.class);
        unregister(callee, registration);
        callee.answer(invocation, "late");
        assertThat(result(caller, request)).containsExactly("late");
    }

    @Scenario("RPC-04")
    void aCallToAnUnregisteredProcedureFails(Testbed testbed) {
        Peer caller = testbed.join();
        long request = caller.call("procedure");
        caller.expectError(Call.CODE, request, WampError.NO_SUCH_PROCEDURE);
    }

    @Scenario({"RPC-05", "RPC-06"})
    void argumentsAndResultsArriveAsTheyWereSent(Testbed testbed) {
        Peer callee = testbed.join();
        long registration = callee.register("procedure");
        Peer caller = testbed.join();
        List<Object> list = List.of(1L, -1L, 1.5, "text", true, List.of(List.of()), Map.of("a", Map.of("b", 2L)));
        caller.sendList(48, caller.nextRequest(), Map.of("timeout", 0), "procedure", list, Map.of("k", list));
        assertThat(callee.expectList()).containsExactly(68L, 1L, registration, Map.of(), list, Map.of("k", list));
        callee.sendList(70, 1, Map.of(), list, Map.of("k", list));
        assertThat(caller.expectList()).containsExactly(50L, 1L, Map.of(), list, Map.of("k", list));
    }

    @Scenario({"RPC-05", "RPC-06", "PS-07"})
    void absentArgumentsStayAbsent(Testbed testbed) {
        Peer callee = testbed.join();
        long registration = callee.register("procedure");
        Peer caller = testbed.join();
        caller.sendList(48, caller.nextRequest(), Map.of(), "procedure");
        assertThat(callee.expectList()).containsExactly(68L, 1L, registration, Map.of());
        callee.sendList(70, 1, Map.of());
        assertThat(caller.expectList()).containsExactly(50L, 1L, Map.of());
    }

    @Scenario("RPC-07")
    void anErrorOfTheCalleeReachesTheCallerUnchanged(Testbed testbed) {
        Peer callee = testbed.join();
        callee.register("procedure");
        Peer caller = testbed.join();
        caller.call("procedure");
        callee.expect(Invocation.class);
        callee.sendList(8, 68, 1, Map.of("private", 1), "com.example.error", List.of("why"), Map.of("code", 7));
        assertThat(caller.expectList())
                .containsExactly(8L, 48L, 1L, Map.of(), "com.example.error", List.of("why"), Map.of("code", 7L));
    }

    @Scenario({"RPC-08", "PV-09"})
    void onlyTheFirstAnswerToACallReachesTheCaller(Testbed testbed) {
        Peer callee = testbed.join();
        callee.register("procedure");
        Peer caller = testbed.join();
        long request = caller.call("procedure");
        Invocation invocation = callee.expect(Invocation.class);
        callee.send(new ErrorMessage(
                Invocation.CODE,
                invocation.request(),
                ErrorDetails.NONE,
                new Uri("com.example.error"),
                callee.payload()));
        callee.answer(invocation);
        callee.leave();
        assertThat(caller.expect(ErrorMessage.class).request()).isEqualTo(request);
        caller.expectNothing();
    }

    @Scenario("RPC-09")
    void resultsMayComeInAnyOrder(Testbed testbed) {
        Peer callee = testbed.join();
        callee.register("procedure");
        Peer caller = testbed.join();
        long first = caller.call("procedure", "first");
        long second = caller.call("procedure", "second");
        Invocation one = callee.expect(Invocation.class);
        Invocation two = callee.expect(Invocation.class);
        callee.answer(two, "second");
        assertThat(result(caller, second)).containsExactly("second");
        callee.answer(one, "first");
        assertThat(result(caller, first)).containsExactly("first");
    }

    @Scenario("RPC-09")
    void aSessionMayCallItsOwnProcedure(Testbed testbed) {
        Peer peer = testbed.join();
        peer.register("procedure");
        long request = peer.call("procedure", 1L);
        peer.answer(peer.expect(Invocation.class), 2L);
        assertThat(result(peer, request)).containsExactly(2L);
    }

    @Scenario("RPC-10")
    void anInvocationTooLargeForTheCalleeFailsTheCall(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer callee = testbed.peerOn(testbed.memoryLink(testbed.nextSerializer(), 1_000));
        callee.join(Testbed.REALM);
        callee.register("procedure");
        Peer caller = testbed.join();
        long request = caller.call("procedure", "x".repeat(2_000));
        ErrorMessage error = caller.expectError(Call.CODE, request, WampError.PAYLOAD_SIZE_EXCEEDED);
        assertThat(text(caller, error))
                .matches(
                        "procedure: the call takes 20\\d\\d bytes for the callee, which accepts messages of 1000 bytes");
        callee.expectNothing();
    }

    @Scenario("RPC-10")
    void anAnswerTooLargeForTheCallerFailsTheCall(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer caller = testbed.peerOn(testbed.memoryLink(testbed.nextSerializer(), 1_000));
        caller.join(Testbed.REALM);
        Peer callee = testbed.join();
        callee.register("procedure");
        long request = caller.call("procedure");
        callee.answer(callee.expect(Invocation.class), "x".repeat(2_000));
        ErrorMessage error = caller.expectError(Call.CODE, request, WampError.PAYLOAD_SIZE_EXCEEDED);
        assertThat(text(caller, error))
                .matches(
                        "the callee's answer takes 20\\d\\d bytes for the caller, which accepts messages of 1000 bytes");
        request = caller.call("procedure");
        Invocation invocation = callee.expect(Invocation.class);
        callee.send(new ErrorMessage(
                Invocation.CODE,
                invocation.request(),
                ErrorDetails.NONE,
                new Uri("com.example.error"),
                callee.payload("x".repeat(2_000))));
        caller.expectError(Call.CODE, request, WampError.PAYLOAD_SIZE_EXCEEDED);
    }

    @Scenario("RPC-11")
    void aCalleeWithCancelingIsInterruptedWhenTheCallerLeaves(Testbed testbed) {
        Peer callee = testbed.join(CANCELABLE);
        callee.register("procedure");
        Peer caller = testbed.join();
        caller.call("procedure");
        Invocation invocation = callee.expect(Invocation.class);
        caller.cut();
        Interrupt interrupt = callee.expect(Interrupt.class);
        assertThat(interrupt.request()).isEqualTo(invocation.request());
        assertThat(interrupt.options().mode()).isEqualTo(CancelMode.KILL_NO_WAIT);
        callee.answer(invocation);
        callee.expectNothing();
    }

    @Scenario("RPC-11")
    void aCalleeWithoutCancelingGetsNoInterruptWhenTheCallerLeaves(Testbed testbed) {
        Peer callee = testbed.join();
        callee.register("procedure");
        Peer caller = testbed.join();
        caller.call("procedure");
        callee.expect(Invocation.class);
        caller.leave();
        callee.expectNothing();
    }

    @Scenario("RPC-12")
    void whenTheCalleeLeavesItsCallersGetAnError(Testbed testbed) {
        Peer callee = testbed.join();
        callee.register("procedure");
        Peer one = testbed.join();
        Peer two = testbed.join();
        long first = one.call("procedure");
        long second = two.call("procedure");
        callee.expect(Invocation.class);
        callee.expect(Invocation.class);
        callee.leave();
        one.expectError(Call.CODE, first, WampError.CANCELED);
        two.expectError(Call.CODE, second, WampError.CANCELED);
    }

    @Scenario("RPC-13")
    void aSessionThatCalledItselfLeavesWithoutFurtherMessages(Testbed testbed) {
        Peer peer = testbed.join();
        peer.register("procedure");
        peer.call("procedure");
        peer.expect(Invocation.class);
        peer.leave();
        testbed.join().register("procedure");
    }

    @Scenario("RPC-14")
    void nothingIsLeftAfterManyRounds(Testbed testbed) {
        Peer callee = testbed.join(CANCELABLE);
        callee.register("procedure");
        for (int round = 0; round < 50; round++) {
            Peer caller = testbed.join();
            caller.register("own.procedure");
            caller.call("procedure", round);
            caller.call("own.procedure");
            callee.expect(Invocation.class);
            caller.expect(Invocation.class);
            caller.cut();
            callee.expect(Interrupt.class);
        }
        callee.expectNothing();
    }

    @Scenario("SEC-02")
    void theNumberOfCallsAndRegistrationsOfASessionIsLimited(Testbed testbed) {
        RealmConfig open = RealmConfig.open(Testbed.REALM);
        RealmLimits two = RealmLimits.DEFAULT.withHoldings(RealmLimits.Holdings.ofEach(2));
        testbed.realms(open.toBuilder().limits(two).build());
        Peer callee = testbed.join();
        callee.register("one");
        callee.register("two");
        long request = callee.nextRequest();
        callee.send(new Register(request, RegisterMessageOptions.DEFAULT, new Uri("three")));
        callee.expectError(Register.CODE, request, WampError.LIMIT_EXCEEDED);
        Peer caller = testbed.join();
        long first = caller.call("one");
        long second = caller.call("two");
        request = caller.call("one");
        caller.expectError(Call.CODE, request, WampError.LIMIT_EXCEEDED);
        callee.answer(callee.expect(Invocation.class));
        caller.expectResult(first);
        callee.answer(callee.expect(Invocation.class));
        caller.expectResult(second);
    }

    @Scenario({"RPC-06", "RPC-PROG-04"})
    void aProgressiveResultWithoutReceiveProgressIsDropped(Testbed testbed) {
        Peer callee = testbed.join();
        callee.register("procedure");
        Peer caller = testbed.join();
        long request = caller.call("procedure");
        Invocation invocation = callee.expect(Invocation.class);
        callee.send(new Yield(invocation.request(), new ResultDetails(true, null, Dict.EMPTY), callee.payload("part")));
        caller.expectNothing();
        callee.answer(invocation, "whole");
        assertThat(result(caller, request)).containsExactly("whole");
    }

    private static List<@Nullable Object> result(Peer caller, long request) {
        Arguments arguments = caller.arguments(caller.expectResult(request).payload());
        return arguments.positional();
    }

    private static void unregister(Peer peer, long registration) {
        long request = peer.nextRequest();
        peer.send(new Unregister(request, registration));
        assertThat(peer.expect(Unregistered.class).request()).isEqualTo(request);
    }

    private static void expectNoRegistration(Peer peer, long registration) {
        long request = peer.nextRequest();
        peer.send(new Unregister(request, registration));
        peer.expectError(Unregister.CODE, request, WampError.NO_SUCH_REGISTRATION);
    }

    private static String text(Peer peer, ErrorMessage error) {
        return String.valueOf(peer.arguments(error.payload()).positional().getFirst());
    }
}
