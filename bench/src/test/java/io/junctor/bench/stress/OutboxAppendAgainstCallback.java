package io.junctor.bench.stress;

import io.junctor.router.turn.Pass;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A message is appended and flushed while the callback of the last write releases the outbox: it is written. */
@JCStressTest
@State
@Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "both written, none left")
public class OutboxAppendAgainstCallback {
    private final StepwiseConnection connection = StepwiseConnection.writing();

    @Actor
    public void appender() {
        try (Pass pass = Pass.open()) {
            connection.append();
        }
    }

    @Actor
    public void transport() {
        connection.take();
    }

    @Arbiter
    public void count(II_Result result) {
        connection.takeAll();
        result.r1 = connection.written.get();
        result.r2 = connection.outbox.waitingMessages();
    }
}
