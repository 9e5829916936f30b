package io.junctor.router.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private final ScarceThreads threads = new ScarceThreads();
    private final List<String> done = new ArrayList<>();
    private int postponed;
    private final Workers workers = new Workers(threads, () -> postponed++);

    @Test
    void aTaskWithoutAThreadRunsWithTheNextTaskThatGetsOne() {
        threads.available = 0;
        workers.execute(() -> done.add("first"));
        workers.execute(() -> done.add("second"));
        assertThat(done).isEmpty();

        threads.available = 10;
        workers.execute(() -> done.add("third"));

        assertThat(done).containsExactlyInAnyOrder("first", "second", "third");
        assertThat(postponed).isGreaterThanOrEqualTo(2);
    }

    @Test
    void anInterruptThatForeignCodeLeavesEndsWithIt() {
        Workers.runForeign(() -> Thread.currentThread().interrupt());
        assertThat(Thread.currentThread().isInterrupted()).isFalse();

        Thread.currentThread().interrupt();
        Workers.runForeign(() -> done.add("ran"));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(done).containsExactly("ran");
    }

    @Test
    void aTaskThatRanAlthoughItsThreadWasReportedAsMissingRunsOnce() {
        threads.available = 0;
        threads.runsAllTheSame = true;
        workers.execute(() -> done.add("once"));

        threads.available = 10;
        workers.execute(() -> done.add("next"));

        assertThat(done).containsExactly("once", "next");
    }

    @Test
    void whatStillGetsNoThreadWaitsForTheNextTask() {
        threads.available = 0;
        workers.execute(() -> done.add("tick"));
        workers.execute(() -> done.add("tick"));
        threads.available = 1;
        workers.execute(() -> done.add("tick"));
        assertThat(done).hasSize(1);

        threads.available = 10;
        workers.execute(() -> done.add("tick"));

        assertThat(done).hasSize(4);
    }

    /** Confined to one thread. Runs tasks at once, and fails as the JVM does when no thread is {@link #available}. */
    private static final class ScarceThreads extends AbstractExecutorService {
        private int available;
        private boolean runsAllTheSame;

        @Override
        public void execute(Runnable task) {
            if (available == 0) {
                if (runsAllTheSame) {
                    task.run();
                }
                throw new OutOfMemoryError("unable to create native thread");
            }
            available--;
            task.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
