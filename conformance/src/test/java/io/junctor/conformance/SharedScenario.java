package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Section 10.7: shared registrations and re-routing. */
class SharedScenario {
    private static final Roles PASSES_ON = new Roles(Map.of(Role.CALLEE, Set.of(Feature.CALL_REROUTE)));

    @Scenario({"RPC-SHARE-01", "RPC-SHARE-02"})
    void theFirstCalleeFixesThePolicy(Testbed testbed) {
        Peer one = testbed.join();
        Peer other = testbed.join();
        long shared = register(one, "roundrobin");
        for (String invoke : List.of("single", "random", "first", "last")) {
            expectRefused(other, invoke);
        }
        assertThat(register(other, "roundrobin")).isEqualTo(shared);
        unregister(one, shared);
        unregister(other, shared);
        assertThat(register(other, "single")).isNotEqualTo(shared);
        for (String invoke : List.of("single", "roundrobin", "random", "first", "last")) {
            expectRefused(one, invoke);
        }
    }

    @Scenario("RPC-SHARE-03")
    void aSessionHoldsASharedRegistrationOnce(Testbed testbed) {
        Peer callee = testbed.join();
        long shared = register(callee, "roundrobin");
        expectRefused(callee, "roundrobin");
        unregister(callee, shared);
        register(callee, "roundrobin");
    }

    @Scenario("RPC-SHARE-04")
    void roundRobinGoesOnWhereItWasAsCalleesComeAndGo(Testbed testbed) {
        List<Peer> callees = sharing(testbed, "roundrobin", 3, Peer.PLAIN);
        Peer caller = testbed.join();
        expectServed(caller, callees, 0, 1, 2, 0, 1);
        callees.get(1).leave();
        expectServed(caller, callees, 2, 0, 2);
        callees.add(testbed.join());
        register(callees.get(3), "roundrobin");
        expectServed(caller, callees, 3, 0, 2, 3, 0);
    }

    @Scenario("RPC-SHARE-04")
    void firstAndLastAreTheEarliestAndTheLatestPresent(Testbed testbed) {
        for (String invoke : List.of("first", "last")) {
            List<Peer> callees = sharing(testbed, invoke, 3, Peer.PLAIN);
            Peer caller = testbed.join();
            int chosen = invoke.equals("first") ? 0 : 2;
            expectServed(caller, callees, chosen, chosen);
            callees.get(chosen).leave();
            expectServed(caller, callees, 1, 1);
            callees.get(1).leave();
            expectServed(caller, callees, 2 - chosen);
            callees.get(2 - chosen).leave();
            long request = caller.call("shared");
            caller.expectError(Call.CODE, request, WampError.NO_SUCH_PROCEDURE);
        }
    }

    @Scenario("RPC-SHARE-04")
    void randomReachesEveryCallee(Testbed testbed) {
        testbed.requireOneSerializer();
        List<Peer> callees = sharing(testbed, "random", 3, Peer.PLAIN);
        Peer caller = testbed.join();
        for (int i = 0; i < 60; i++) {
            caller.call("shared");
        }
        caller.expectNothing();
        for (Peer callee : callees) {
            // The chance that one of three callees gets none of 60 calls is one in ten thousand million.
            Invocation invocation = callee.expect(Invocation.class);
            assertThat(invocation.request()).isEqualTo(1);
            callee.cut();
        }
        for (int i = 0; i < 60; i++) {
            assertThat(caller.expect(ErrorMessage.class).error()).isEqualTo(WampError.CANCELED.uri());
        }
    }

    @Scenario("RPC-12")
    void aSharedCalleeThatLeavesCostsItsOwnCallsOnly(Testbed testbed) {
        List<Peer> callees = sharing(testbed, "roundrobin", 2, Peer.PLAIN);
        Peer caller = testbed.join();
        long first = caller.call("shared");
        long second = caller.call("shared");
        callees.get(0).expect(Invocation.class);
        Invocation kept = callees.get(1).expect(Invocation.class);
        callees.get(0).leave();
        caller.expectError(Call.CODE, first, WampError.CANCELED);
        callees.get(1).answer(kept);
        caller.expectResult(second);
        expectServed(caller, callees, 1, 1);
    }

    @Scenario({"RPC-REROUTE-01", "RPC-REROUTE-02"})
    void anUnavailableCalleePassesTheCallOnInTheOrderOfThePolicy(Testbed testbed) {
        for (String invoke : List.of("first", "last", "roundrobin")) {
            List<Peer> callees = sharing(testbed, invoke, 3, PASSES_ON);
            Peer caller = testbed.join();
            long request = caller.call("shared", "arguments");
            for (Peer callee : invoke.equals("last") ? callees.reversed() : callees) {
                Invocation invocation = callee.expect(Invocation.class);
                assertThat(callee.arguments(invocation.payload()).positional()).containsExactly("arguments");
                unavailable(callee, invocation);
            }
            caller.expectError(Call.CODE, request, WampError.NO_AVAILABLE_CALLEE);
            callees.forEach(Peer::expectNothing);
            callees.forEach(Peer::leave);
        }
    }

    @Scenario("RPC-REROUTE-01")
    void theResultOfTheNextCalleeIsAllTheCallerSees(Testbed testbed) {
        List<Peer> callees = sharing(testbed, "first", 2, PASSES_ON);
        Peer caller = testbed.join();
        long request = caller.call("shared");
        Invocation first = callees.get(0).expect(Invocation.class);
        unavailable(callees.get(0), first);
        callees.get(0).answer(first, "too late");
        Invocation second = callees.get(1).expect(Invocation.class);
        caller.expectNothing();
        callees.get(1).answer(second, 2L);
        assertThat(caller.arguments(caller.expectResult(request).payload()).positional())
                .containsExactly(2L);
    }

    @Scenario({"RPC-REROUTE-01", "RPC-REROUTE-02"})
    void withoutTheFeatureTheErrorIsPassedOnAndASingleCalleeHasNoNext(Testbed testbed) {
        List<Peer> plain = sharing(testbed, "first", 2, Peer.PLAIN);
        Peer caller = testbed.join();
        long request = caller.call("shared");
        unavailable(plain.get(0), plain.get(0).expect(Invocation.class));
        caller.expectError(Call.CODE, request, WampError.UNAVAILABLE);
        plain.forEach(Peer::expectNothing);
        Peer single = testbed.join(PASSES_ON);
        single.register("single");
        request = caller.call("single");
        unavailable(single, single.expect(Invocation.class));
        caller.expectError(Call.CODE, request, WampError.NO_AVAILABLE_CALLEE);
    }

    @Scenario({"RPC-REROUTE-03", "RPC-CANCEL-08"})
    void aCanceledCallIsNotPassedOn(Testbed testbed) {
        List<Peer> callees = sharing(testbed, "first", 2, PASSES_ON);
        Peer caller = testbed.join();
        long request = caller.call("shared");
        Invocation invocation = callees.get(0).expect(Invocation.class);
        caller.sendList(49, request, Map.of());
        caller.expectError(Call.CODE, request, WampError.CANCELED);
        unavailable(callees.get(0), invocation);
        callees.get(1).expectNothing();
        caller.expectNothing();
    }

    private static void unavailable(Peer callee, Invocation invocation) {
        callee.send(new ErrorMessage(
                Invocation.CODE,
                invocation.request(),
                ErrorDetails.NONE,
                WampError.UNAVAILABLE.uri(),
                callee.payload()));
    }

    private static void expectServed(Peer caller, List<Peer> callees, int... order) {
        for (int index : order) {
            long request = caller.call("shared");
            callees.get(index).answer(callees.get(index).expect(Invocation.class));
            caller.expectResult(request);
        }
    }

    private static List<Peer> sharing(Testbed testbed, String invoke, int count, Roles roles) {
        List<Peer> callees = new ArrayList<>();
        long shared = 0;
        for (int i = 0; i < count; i++) {
            Peer callee = testbed.join(roles);
            long registration = register(callee, invoke);
            assertThat(shared == 0 || shared == registration).isTrue();
            shared = registration;
            callees.add(callee);
        }
        return callees;
    }

    private static void expectRefused(Peer callee, String invoke) {
        long request = callee.nextRequest();
        callee.sendList(64, request, Map.of("invoke", invoke), "shared");
        callee.expectError(Register.CODE, request, WampError.PROCEDURE_ALREADY_EXISTS);
    }

    private static long register(Peer callee, String invoke) {
        long request = callee.nextRequest();
        callee.sendList(64, request, Map.of("invoke", invoke), "shared");
        return callee.expect(Registered.class).registration();
    }

    private static void unregister(Peer callee, long registration) {
        callee.send(new Unregister(callee.nextRequest(), registration));
        callee.expect(Unregistered.class);
    }
}
