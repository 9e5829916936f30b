package io.junctor.bench.stress;

import io.junctor.router.turn.Turnstile;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A session leaves while its last operation may be parked and the holder of the turn makes room: the leave runs after
 * that operation.
 */
@JCStressTest
@State
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "the last operation ran once, after all others")
public class TurnstileRunsLastBehindParked {
    private final Turnstile turnstile = new Turnstile(Turnstile.Bounds.ofOperations(2, 2), Runnable::run, fault -> {});
    private final CountingOperationSource source = new CountingOperationSource();
    private int submitted;
    private int ran;
    private int missedByLast;
    private int lasts;

    @Actor
    public void submitter() {
        int count = 0;
        while (count < 4 && !source.isParked()) {
            count++;
            turnstile.run(source, () -> ran++);
        }
        int all = count;
        submitted = count;
        turnstile.runLast(source, () -> {
            missedByLast = all - ran;
            lasts++;
        });
    }

    @Actor
    public void holder() {
        turnstile.run(() -> {});
        turnstile.run(() -> {});
        turnstile.run(() -> {});
    }

    @Arbiter
    public void count(II_Result result) {
        result.r1 = missedByLast + submitted - ran;
        result.r2 = lasts;
    }
}
