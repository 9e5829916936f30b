package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Section 10.7: calls that were not yet sent to a callee go to the next one when it leaves. */
class OutboxRerouteScenario {
    private static final Map<String, Object> FIRST = Map.of("invoke", "first");

    /** A callee that does not read: the first call is being written, the others wait in its outbox. */
    private record Stuck(Peer callee, MemoryTransport link, Peer next, Peer caller) {
        static Stuck in(Testbed testbed) {
            Peer callee = testbed.join();
            Callees.register(callee, "shared", FIRST);
            Peer next = testbed.join();
            Callees.register(next, "shared", FIRST);
            callee.register("single");
            MemoryTransport link = testbed.memory(callee);
            link.stopReading();
            Peer caller = testbed.join(new Roles(Map.of(Role.CALLER, Set.of(Feature.PROGRESSIVE_CALL_INVOCATIONS))));
            caller.call("shared", "on its way");
            return new Stuck(callee, link, next, caller);
        }
    }

    @Scenario(
            value = {"RPC-REROUTE-02", "RPC-12", "RPC-08"},
            on = Scenario.Where.IN_MEMORY)
    void whatWasNotSentGoesToTheNextAndTheRestIsCanceled(Testbed testbed) {
        Stuck stuck = Stuck.in(testbed);
        Peer caller = stuck.caller;
        long shared = caller.call("shared", "waits", 7L);
        long single = caller.call("single");
        stuck.callee.cut();
        Invocation invocation = Callees.expectInvocation(stuck.next, "waits", 7L);
        assertThat(invocation.request()).isEqualTo(1);
        caller.expectError(Call.CODE, single, WampError.CANCELED);
        caller.expectError(Call.CODE, 1, WampError.CANCELED);
        stuck.next.answer(invocation, "answered");
        assertThat(Callees.expectResult(caller, shared)).containsExactly("answered");
        stuck.next.expectNothing();
    }

    @Scenario(
            value = {"RPC-REROUTE-02", "RPC-12"},
            on = Scenario.Where.IN_MEMORY)
    void aCalleeThatSaysGoodbyeIsNotSentWhatOthersGet(Testbed testbed) {
        Stuck stuck = Stuck.in(testbed);
        long shared = stuck.caller.call("shared", "waits");
        stuck.callee.send(new Goodbye(CloseDetails.NONE, WampError.CLOSE_REALM.uri()));
        stuck.caller.expectNothing();
        stuck.link.resumeReading();
        Callees.expectInvocation(stuck.callee, "on its way");
        stuck.callee.expect(Goodbye.class);
        stuck.caller.expectError(Call.CODE, 1, WampError.CANCELED);
        stuck.next.answer(Callees.expectInvocation(stuck.next, "waits"));
        stuck.caller.expectResult(shared);
        stuck.callee.cut();
    }

    @Scenario(
            value = {"RPC-REROUTE-03", "RPC-CANCEL-08"},
            on = Scenario.Where.IN_MEMORY)
    void aCallThatIsCanceledMeanwhileReachesNoCallee(Testbed testbed) {
        Stuck stuck = Stuck.in(testbed);
        long before = stuck.caller.call("shared", "before");
        long after = stuck.caller.call("shared", "after");
        Callees.cancel(stuck.caller, before);
        stuck.callee.send(new Goodbye(CloseDetails.NONE, WampError.CLOSE_REALM.uri()));
        stuck.caller.sendList(49, after, Map.of("mode", "kill"));
        stuck.caller.expectError(Call.CODE, after, WampError.CANCELED);
        stuck.callee.cut();
        stuck.caller.expectError(Call.CODE, 1, WampError.CANCELED);
        stuck.next.expectNothing();
    }

    @Scenario(
            value = {"RPC-REROUTE-03", "RPC-PINV-03"},
            on = Scenario.Where.IN_MEMORY)
    void aCallThatHadAnotherPartStaysWhereItIs(Testbed testbed) {
        Stuck stuck = Stuck.in(testbed);
        Peer able = testbed.join(Callees.with(Feature.CALL_CANCELING, Feature.PROGRESSIVE_CALL_INVOCATIONS));
        Callees.register(able, "parts", FIRST);
        Callees.register(stuck.next, "parts", FIRST);
        MemoryTransport link = testbed.memory(able);
        link.stopReading();
        stuck.caller.call("parts", "on its way");
        long parts = Callees.call(stuck.caller, "parts", Map.of("progress", true), "first");
        stuck.caller.sendList(48, parts, Map.of(), "parts", List.of("last"));
        able.cut();
        stuck.caller.expectError(Call.CODE, parts, WampError.CANCELED);
        stuck.caller.expectError(Call.CODE, 2, WampError.CANCELED);
        stuck.callee.cut();
        stuck.caller.expectError(Call.CODE, 1, WampError.CANCELED);
        stuck.next.expectNothing();
    }

    @Scenario(
            value = {"RPC-11", "RPC-14"},
            on = Scenario.Where.IN_MEMORY)
    void aCallerThatLeavesMeanwhileIsForgotten(Testbed testbed) {
        Stuck stuck = Stuck.in(testbed);
        stuck.caller.call("shared", "waits");
        stuck.caller.expectNothing();
        stuck.callee.send(new Goodbye(CloseDetails.NONE, WampError.CLOSE_REALM.uri()));
        stuck.caller.leave();
        stuck.callee.cut();
        stuck.next.expectNothing();
    }

    @Scenario(
            value = {"RPC-REROUTE-02", "SER-08"},
            on = Scenario.Where.IN_MEMORY)
    void argumentsReachTheNextInItsOwnSerialization(Testbed testbed) {
        Peer callee = testbed.join(Serializer.CBOR);
        Callees.register(callee, "shared", FIRST);
        Peer next = testbed.join(Serializer.JSON);
        Callees.register(next, "shared", FIRST);
        testbed.memory(callee).stopReading();
        Peer caller = testbed.join(Serializer.MSGPACK);
        caller.call("shared", "on its way");
        long shared = caller.call("shared", "text", 1.5, true);
        callee.cut();
        next.answer(Callees.expectInvocation(next, "text", 1.5, true));
        caller.expectError(Call.CODE, 1, WampError.CANCELED);
        caller.expectResult(shared);
    }
}
