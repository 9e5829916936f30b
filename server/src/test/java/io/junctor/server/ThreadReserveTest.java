package io.junctor.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadReserveTest {
    @Test
    void thereIsNoProblemWhenAllThreadsStart() {
        assertThat(ThreadReserve.problem(ThreadReserve.threads(1))).isNull();
    }

    @Test
    void aProblemSaysHowManyThreadsAreNeededAndHowManyThereAreAndNoneIsLeftBehind() {
        List<Thread> started = new ArrayList<>();

        String problem = ThreadReserve.problem(20, task -> {
            if (started.size() == 7) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            Thread thread = new Thread(task);
            started.add(thread);
            return thread;
        });

        assertThat(problem).contains("needs 20 threads").contains("only 7").contains("ulimit -u");
        assertThat(started).hasSize(7).noneMatch(Thread::isAlive);
    }

    @Test
    void everyListenerNeedsThreadsOfItsOwn() {
        assertThat(ThreadReserve.threads(3) - ThreadReserve.threads(2)).isEqualTo(ListenerBinding.threads());
    }
}
