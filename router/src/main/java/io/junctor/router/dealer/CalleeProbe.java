package io.junctor.router.dealer;

import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Register;
import java.util.ArrayList;
import java.util.List;

/** Belongs to the turn. Who wants to register what a callee holds that was asked for a sign of life. */
final class CalleeProbe {
    /** A request to register that waits. */
    record Applicant(SessionCalls party, Register register) {}

    /** When the callee counts as gone. */
    long deadline = PendingCall.NO_DEADLINE;

    /** Whether one of those who wait may take procedures from others, so that it need not wait long. */
    boolean mayReplace;

    private List<Applicant> applicants = new ArrayList<>(1);

    @InTurn
    void add(SessionCalls party, Register register) {
        party.probing++;
        applicants.add(new Applicant(party, register));
    }

    /** All who wait, in order; they do no longer. */
    @InTurn
    List<Applicant> takeAll() {
        List<Applicant> taken = applicants;
        applicants = new ArrayList<>(1);
        taken.forEach(applicant -> applicant.party.probing--);
        return taken;
    }
}
