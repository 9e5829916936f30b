package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Registers, calls and answers with options. */
final class Callees {
    private Callees() {}

    /** A callee with these features. */
    static Roles with(Feature... features) {
        return new Roles(Map.of(Role.CALLEE, Set.of(features)));
    }

    /** Registers; returns the registration. */
    static long register(Peer callee, String procedure, Map<String, ?> options) {
        callee.sendList(64, callee.nextRequest(), options, procedure);
        return callee.expect(Registered.class).registration();
    }

    /** Registers and expects an error. */
    static void expectRefused(Peer callee, WampError error, String procedure, Map<String, ?> options) {
        long request = callee.nextRequest();
        callee.sendList(64, request, options, procedure);
        callee.expectError(64, request, error);
    }

    /** Calls; returns the request. */
    static long call(Peer caller, String procedure, Map<String, ?> options, Object... arguments) {
        long request = caller.nextRequest();
        caller.sendList(48, request, options, procedure, List.of(arguments));
        return request;
    }

    /** Cancels a call and expects the error at once. */
    static void cancel(Peer caller, long request) {
        caller.sendList(49, request, Map.of());
        caller.expectError(Call.CODE, request, WampError.CANCELED);
    }

    /** The next message, which must be an invocation with these arguments. */
    static Invocation expectInvocation(Peer callee, Object... arguments) {
        Invocation invocation = callee.expect(Invocation.class);
        assertThat(callee.arguments(invocation.payload()).positional()).containsExactly(arguments);
        return invocation;
    }

    /** Expects an {@code INTERRUPT} with {@code killnowait}: the caller no longer waits for this invocation. */
    static void expectInterrupt(Peer callee, Invocation invocation) {
        Interrupt interrupt = callee.expect(Interrupt.class);
        assertThat(interrupt.request()).isEqualTo(invocation.request());
        assertThat(interrupt.options().mode()).isEqualTo(CancelMode.KILL_NO_WAIT);
    }

    /** Answers with {@code wamp.error.unavailable}, so that the call is re-routed. */
    static void unavailable(Peer callee, Invocation invocation) {
        callee.send(new ErrorMessage(
                Invocation.CODE,
                invocation.request(),
                ErrorDetails.NONE,
                WampError.UNAVAILABLE.uri(),
                callee.payload()));
    }

    /** The positional arguments of the result of a call. */
    static List<@Nullable Object> expectResult(Peer caller, long request) {
        return caller.arguments(caller.expectResult(request).payload()).positional();
    }
}
