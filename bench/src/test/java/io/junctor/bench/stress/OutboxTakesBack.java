package io.junctor.bench.stress;

import io.junctor.router.turn.Pass;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A thread takes an invocation back while the callback of the previous write continues draining: the invocation is
 * written or handed back, never both.
 */
@JCStressTest
@State
@Outcome(id = "2, 0, 1", expect = Expect.ACCEPTABLE, desc = "written, not handed back")
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "handed back, not written")
public class OutboxTakesBack {
    private final StepwiseConnection connection = StepwiseConnection.writingBeforeInvocation();
    private final AtomicInteger handedBack = new AtomicInteger();
    private final AtomicInteger told = new AtomicInteger();

    @Actor
    public void leaver() {
        try (Pass pass = Pass.open()) {
            connection.outbox.takeBack(unsent -> {
                handedBack.addAndGet(unsent.size());
                told.incrementAndGet();
            });
        }
    }

    @Actor
    public void transport() {
        connection.take();
    }

    @Arbiter
    public void count(III_Result result) {
        connection.takeAll();
        result.r1 = connection.written.get();
        result.r2 = handedBack.get();
        result.r3 = told.get();
    }
}
