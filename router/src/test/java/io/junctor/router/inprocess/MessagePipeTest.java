package io.junctor.router.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessagePipeTest {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<String> seen = new ArrayList<>();
    private final MessagePipe pipe = new MessagePipe(tasks::add, Runnable::run, Runnable::run);
    private int takesAtOnce = Integer.MAX_VALUE;
    private @Nullable Error failure;

    private final MessagePipe.Reader reader = new MessagePipe.Reader() {
        @Override
        public boolean onMessage(byte[] message) {
            seen.add("message " + message.length);
            takesAtOnce--;
            if (failure != null) {
                throw failure;
            }
            return takesAtOnce > 0;
        }

        @Override
        public void onPong() {
            seen.add("pong");
        }

        @Override
        public void onEnd(String cause) {
            seen.add("end: " + cause);
        }
    };

    private void write(int... lengths) {
        List<byte[]> messages = new ArrayList<>();
        for (int length : lengths) {
            messages.add(new byte[length]);
        }
        pipe.write(messages, () -> seen.add("taken"));
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Test
    void aReaderGetsOneMessageForEachDemand() {
        pipe.open(reader);
        write(1, 2);
        assertThat(tasks).isEmpty();
        pipe.demand();
        runTasks();
        assertThat(seen).containsExactly("message 1");
        pipe.demand();
        runTasks();
        assertThat(seen).containsExactly("message 1", "message 2", "taken");
    }

    @Test
    void theWriterRunsNothingOfTheReaderOnItsOwnThread() {
        pipe.open(reader);
        pipe.demand();
        write(1);
        assertThat(seen).isEmpty();
        assertThat(tasks).hasSize(1);
    }

    @Test
    void atMostOneTaskWaits() {
        pipe.open(reader);
        pipe.demand();
        pipe.demand();
        write(1, 2);
        pipe.demand();
        pipe.pong();
        assertThat(tasks).hasSize(1);
        runTasks();
        assertThat(seen).containsExactly("pong", "message 1", "message 2", "taken");
    }

    @Test
    void aReaderThatHasEnoughGetsTheRestByTheNextTask() {
        takesAtOnce = 1;
        pipe.open(reader);
        pipe.demand();
        pipe.demand();
        write(1, 2);
        tasks.remove().run();
        assertThat(seen).containsExactly("message 1");
        runTasks();
        assertThat(seen).containsExactly("message 1", "message 2", "taken");
    }

    @Test
    void whatIsNotTakenIsDiscardedAtTheEndAndTheWriterIsTold() {
        pipe.open(reader);
        pipe.demand();
        write(1, 2);
        runTasks();
        pipe.end("lost");
        pipe.end("again");
        pipe.demand();
        runTasks();
        assertThat(seen).containsExactly("message 1", "end: lost", "taken");
        write(3);
        assertThat(seen).containsExactly("message 1", "end: lost", "taken", "taken");
        assertThat(tasks).isEmpty();
    }

    @Test
    void aPipeThatEndsBeforeItIsOpenTellsBothSides() {
        write(1);
        pipe.end("lost");
        runTasks();
        assertThat(seen).containsExactly("taken");
        pipe.open(reader);
        runTasks();
        assertThat(seen).containsExactly("taken", "end: lost");
    }

    @Test
    void anErrorOfTheReaderEndsThePipeForBothSides() {
        failure = new StackOverflowError();
        pipe.open(reader);
        pipe.demand();
        write(1, 2);
        runTasks();
        assertThat(seen).containsExactly("message 1", "taken", "end: reading failed");
        assertThat(pipe.hasEnded()).isTrue();
        write(3);
        assertThat(seen).endsWith("end: reading failed", "taken");
    }

    @Test
    void anErrorOfTheWriterEndsThePipe() {
        pipe.open(reader);
        pipe.demand();
        pipe.write(List.of(new byte[1]), () -> {
            throw new AssertionError("the writer fails");
        });
        runTasks();
        assertThat(seen).containsExactly("message 1", "end: writing failed");
    }

    @Test
    void aPipeWithoutThreadsEndsOnTheThreadThatUsesIt() {
        MessagePipe closed = new MessagePipe(
                task -> {
                    throw new RejectedExecutionException();
                },
                Runnable::run,
                Runnable::run);
        closed.open(reader);
        closed.demand();
        closed.write(List.of(new byte[1]), () -> seen.add("taken"));
        assertThat(seen).containsExactly("end: the router is closed", "taken");
    }
}
