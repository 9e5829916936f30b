package io.junctor.cluster.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Cancel;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.options.CancelOptions;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.options.RegisterExtensions;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallsAcrossRoutersTest {
    private static final Roles CANCELING = new Roles(Map.of(
            Role.CALLER,
            Set.of(Feature.CALL_CANCELING, Feature.PROGRESSIVE_CALL_RESULTS, Feature.CALL_TIMEOUT),
            Role.CALLEE,
            Set.of(
                    Feature.CALL_CANCELING,
                    Feature.PROGRESSIVE_CALL_RESULTS,
                    Feature.REGISTRATION_REVOCATION,
                    Feature.SHARED_REGISTRATION)));
    private static final Uri PROCEDURE = new Uri("com.procedure");

    private static final RegisterMessageOptions REPLACING = new RegisterMessageOptions(
            MatchPolicy.EXACT,
            InvokePolicy.SINGLE,
            false,
            false,
            new RegisterExtensions(0, true, false),
            List.of(),
            Dict.EMPTY);

    private final RouterGroup routers = RouterGroup.of(3);

    @AfterEach
    void closeRouters() {
        routers.close();
    }

    @Test
    void aCallReachesTheCalleeOfAnotherRouterAndItsResultComesBack() {
        Peer callee = routers.join(0);
        Peer caller = routers.join(1);
        callee.register("com.procedure");
        for (long i = 0; i < 100; i++) {
            long request = caller.call("com.procedure", i);
            Invocation invocation = callee.expect(Invocation.class);
            assertThat(routers.member(1).openCalls()).isEqualTo(1);
            assertThat(routers.member(0).openCalls()).isZero();
            assertThat(callee.arguments(invocation.payload()).positional()).containsExactly(i);
            callee.answer(invocation, i + 1);
            assertThat(caller.arguments(caller.expectResult(request).payload()).positional())
                    .containsExactly(i + 1);
        }
        assertThat(routers.member(1).openCalls()).isZero();
    }

    @Test
    void anErrorOfTheCalleeComesBackUnchanged() {
        Peer callee = routers.join(0);
        Peer caller = routers.join(1);
        callee.register("com.procedure");
        long request = caller.call("com.procedure");
        Invocation invocation = callee.expect(Invocation.class);
        callee.send(new ErrorMessage(
                Invocation.CODE,
                invocation.request(),
                ErrorDetails.NONE,
                new Uri("com.error.mine"),
                callee.payload("why")));
        ErrorMessage error = caller.expect(ErrorMessage.class);
        assertThat(error.request()).isEqualTo(request);
        assertThat(error.error()).isEqualTo(new Uri("com.error.mine"));
        assertThat(caller.arguments(error.payload()).positional()).containsExactly("why");
    }

    @Test
    void aProcedureThatIsNotSharedHasOneCalleeOnAllRouters() {
        Peer holder = routers.join(0);
        Peer other = routers.join(1);
        holder.register("com.procedure");
        long request = register(other, RegisterMessageOptions.DEFAULT);
        other.expectError(Register.CODE, request, WampError.PROCEDURE_ALREADY_EXISTS);
    }

    @Test
    void aProcedureIsFreeOnAllRoutersWhenUnregisteredComes() {
        Peer one = routers.join(0);
        Peer other = routers.join(1);
        for (int round = 0; round < 50; round++) {
            Peer holder = round % 2 == 0 ? one : other;
            long registration = holder.register("com.procedure");
            long request = holder.nextRequest();
            holder.send(new Unregister(request, registration));
            assertThat(holder.expect(Unregistered.class).request()).isEqualTo(request);
        }
    }

    @Test
    void aProcedureIsFreeWhenItsCalleeHasLeft() {
        for (int round = 0; round < 20; round++) {
            Peer holder = routers.join(round % 3);
            holder.register("com.procedure");
            holder.leave();
            Peer next = routers.join((round + 1) % 3);
            next.register("com.procedure");
            next.leave();
        }
    }

    @Test
    void callsToASharedProcedureGoToTheCalleesOfAllRouters() {
        List<Peer> callees = List.of(routers.join(0), routers.join(1), routers.join(2));
        List<Long> ids = new ArrayList<>();
        for (Peer callee : callees) {
            register(callee, shared(InvokePolicy.ROUND_ROBIN));
            ids.add(callee.expect(Registered.class).registration());
        }
        assertThat(Set.copyOf(ids)).hasSize(1);
        Peer caller = routers.join(2);
        for (int round = 0; round < 4; round++) {
            for (Peer callee : callees) {
                long request = caller.call("com.procedure");
                callee.answer(callee.expect(Invocation.class));
                caller.expectResult(request);
            }
        }
    }

    @Test
    void theFirstCalleeIsTheSameOnAllRouters() {
        Peer first = routers.join(2);
        register(first, shared(InvokePolicy.FIRST));
        first.expect(Registered.class);
        Peer second = routers.join(0);
        register(second, shared(InvokePolicy.FIRST));
        second.expect(Registered.class);
        for (int router = 0; router < 3; router++) {
            Peer caller = routers.join(router);
            long request = caller.call("com.procedure");
            first.answer(first.expect(Invocation.class));
            caller.expectResult(request);
        }
    }

    @Test
    void anotherPolicyForASharedProcedureIsRefused() {
        Peer callee = routers.join(0);
        register(callee, shared(InvokePolicy.ROUND_ROBIN));
        callee.expect(Registered.class);
        Peer other = routers.join(1);
        long request = register(other, shared(InvokePolicy.FIRST));
        other.expectError(Register.CODE, request, WampError.PROCEDURE_ALREADY_EXISTS);
    }

    @Test
    void forceReregisterTakesTheProcedureFromASessionOfAnotherRouter() {
        Peer former = routers.join(0, RouterGroup.REALM, CANCELING);
        long registration = former.register("com.procedure");
        Peer next = routers.join(1);
        register(next, REPLACING);
        next.expect(Registered.class);
        Unregistered revoked = former.expect(Unregistered.class);
        assertThat(revoked.revocation()).isNotNull();
        assertThat(revoked.revocation().id()).isEqualTo(registration);
        Peer caller = routers.join(0);
        long request = caller.call("com.procedure");
        next.answer(next.expect(Invocation.class));
        caller.expectResult(request);
    }

    @Test
    void progressiveResultsCrossRoutersInOrder() {
        Peer callee = routers.join(0, RouterGroup.REALM, CANCELING);
        Peer caller = routers.join(1, RouterGroup.REALM, CANCELING);
        callee.register("com.procedure");
        long request = call(caller, new CallMessageOptions(0, true, false, false, null, List.of(), Dict.EMPTY));
        Invocation invocation = callee.expect(Invocation.class);
        assertThat(invocation.details().receiveProgress()).isTrue();
        for (long i = 0; i < 50; i++) {
            callee.send(new Yield(invocation.request(), new ResultDetails(true, null, Dict.EMPTY), callee.payload(i)));
        }
        callee.answer(invocation, "end");
        for (long i = 0; i < 50; i++) {
            Result result = caller.expect(Result.class);
            assertThat(result.details().progress()).isTrue();
            assertThat(caller.arguments(result.payload()).positional()).containsExactly(i);
        }
        assertThat(caller.arguments(caller.expectResult(request).payload()).positional())
                .containsExactly("end");
    }

    @Test
    void aCallIsCanceledAcrossRouters() {
        Peer callee = routers.join(0, RouterGroup.REALM, CANCELING);
        Peer caller = routers.join(1, RouterGroup.REALM, CANCELING);
        callee.register("com.procedure");
        long request = call(caller, CallMessageOptions.DEFAULT);
        Invocation invocation = callee.expect(Invocation.class);
        caller.send(new Cancel(request, new CancelOptions(CancelMode.KILL, Dict.EMPTY)));
        Interrupt interrupt = callee.expect(Interrupt.class);
        assertThat(interrupt.request()).isEqualTo(invocation.request());
        callee.send(new ErrorMessage(
                Invocation.CODE, invocation.request(), ErrorDetails.NONE, WampError.CANCELED.uri(), callee.payload()));
        caller.expectError(Call.CODE, request, WampError.CANCELED);
    }

    @Test
    void aTimeoutInterruptsTheCalleeOfAnotherRouter() {
        Peer callee = routers.join(0, RouterGroup.REALM, CANCELING);
        Peer caller = routers.join(1, RouterGroup.REALM, CANCELING);
        callee.register("com.procedure");
        long request = call(caller, new CallMessageOptions(100, false, false, false, null, List.of(), Dict.EMPTY));
        Invocation invocation = callee.expect(Invocation.class);
        routers.clock().advance(Duration.ofMillis(200));
        caller.expectError(Call.CODE, request, WampError.TIMEOUT);
        assertThat(callee.expect(Interrupt.class).request()).isEqualTo(invocation.request());
    }

    @Test
    void aCallEndsWhenItsCalleeLeaves() {
        Peer callee = routers.join(0);
        Peer caller = routers.join(1);
        callee.register("com.procedure");
        long request = caller.call("com.procedure");
        callee.expect(Invocation.class);
        callee.leave();
        caller.expectError(Call.CODE, request, WampError.CANCELED);
    }

    @Test
    void theCalleeIsInterruptedWhenItsCallerLeaves() {
        Peer callee = routers.join(0, RouterGroup.REALM, CANCELING);
        Peer caller = routers.join(1, RouterGroup.REALM, CANCELING);
        callee.register("com.procedure");
        caller.call("com.procedure");
        Invocation invocation = callee.expect(Invocation.class);
        caller.leave();
        assertThat(callee.expect(Interrupt.class).request()).isEqualTo(invocation.request());
    }

    @Test
    void concurrencyHoldsForTheCallsOfAllRouters() {
        Peer callee = routers.join(0);
        register(callee, one(InvokePolicy.SINGLE));
        callee.expect(Registered.class);
        Peer one = routers.join(1);
        Peer other = routers.join(2);
        long first = one.call("com.procedure", 1L);
        Invocation invocation = callee.expect(Invocation.class);
        long second = other.call("com.procedure", 2L);
        callee.expectNothing();
        callee.answer(invocation);
        one.expectResult(first);
        callee.answer(callee.expect(Invocation.class));
        other.expectResult(second);
    }

    @Test
    void aCallThatReachedNoRouterGoesToTheNextCallee() {
        Peer lost = routers.join(0);
        register(lost, shared(InvokePolicy.ROUND_ROBIN));
        lost.expect(Registered.class);
        Peer callee = routers.join(2);
        register(callee, shared(InvokePolicy.ROUND_ROBIN));
        callee.expect(Registered.class);
        Peer caller = routers.join(1);
        routers.settle();
        routers.network().cutOff(routers.id(0));
        for (long i = 0; i < 3; i++) {
            long request = caller.call("com.procedure", i);
            Invocation invocation = callee.expect(Invocation.class);
            assertThat(callee.arguments(invocation.payload()).positional()).containsExactly(i);
            callee.answer(invocation);
            caller.expectResult(request);
        }
    }

    @Test
    void aCallThatWaitsAtTheRouterOfACalleeGoesToTheOneThatReplacesIt() {
        Peer former = routers.join(0);
        register(former, one(InvokePolicy.SINGLE));
        former.expect(Registered.class);
        Peer one = routers.join(1);
        Peer other = routers.join(2);
        long first = one.call("com.procedure", 1L);
        Invocation begun = former.expect(Invocation.class);
        long second = other.call("com.procedure", 2L);
        routers.settle();

        Peer next = routers.join(1);
        register(next, REPLACING);
        next.expect(Registered.class);
        Invocation moved = next.expect(Invocation.class);
        assertThat(next.arguments(moved.payload()).positional()).containsExactly(2L);
        next.answer(moved);
        other.expectResult(second);
        former.answer(begun);
        one.expectResult(first);
    }

    @Test
    void aCallThatWaitsAtTheRouterOfACalleeGoesToAnotherOneWhenThatLeaves() {
        Peer leaving = routers.join(0);
        register(leaving, one(InvokePolicy.FIRST));
        leaving.expect(Registered.class);
        Peer one = routers.join(1);
        Peer other = routers.join(2);
        long first = one.call("com.procedure", 1L);
        leaving.expect(Invocation.class);
        long second = other.call("com.procedure", 2L);
        routers.settle();
        Peer next = routers.join(0);
        register(next, one(InvokePolicy.FIRST));
        next.expect(Registered.class);
        routers.settle();

        leaving.leave();
        one.expectError(Call.CODE, first, WampError.CANCELED);
        Invocation moved = next.expect(Invocation.class);
        assertThat(next.arguments(moved.payload()).positional()).containsExactly(2L);
        next.answer(moved);
        other.expectResult(second);
    }

    @Test
    void aCallThatComesBackDoesNotGoToACalleeThatHasGotALaterOne() {
        Peer former = routers.join(0);
        long registration = former.register("com.procedure");
        Peer next = routers.join(2);
        next.register("com.other");
        Peer caller = routers.join(1);
        routers.settle();
        routers.mayServeExclusively(0, false);
        long first = caller.call("com.procedure", 1L);
        routers.settle();
        former.send(new Unregister(former.nextRequest(), registration));
        former.expect(Unregistered.class);
        routers.settle();
        routers.news(1).hold();
        next.register("com.procedure");
        routers.mayServeExclusively(0, true);
        routers.clock().advance(Duration.ofMillis(50));
        routers.settle();
        long second = caller.call("com.other", 2L);
        Invocation invocation = next.expect(Invocation.class);
        assertThat(next.arguments(invocation.payload()).positional()).containsExactly(2L);
        next.answer(invocation);
        caller.expectResult(second);
        routers.news(1).release();
        routers.settle();

        ErrorMessage error = caller.expectError(Call.CODE, first, WampError.CANCELED);
        assertThat(caller.arguments(error.payload()).positional())
                .containsExactly("com.procedure: the callee left before it got the call, and the next one has got a"
                        + " later call of the caller");
        next.expectNothing();
        long third = caller.call("com.procedure", 3L);
        next.answer(next.expect(Invocation.class));
        caller.expectResult(third);
    }

    /** A callee with one invocation at a time. */
    private static RegisterMessageOptions one(InvokePolicy invoke) {
        return new RegisterMessageOptions(
                MatchPolicy.EXACT,
                invoke,
                false,
                false,
                new RegisterExtensions(1, false, false),
                List.of(),
                Dict.EMPTY);
    }

    private static RegisterMessageOptions shared(InvokePolicy invoke) {
        return new RegisterMessageOptions(MatchPolicy.EXACT, invoke, false, false, List.of(), Dict.EMPTY);
    }

    private static long register(Peer peer, RegisterMessageOptions options) {
        long request = peer.nextRequest();
        peer.send(new Register(request, options, PROCEDURE));
        return request;
    }

    private static long call(Peer peer, CallMessageOptions options) {
        long request = peer.nextRequest();
        peer.send(new Call(request, options, PROCEDURE, peer.payload("in")));
        return request;
    }
}
