package io.junctor.bench.stress;

import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Turnstile;
import io.junctor.router.turn.Turnstile.Operation;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Two threads submit operations, one of them in a pass: every operation runs once, never at the same time as another,
 * and in the order of its source. The state is not volatile.
 */
@JCStressTest
@State
@Outcome(id = "4, 0, 0", expect = Expect.ACCEPTABLE, desc = "all four ran in order, none is waiting")
public class TurnstileRunsAll {
    private final Turnstile turnstile =
            new Turnstile(Turnstile.Bounds.ofOperations(16, 16), Runnable::run, fault -> {});
    private final CountingOperationSource one = new CountingOperationSource();
    private final CountingOperationSource other = new CountingOperationSource();
    private int ran;
    private int lastOfOne;
    private int lastOfOther;
    private int outOfOrder;

    @Actor
    public void submitter() {
        turnstile.run(one, () -> runOfOne(1));
        turnstile.run(one, () -> runOfOne(2));
    }

    @Actor
    public void otherSubmitter() {
        try (Pass pass = Pass.open()) {
            turnstile.runInPass(Operation.of(other, 0, () -> runOfOther(1)));
            turnstile.runInPass(Operation.of(other, 0, () -> runOfOther(2)));
        }
    }

    @Arbiter
    public void count(III_Result result) {
        result.r1 = ran;
        result.r2 = outOfOrder;
        result.r3 = turnstile.waiting();
    }

    private void runOfOne(int number) {
        ran++;
        outOfOrder += number == lastOfOne + 1 ? 0 : 1;
        lastOfOne = number;
    }

    private void runOfOther(int number) {
        ran++;
        outOfOrder += number == lastOfOther + 1 ? 0 : 1;
        lastOfOther = number;
    }
}
