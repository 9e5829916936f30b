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

/** The reader demands a message while the last pause ends: the connection gets the demand once. */
@JCStressTest
@State
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "demanded once")
public class GateNextAgainstResume {
    private final StepwiseConnection connection = new StepwiseConnection(true);
    private final ReadingGate gate = new ReadingGate(connection);

    /** Pauses reading. */
    public GateNextAgainstResume() {
        gate.pause(Reason.MAILBOX);
    }

    @Actor
    public void reader() {
        gate.next();
    }

    @Actor
    public void holder() {
        gate.resume(Reason.MAILBOX);
    }

    @Arbiter
    public void count(I_Result result) {
        result.r1 = connection.demands.get();
    }
}
