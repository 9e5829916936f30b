package io.junctor.router.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** In which order the operations of several sources run that wait for the turn. */
class MailboxTest {
    private final Deque<Runnable> calledWorkers = new ArrayDeque<>();
    private final List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());
    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());
    private final NotedSource source = new NotedSource();
    private final Turnstile turnstile =
            new Turnstile(Turnstile.Bounds.ofOperations(10_000, 10_000), calledWorkers::add, faults::add);

    @Test
    void operationsOfQuietSourcesDoNotWaitForAllThoseOfABusyOne() {
        NotedSource other = new NotedSource();
        HeldTurn holder = HeldTurn.of(turnstile);
        int many = Mailbox.FEW + 1;
        IntStream.range(0, many).forEach(i -> submit(source, "a" + i));
        submit(other, "b0");
        turnstile.run(() -> ran.add("own"));
        turnstile.runLast(source, () -> ran.add("last"));
        submit(other, "b1");
        holder.release();

        assertThat(ran).containsExactly("b0", "own", "b1", "a0", "a1", "a2", "a3", "a4", "last");
        assertNothingLeft();
    }

    @Test
    void busySourcesAreServedWhileOperationsOfQuietOnesKeepComing() {
        HeldTurn holder = HeldTurn.of(turnstile);
        IntStream.rangeClosed(0, Mailbox.FEW).forEach(i -> submit(source, "a" + i));
        IntStream.range(0, 2 * Mailbox.OTHERS + 1).forEach(i -> submit(new NotedSource(), "b"));
        holder.release();

        assertThat(ran.indexOf("a0")).isEqualTo(Mailbox.OTHERS);
        assertThat(ran.indexOf("a1")).isEqualTo(2 * Mailbox.OTHERS + 1);
        assertNothingLeft();
    }

    @Test
    void busySourcesTakeTurnsByTheStepsOfTheirOperationsAndEachKeepsItsOrder() {
        NotedSource other = new NotedSource();
        HeldTurn holder = HeldTurn.of(turnstile);
        for (int i = 0; i <= Mailbox.FEW; i++) {
            String name = "a" + i;
            turnstile.run(source, () -> {
                ran.add(name);
                Pass.current().spend(Mailbox.STEPS);
            });
        }
        IntStream.range(0, Mailbox.STEPS + 1).forEach(i -> submit(other, "b" + i));
        holder.release();

        List<String> expected = new ArrayList<>(List.of("a0"));
        IntStream.range(0, Mailbox.STEPS).forEach(i -> expected.add("b" + i));
        expected.addAll(List.of("a1", "b" + Mailbox.STEPS, "a2", "a3", "a4"));
        assertThat(ran).containsExactlyElementsOf(expected);
        assertNothingLeft();
    }

    @Test
    void nothingOvertakesTheRestOfABusySource() {
        HeldTurn holder = HeldTurn.of(turnstile);
        IntStream.range(0, Turnstile.ROUND + 2).forEach(i -> submit(source, "a" + i));
        holder.release();
        assertThat(ran).hasSize(Turnstile.ROUND);

        submit(source, "late");

        assertThat(ran).endsWith("a" + (Turnstile.ROUND + 1), "late");
    }

    private void submit(NotedSource source, String name) {
        turnstile.run(source, () -> ran.add(name));
    }

    private void assertNothingLeft() {
        assertThat(turnstile.waiting()).isZero();
        assertThat(calledWorkers).isEmpty();
        assertThat(faults).isEmpty();
    }
}
