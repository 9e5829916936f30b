package io.junctor.bench;

import io.junctor.router.connection.OnceEncodedEvent;
import io.junctor.router.turn.Pass;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Checks this claim: an outbox adds little to the cost of encoding a message, and an event shared by many receivers is encoded
 * once.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OutboxBenchmark {
    private static final int MESSAGES = 16;

    private final BenchSession session = new BenchSession(1);
    private final Payload payload = BenchMessages.payload(Serializer.MSGPACK, 64);
    private final Result result = new Result(1, ResultDetails.FINAL, payload);
    private final OnceEncodedEvent event = new OnceEncodedEvent(new Event(1, 1, EventDetails.NONE, payload));

    /** Sends sixteen replies in one pass. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long answers() {
        try (Pass pass = Pass.open()) {
            for (int i = 0; i < MESSAGES; i++) {
                session.outbox().append(result, payload);
            }
        }
        return session.messages();
    }

    /** Sends sixteen encoded events in one pass. */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public long sharedEvents() {
        try (Pass pass = Pass.open()) {
            for (int i = 0; i < MESSAGES; i++) {
                session.outbox().append(event);
            }
        }
        return session.messages();
    }
}
