package io.junctor.router.dealer;

import io.junctor.router.turn.Deadlines;
import io.junctor.router.turn.InTurn;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Ends calls after their timeout (section "Call Timeouts"). A callee that enforces the timeout itself gets its value in INVOCATION; then
 * the router starts a timer only if the call moves to a callee that does not enforce the timeout. Confined to the realm's turn.
 */
final class CallTimeouts {
    private final Deadlines deadlines;
    private final Consumer<PendingCall> onExpired;

    CallTimeouts(Deadlines deadlines, Consumer<PendingCall> onExpired) {
        this.deadlines = deadlines;
        this.onExpired = onExpired;
    }

    /** Starts the timeout of a call that has one. */
    @InTurn
    void start(PendingCall call) {
        if (isEnforcedByCallee(call)) {
            call.timedByCallee = true;
            call.timedSinceNanos = deadlines.nanos();
        } else {
            await(call, call.options.timeoutMillis());
        }
    }

    /** Continues the timeout after the call was sent to another callee. */
    @InTurn
    void continueFor(PendingCall call) {
        if (call.timedByCallee && !isEnforcedByCallee(call)) {
            await(call, leftMillis(call));
            call.timedByCallee = false;
        }
    }

    /** Starts the timeout again, because each progressive result extends it. */
    @InTurn
    void restart(PendingCall call) {
        if (call.deadline != PendingCall.NO_DEADLINE) {
            deadlines.cancel(call.deadline);
            await(call, call.options.timeoutMillis());
        }
    }

    /** Cancels the running timeout. */
    @InTurn
    void cancel(PendingCall call) {
        deadlines.cancel(call.deadline);
        call.deadline = PendingCall.NO_DEADLINE;
    }

    /** The timeout that INVOCATION passes to the callee; 0 for none. */
    @InTurn
    long forwardedMillis(PendingCall call) {
        return isEnforcedByCallee(call) ? Math.max(1, leftMillis(call)) : 0;
    }

    /** Whether the callee enforces the timeout. */
    @InTurn
    private static boolean isEnforcedByCallee(PendingCall call) {
        return call.callee.keepsTimeout()
                && call.location != PendingCall.Location.WAITING
                && call.deadline == PendingCall.NO_DEADLINE
                && call.options.timeoutMillis() > 0;
    }

    @InTurn
    private long leftMillis(PendingCall call) {
        long passedNanos = call.timedByCallee ? deadlines.nanos() - call.timedSinceNanos : 0;
        return Math.max(0, call.options.timeoutMillis() - TimeUnit.NANOSECONDS.toMillis(passedNanos));
    }

    @InTurn
    private void await(PendingCall call, long millis) {
        call.deadline = deadlines.after(millis, () -> expire(call));
    }

    @InTurn
    private void expire(PendingCall call) {
        call.deadline = PendingCall.NO_DEADLINE;
        onExpired.accept(call);
    }
}
