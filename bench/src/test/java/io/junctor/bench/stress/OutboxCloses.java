package io.junctor.bench.stress;

import io.junctor.router.connection.transport.CloseStatus;
import io.junctor.router.turn.Pass;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The last message and the close are appended while the callback of the last write releases the outbox. */
@JCStressTest
@State
@Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "all written, closed once")
public class OutboxCloses {
    private final StepwiseConnection connection = StepwiseConnection.writing();

    @Actor
    public void closer() {
        try (Pass pass = Pass.open()) {
            connection.append();
            connection.outbox.close(CloseStatus.NORMAL);
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
        result.r2 = connection.closed.get();
    }
}
