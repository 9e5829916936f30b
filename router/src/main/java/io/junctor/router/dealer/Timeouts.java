package io.junctor.router.dealer;

import io.junctor.router.turn.Deadlines;
import io.junctor.router.turn.InTurn;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Belongs to the turn. The timeouts of calls (section "Call Timeouts"). A callee that keeps it itself is told; then the router does not, until the
 * call goes to another that does not keep it.
 */
final class Timeouts {
    private final Deadlines deadlines;
    private final Consumer<PendingCall> onExpired;

    Timeouts(Deadlines deadlines, Consumer<PendingCall> onExpired) {
        this.deadlines = deadlines;
        this.onExpired = onExpired;
    }

    /** Begins with the time of a call that has one. */
    @InTurn
    void start(PendingCall call) {
        if (isLeftToCallee(call)) {
            call.timedByCallee = true;
            call.timedSinceNanos = deadlines.nanos();
        } else {
            await(call, call.options.timeoutMillis());
        }
    }

    /** The call has gone to another callee: its time runs on. */
    @InTurn
    void runOn(PendingCall call) {
        if (call.timedByCallee && !isLeftToCallee(call)) {
            await(call, leftMillis(call));
            call.timedByCallee = false;
        }
    }

    /** The limit holds from one sign of progress to the next. */
    @InTurn
    void restart(PendingCall call) {
        if (call.deadline != PendingCall.NO_DEADLINE) {
            deadlines.cancel(call.deadline);
            await(call, call.options.timeoutMillis());
        }
    }

    @InTurn
    void cancel(PendingCall call) {
        if (call.deadline != PendingCall.NO_DEADLINE) {
            deadlines.cancel(call.deadline);
            call.deadline = PendingCall.NO_DEADLINE;
        }
    }

    /** What the callee is told to keep, 0 for nothing. */
    @InTurn
    long forwardedMillis(PendingCall call) {
        return isLeftToCallee(call) ? Math.max(1, leftMillis(call)) : 0;
    }

    /** Whether the callee keeps the timeout: then nobody else does. */
    @InTurn
    private static boolean isLeftToCallee(PendingCall call) {
        return call.callee.keepsTimeout
                && call.place != PendingCall.Place.WAITING
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
