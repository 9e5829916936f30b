package io.junctor.router.dealer;

import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Register;
import java.util.ArrayList;
import java.util.List;

/** Belongs to the turn. Who wants to register what a callee holds that was asked for a sign of life. */
final class CalleeProbe {
    /** A request to register that waits. */
    record WaitingRequest(SessionCalls sessionCalls, Register register) {}

    /** When the callee counts as gone. */
    long deadline = PendingCall.NO_DEADLINE;

    /** Whether one of those who wait may take procedures from others, so that it need not wait long. */
    boolean mayReplace;

    private List<WaitingRequest> requests = new ArrayList<>(1);

    @InTurn
    void add(SessionCalls sessionCalls, Register register) {
        sessionCalls.probing++;
        requests.add(new WaitingRequest(sessionCalls, register));
    }

    /** All who wait, in order; they do no longer. */
    @InTurn
    List<WaitingRequest> takeAll() {
        List<WaitingRequest> taken = requests;
        requests = new ArrayList<>(1);
        taken.forEach(request -> request.sessionCalls.probing--);
        return taken;
    }
}
