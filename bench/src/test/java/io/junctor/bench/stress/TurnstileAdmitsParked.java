package io.junctor.bench.stress;

import io.junctor.router.turn.Turnstile;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * One thread finds the mailbox full while the other makes room: the parked operation runs, and its source is
 * notified.
 */
@JCStressTest
@State
@Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "no operation is lost, parked or waiting")
public class TurnstileAdmitsParked {
    private final Turnstile turnstile = new Turnstile(Turnstile.Bounds.ofOperations(1, 1), Runnable::run, fault -> {});
    private final CountingOperationSource source = new CountingOperationSource();
    private int submitted;
    private int ran;

    @Actor
    public void submitter() {
        int count = 0;
        while (count < 3 && !source.isParked()) {
            count++;
            turnstile.run(source, () -> ran++);
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
        result.r2 = source.parks - source.rooms;
        result.r3 = turnstile.waiting();
    }
}
