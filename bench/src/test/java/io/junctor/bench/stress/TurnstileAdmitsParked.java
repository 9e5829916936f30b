package io.junctor.bench.stress;

import io.junctor.router.turn.Turnstile;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** One thread finds the mailbox full while the other makes room: what is parked runs, and its lane is told. */
@JCStressTest
@State
@Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "nothing is lost, nobody stays parked, nothing waits")
public class TurnstileAdmitsParked {
    private final Turnstile turnstile = new Turnstile(Turnstile.Bounds.ofOperations(1, 1), Runnable::run, fault -> {});
    private final CountingOperationSource lane = new CountingOperationSource();
    private int submitted;
    private int ran;

    @Actor
    public void submitter() {
        int count = 0;
        while (count < 3 && !lane.isParked()) {
            count++;
            turnstile.run(lane, () -> ran++);
        }
        submitted = count;
    }

    @Actor
    public void holder() {
        turnstile.run(() -> {});
        turnstile.run(() -> {});
        turnstile.run(() -> {});
    }

    @Arbiter
    public void count(III_Result result) {
        result.r1 = submitted - ran;
        result.r2 = lane.parks - lane.rooms;
        result.r3 = turnstile.waiting();
    }
}
