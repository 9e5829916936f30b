package io.junctor.router.dealer;

import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Register;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks whether a callee is still alive while other sessions want to register its procedure. Confined to the realm's
 * turn.
 */
final class CalleeProbe {
    /** A REGISTER that waits for the result. */
    record WaitingRequest(SessionCalls sessionCalls, Register register) {}

    /** The timer after which the callee counts as dead, or {@link PendingCall#NO_DEADLINE}. */
    long deadline = PendingCall.NO_DEADLINE;

    /** Whether one of the waiting sessions may replace callees: then the wait is short. */
    boolean mayReplace;

    private List<WaitingRequest> waiting = new ArrayList<>(1);

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
