package io.junctor.bench.stress;

import io.junctor.router.turn.Pass;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads append in turn and flush at the same time: each message is written once. */
@JCStressTest
@State
@Outcome(id = "4, 0", expect = Expect.ACCEPTABLE, desc = "four written, none left")
public class OutboxTwoFlushers {
    private final StepwiseConnection connection = new StepwiseConnection(true);

    @Actor
    public void appender() {
        appendTwo();
    }

    @Actor
    public void otherAppender() {
        appendTwo();
    }

    @Arbiter
    public void count(II_Result result) {
        result.r1 = connection.written.get();
        result.r2 = connection.outbox.waitingMessages();
    }

    /** The lock stands for the realm's turn, in which messages are appended. */
    private void appendTwo() {
        try (Pass pass = Pass.open()) {
            for (int i = 0; i < 2; i++) {
                synchronized (connection) {
                    connection.append();
                }
            }
        }
    }
}
