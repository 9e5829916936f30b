package io.junctor.bench;

import io.junctor.router.turn.OperationSource;
import io.junctor.router.turn.Turnstile;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Checks this claim: taking a free turn costs a few nanoseconds, and submitting to a taken turn neither blocks nor wakes a
 * thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TurnBenchmark {
    private final Turnstile turnstile =
            new Turnstile(Turnstile.Bounds.ofOperations(65_536, 256), Runnable::run, fault -> {});
    private long count;

    /** An operation source that blocks its thread while it is parked. */
    @State(Scope.Thread)
    public static class Submitter extends OperationSource {
        private final Semaphore room = new Semaphore(1);

        @Override
        protected void onPark() {
            room.acquireUninterruptibly();
        }

        @Override
        protected void onRoom() {
            room.release();
        }

        void awaitRoom() {
            if (room.availablePermits() == 0) {
                room.acquireUninterruptibly();
                room.release();
            }
        }
    }

    /** Submits on one thread, without contention. */
    @Benchmark
    public void free(Submitter submitter) {
        turnstile.run(submitter, this::increment);
    }

    /** Submits on two threads that contend for one turn. */
    @Benchmark
    @Threads(2)
    public void contended(Submitter submitter) {
        submitter.awaitRoom();
        turnstile.run(submitter, this::increment);
    }

    /** Checks that operations ran. */
    @TearDown
    public void check() {
        if (count == 0) {
            throw new IllegalStateException("no operation ran");
        }
    }

    private void increment() {
        count++;
    }
}
