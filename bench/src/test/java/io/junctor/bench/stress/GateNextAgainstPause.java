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

/**
 * A pause starts while the reader demands a message: the connection gets the demand once, before or after the pause.
 */
@JCStressTest
@State
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "demanded once")
public class GateNextAgainstPause {
    private final StepwiseConnection connection = new StepwiseConnection(true);
    private final ReadingGate gate = new ReadingGate(connection);

    @Actor
    public void reader() {
        gate.next();
    }

    @Actor
    public void holder() {
        gate.pause(Reason.MAILBOX);
    }

    @Arbiter
    public void count(I_Result result) {
        gate.resume(Reason.MAILBOX);
        result.r1 = connection.demands.get();
    }
}
