package io.junctor.bench.stress;

import io.junctor.router.connection.ReadingGate;
import io.junctor.router.connection.ReadingGate.Reason;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two pauses end at the same time: the connection gets the deferred demand once. */
@JCStressTest
@State
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "demanded once")
public class GateTwoReasonsEnd {
    private final StepwiseConnection connection = new StepwiseConnection(true);
    private final ReadingGate gate = new ReadingGate(connection);

    /** Starts two pauses and demands a message. */
    public GateTwoReasonsEnd() {
        gate.pause(Reason.MAILBOX);
        gate.pause(Reason.ANSWERS);
        gate.next();
    }

    @Actor
    public void holder() {
        gate.resume(Reason.MAILBOX);
    }

    @Actor
    public void drainer() {
        gate.resume(Reason.ANSWERS);
    }

    @Arbiter
    public void count(I_Result result) {
        result.r1 = connection.demands.get();
    }
}
