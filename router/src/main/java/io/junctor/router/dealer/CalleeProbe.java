package io.junctor.router.dealer;

import io.junctor.router.turn.Deadlines;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Register;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks whether a callee is still alive while other sessions want to register its procedure. Confined to the realm's
 * turn.
 */
final class CalleeProbe {
    /** A REGISTER that waits for the result of the probe. */
    record WaitingRequest(SessionCalls sessionCalls, Register register) {}

    /** The time limit for the answer if a requesting session may replace callees; otherwise the limit is {@code pong_wait}. */
    static final long SHORT_MILLIS = 2_000;

    /** Whether one of the waiting sessions may replace callees, so that the time limit is short. */
    boolean mayReplace;

    /** The timer after which the callee counts as dead, or {@link PendingCall#NO_DEADLINE}. */
    private long deadline = PendingCall.NO_DEADLINE;

    private long waitMillis;
    private Runnable onSilent = () -> {};
    private List<WaitingRequest> waiting = new ArrayList<>(1);

    /** Waits for the callee's answer; {@code silent} runs if the callee has not answered after {@code millis}. */
    @InTurn
    void await(Deadlines deadlines, long millis, Runnable silent) {
        waitMillis = millis;
        onSilent = silent;
        deadline = deadlines.after(millis, silent);
    }

    /** Shortens the time limit when the first session that may replace callees ({@code isWanted}) waits for the result. */
    @InTurn
    void shortenWait(Deadlines deadlines, boolean isWanted) {
        if (isWanted && !mayReplace && isWaiting()) {
            mayReplace = true;
            deadlines.cancel(deadline);
            deadline = deadlines.after(Math.min(SHORT_MILLIS, waitMillis), onSilent);
        }
    }

    /** Whether the callee still has time to answer. */
    @InTurn
    boolean isWaiting() {
        return deadline != PendingCall.NO_DEADLINE;
    }

    /** Records that the callee has not answered in time. */
    @InTurn
    void onExpired() {
        deadline = PendingCall.NO_DEADLINE;
    }

    /** Ends the wait. */
    @InTurn
    void cancel(Deadlines deadlines) {
        if (isWaiting()) {
            deadlines.cancel(deadline);
            deadline = PendingCall.NO_DEADLINE;
        }
    }

    @InTurn
    void add(SessionCalls sessionCalls, Register register) {
        sessionCalls.waitingRegisters++;
        waiting.add(new WaitingRequest(sessionCalls, register));
    }

    /** Removes and returns all waiting requests, in order of arrival. */
    @InTurn
    List<WaitingRequest> takeAll() {
        List<WaitingRequest> taken = waiting;
        waiting = new ArrayList<>(1);
        taken.forEach(request -> request.sessionCalls.waitingRegisters--);
        return taken;
    }
}
