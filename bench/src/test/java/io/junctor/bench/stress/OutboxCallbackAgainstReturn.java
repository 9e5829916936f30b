package io.junctor.bench.stress;

import io.junctor.router.turn.Pass;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The transport calls back while the write returns: exactly one of the two threads continues draining. */
@JCStressTest
@State
@Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "both written, none left")
public class OutboxCallbackAgainstReturn {
    private final StepwiseConnection connection = new StepwiseConnection(false);

    @Actor
    public void writer() {
        try (Pass pass = Pass.open()) {
            connection.append();
        }
        try (Pass pass = Pass.open()) {
            connection.append();
        }
    }

    @Actor
    public void transport() {
        for (int i = 0; i < 100; i++) {
            connection.take();
        }
    }

    @Arbiter
    public void count(II_Result result) {
        connection.takeAll();
        result.r1 = connection.written.get();
        result.r2 = connection.outbox.waitingMessages();
    }
}
