package io.junctor.bench.stress;

import io.junctor.router.turn.Pass;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A thread requests a notification while the callback of the last write releases the outbox: it is notified once. */
@JCStressTest
@State
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "notified once, none left")
public class OutboxTellsWhenDrained {
    private final StepwiseConnection connection = StepwiseConnection.writing();

    @Actor
    public void asker() {
        try (Pass pass = Pass.open()) {
            connection.outbox.tellWhenBelow(0);
        }
    }

    @Actor
    public void transport() {
        connection.take();
    }

    @Arbiter
    public void count(II_Result result) {
        connection.takeAll();
        result.r1 = connection.drained.get();
        result.r2 = connection.outbox.waitingMessages();
    }
}
