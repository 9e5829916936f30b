package io.junctor.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.RecordingAcceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ThreadStartupCheckTest {
    @Test
    void thereIsNoProblemWhenAllThreadsStart() {
        assertThat(ThreadStartupCheck.problem(ThreadStartupCheck.threads(1))).isNull();
    }

    @Test
    void aProblemSaysHowManyThreadsAreNeededAndHowManyThereAreAndNoneIsLeftBehind() {
        List<Thread> started = new ArrayList<>();

        String problem = ThreadStartupCheck.problem(20, task -> {
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
    void aListenerHasAllItsThreadsBeforeItsFirstClient() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        try (TestListener listener = TestListener.with(new RecordingAcceptor((accepted, message) -> {}))) {
            assertThat(listener.port()).isPositive();
            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> !before.contains(thread))
                            .filter(thread -> thread.getName().startsWith("io-")))
                    .hasSize(ListenerBinding.threads());
        }
    }

    @Test
    void everyListenerNeedsThreadsOfItsOwn() {
        assertThat(ThreadStartupCheck.threads(3) - ThreadStartupCheck.threads(2))
                .isEqualTo(ListenerBinding.threads());
    }
}
