package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Cancel;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.options.CancelOptions;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.Map;
import java.util.Set;

/** Section 10.4: canceling calls. */
class CancelScenario {
    private static final Roles CANCELABLE = new Roles(Map.of(Role.CALLEE, Set.of(Feature.CALL_CANCELING)));

    @Scenario({"RPC-CANCEL-01", "RPC-CANCEL-03", "RPC-CANCEL-09"})
    void withoutAModeTheCallerIsAnsweredAndTheCalleeInterrupted(Testbed testbed) {
        Open open = open(testbed, CANCELABLE);
        open.caller.sendList(49, open.request, Map.of());
        open.caller.expectError(Call.CODE, open.request, WampError.CANCELED);
        Interrupt interrupt = open.callee.expect(Interrupt.class);
        assertThat(interrupt.request()).isEqualTo(open.invocation.request());
        assertThat(interrupt.options().mode()).isEqualTo(CancelMode.KILL_NO_WAIT);
        open.callee.answer(open.invocation);
        open.callee.expectNothing();
        open.caller.expectNothing();
    }

    @Scenario("RPC-CANCEL-02")
    void skipAnswersTheCallerAndLeavesTheCalleeAlone(Testbed testbed) {
        Open open = open(testbed, CANCELABLE);
        open.cancel(CancelMode.SKIP);
        open.caller.expectError(Call.CODE, open.request, WampError.CANCELED);
        open.callee.expectNothing();
        open.callee.answer(open.invocation);
        open.caller.expectNothing();
    }

    @Scenario("RPC-CANCEL-02")
    void aCalleeWithoutCancelingGetsNoInterruptInAnyMode(Testbed testbed) {
        for (CancelMode mode : CancelMode.values()) {
            Open open = open(testbed, Peer.PLAIN);
            open.cancel(mode);
            open.caller.expectError(Call.CODE, open.request, WampError.CANCELED);
            open.callee.expectNothing();
            open.callee.leave();
        }
    }

    @Scenario({"RPC-CANCEL-04", "RPC-CANCEL-06"})
    void killPassesOnWhatTheCalleeSays(Testbed testbed) {
        Open open = open(testbed, CANCELABLE);
        open.cancel(CancelMode.KILL);
        assertThat(open.callee.expect(Interrupt.class).options().mode()).isEqualTo(CancelMode.KILL);
        open.cancel(CancelMode.KILL);
        open.caller.expectNothing();
        open.callee.expectNothing();
        open.callee.send(new ErrorMessage(
                Invocation.CODE,
                open.invocation.request(),
                ErrorDetails.NONE,
                new Uri("com.example.stopped"),
                open.callee.payload("half")));
        ErrorMessage error = open.caller.expect(ErrorMessage.class);
        assertThat(error.error()).isEqualTo(new Uri("com.example.stopped"));
        assertThat(open.caller.arguments(error.payload()).positional()).containsExactly("half");
    }

    @Scenario("RPC-CANCEL-04")
    void aResultAfterKillIsPassedOnToo(Testbed testbed) {
        Open open = open(testbed, CANCELABLE);
        open.cancel(CancelMode.KILL);
        open.callee.expect(Interrupt.class);
        open.callee.answer(open.invocation, "done anyway");
        open.caller.expectResult(open.request);
    }

    @Scenario("RPC-CANCEL-05")
    void aCalleeThatLeavesAfterKillEndsTheCall(Testbed testbed) {
        Open open = open(testbed, CANCELABLE);
        open.cancel(CancelMode.KILL);
        open.callee.expect(Interrupt.class);
        open.callee.cut();
        open.caller.expectError(Call.CODE, open.request, WampError.CANCELED);
    }

    @Scenario("RPC-CANCEL-06")
    void aSessionCannotCancelTheCallOfAnother(Testbed testbed) {
        Open open = open(testbed, CANCELABLE);
        Peer other = testbed.join();
        other.send(new Cancel(open.request, CancelOptions.DEFAULT));
        other.expectNothing();
        open.callee.answer(open.invocation);
        open.caller.expectResult(open.request);
    }

    @Scenario({"RPC-CANCEL-07", "RPC-CANCEL-09"})
    void aResultThatCameFirstStands(Testbed testbed) {
        Open open = open(testbed, CANCELABLE);
        open.callee.answer(open.invocation);
        open.caller.expectResult(open.request);
        open.cancel(CancelMode.KILL);
        open.caller.expectNothing();
        open.callee.expectNothing();
    }

    private record Open(Peer callee, Peer caller, long request, Invocation invocation) {
        void cancel(CancelMode mode) {
            caller.send(new Cancel(request, new CancelOptions(mode, Dict.EMPTY)));
        }
    }

    private static Open open(Testbed testbed, Roles roles) {
        Peer callee = testbed.join(roles);
        callee.register("procedure");
        Peer caller = testbed.join();
        long request = caller.call("procedure");
        return new Open(callee, caller, request, callee.expect(Invocation.class));
    }
}
