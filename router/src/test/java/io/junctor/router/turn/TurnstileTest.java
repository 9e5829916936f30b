package io.junctor.router.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.turn.Turnstile.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnstileTest {
    private static final int ROOMY = 10_000;
    private static final int LARGE = Mailbox.SMALL_BYTES + 1;
    private static final long UNBOUNDED = Long.MAX_VALUE / 2;

    private final Deque<Runnable> calledWorkers = new ArrayDeque<>();
    private final List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());
    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());
    private final NotedSource source = new NotedSource();

    @Test
    void operationRunsAtOnceWhereTheTurnIsFree() {
        Turnstile turnstile = turnstile(ROOMY, ROOMY);
        List<Thread> threads = new ArrayList<>();

        turnstile.run(source, () -> threads.add(Thread.currentThread()));
        turnstile.run(() -> threads.add(Thread.currentThread()));
        turnstile.runLast(source, () -> threads.add(Thread.currentThread()));

        assertThat(threads).hasSize(3).containsOnly(Thread.currentThread());
        assertNothingLeft(turnstile);
    }

    @Test
    void turnBelongsToTheThreadThatRunsTheOperationAndIsFreeAfterwards() {
        Turnstile turnstile = turnstile(ROOMY, ROOMY);
        List<Boolean> mine = new ArrayList<>();

        turnstile.run(source, () -> mine.add(turnstile.isMine()));
        assertThat(mine).containsExactly(true);
        assertThat(turnstile.isMine()).isFalse();

        HeldTurn holder = HeldTurn.of(turnstile);
        assertThat(turnstile.isMine()).isFalse();
        holder.release();
    }

    @Test
    void whatIsSubmittedMeanwhileRunsOnTheHoldersThread() {
        Turnstile turnstile = turnstile(ROOMY, ROOMY);
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        HeldTurn holder = HeldTurn.of(turnstile);

        turnstile.run(source, () -> threads.add(Thread.currentThread()));
        turnstile.run(() -> threads.add(Thread.currentThread()));
        assertThat(threads).isEmpty();
        assertThat(turnstile.waiting()).isEqualTo(2);
        holder.release();

        assertThat(threads).hasSize(2).containsOnly(holder.thread());
        assertNothingLeft(turnstile);
    }

    @Test
    void operationsRunInTheOrderInWhichTheyWereSubmitted() {
        Turnstile turnstile = turnstile(ROOMY, ROOMY);
        NotedSource other = new NotedSource();
        HeldTurn holder = HeldTurn.of(turnstile);

        submit(turnstile, source, "a1");
        submit(turnstile, other, "b1");
        submit(turnstile, source, "a2");
        submit(turnstile, other, "b2");
        holder.release();

        assertThat(ran).containsExactly("a1", "b1", "a2", "b2");
    }

    @Test
    void whoHasDoneAsManyStepsAsFitAPassLeavesTheRestToAWorker() {
        Turnstile turnstile = turnstile(ROOMY, ROOMY);
        try (Pass pass = Pass.open()) {
            turnstile.runInPass(Operation.of(source, 0, () -> {
                ran.add("a1");
                Pass.current().spend(Pass.STEPS);
            }));
            turnstile.runInPass(Operation.of(source, 0, () -> ran.add("a2")));
            turnstile.runInPass(Operation.of(source, 0, () -> ran.add("a3")));
            pass.settle();
            assertThat(ran).containsExactly("a1");
            assertThat(turnstile.waiting()).isEqualTo(2);
        }
        assertThat(calledWorkers).hasSize(1);
        calledWorkers.removeFirst().run();
        assertThat(ran).containsExactly("a1", "a2", "a3");
        assertNothingLeft(turnstile);
    }

    @Test
    void noThreadRunsMoreThanItsShareAndOneWorkerContinues() {
        Turnstile turnstile = turnstile(ROOMY, ROOMY);
        HeldTurn holder = HeldTurn.of(turnstile);
        int submitted = 2 * Turnstile.ROUND + 10;
        IntStream.range(0, submitted).forEach(i -> submit(turnstile, source, "a" + i));

        holder.release();
        assertThat(ran).hasSize(Turnstile.ROUND);
        assertThat(calledWorkers).hasSize(1);

        calledWorkers.remove().run();
        assertThat(ran).hasSize(2 * Turnstile.ROUND);
        assertThat(calledWorkers).hasSize(1);

        calledWorkers.remove().run();
        assertThat(ran)
                .containsExactlyElementsOf(
                        IntStream.range(0, submitted).mapToObj(i -> "a" + i).toList());
        assertNothingLeft(turnstile);
    }

    @Test
    void whatIsSubmittedWhileAWorkerIsDueWaitsBehindTheRest() {
        Turnstile turnstile = turnstile(ROOMY, ROOMY);
        HeldTurn holder = HeldTurn.of(turnstile);
        IntStream.range(0, Turnstile.ROUND + 1).forEach(i -> submit(turnstile, source, "a" + i));
        holder.release();

        submit(turnstile, source, "late");

        assertThat(ran).endsWith("a" + Turnstile.ROUND, "late");
        calledWorkers.forEach(Runnable::run);
        assertThat(ran).hasSize(Turnstile.ROUND + 2);
        assertThat(turnstile.waiting()).isZero();
    }

    @Test
    void aWorkerFlushesAtTheEndOfItsRound() {
        Turnstile turnstile = turnstile(ROOMY, ROOMY);
        HeldTurn holder = HeldTurn.of(turnstile);
        IntStream.range(0, Turnstile.ROUND).forEach(i -> submit(turnstile, source, "a" + i));
        turnstile.run(source, () -> Pass.current().atEnd(() -> ran.add("flushed, my turn: " + turnstile.isMine())));
        submit(turnstile, source, "last");
        holder.release();

        calledWorkers.remove().run();

        assertThat(ran).endsWith("last", "flushed, my turn: false");
    }

    @Test
    void laneAtItsBoundParksAndGoesOnInOrder() {
        Turnstile turnstile = turnstile(ROOMY, 4);
        HeldTurn holder = HeldTurn.of(turnstile);
        IntStream.rangeClosed(1, 4).forEach(i -> submit(turnstile, source, "a" + i));
        assertThat(source.parks).isZero();

        submit(turnstile, source, "parked");
        assertThat(source.parks).isEqualTo(1);
        assertThat(source.rooms).isZero();
        holder.release();

        assertThat(ran).containsExactly("a1", "a2", "a3", "a4", "parked");
        assertThat(source.rooms).isEqualTo(1);
        assertNothingLeft(turnstile);
    }

    @Test
    void laneAtItsBoundLeavesRoomForOthers() {
        Turnstile turnstile = turnstile(ROOMY, 1);
        NotedSource other = new NotedSource();
        HeldTurn holder = HeldTurn.of(turnstile);

        submit(turnstile, source, "a1");
        submit(turnstile, source, "a2, parked");
        submit(turnstile, other, "b1");
        holder.release();

        assertThat(other.parks).isZero();
        assertThat(ran).containsExactly("a1", "b1", "a2, parked");
    }

    @Test
    void fullMailboxParksEverySourceUntilItHasRoom() {
        Turnstile turnstile = turnstile(2, 2);
        List<NotedSource> sources =
                IntStream.range(0, 5).mapToObj(i -> new NotedSource()).toList();
        HeldTurn holder = HeldTurn.of(turnstile);

        submit(turnstile, source, "a1");
        submit(turnstile, source, "a2");
        IntStream.range(0, 5).forEach(i -> submit(turnstile, sources.get(i), "b" + i));
        assertThat(sources).allSatisfy(each -> assertThat(each.parks).isEqualTo(1));
        assertThat(turnstile.waiting()).isEqualTo(2);
        holder.release();

        assertThat(ran).containsExactly("a1", "a2", "b0", "b1", "b2", "b3", "b4");
        assertThat(sources).allSatisfy(each -> assertThat(each.rooms).isEqualTo(1));
        assertNothingLeft(turnstile);
    }

    @Test
    void laneIsToldOfRoomOutsideOfTheTurnAndMaySubmitThere() {
        Turnstile turnstile = turnstile(ROOMY, 1);
        NotedSource resuming = new NotedSource() {
            @Override
            protected void onRoom() {
                ran.add("room, my turn: " + turnstile.isMine());
                submit(turnstile, this, "next");
            }
        };
        HeldTurn holder = HeldTurn.of(turnstile);
        submit(turnstile, resuming, "first");
        submit(turnstile, resuming, "parked");
        holder.release();

        assertThat(ran).containsExactly("first", "parked", "room, my turn: false", "next");
        assertNothingLeft(turnstile);
    }

    @Test
    void lastRunsBehindWhatIsParkedHoweverMuchRoomIsMadeBefore() {
        Turnstile turnstile = turnstile(ROOMY, 4);
        HeldTurn holder = HeldTurn.of(turnstile);
        IntStream.rangeClosed(1, 4).forEach(i -> submit(turnstile, source, "a" + i));
        submit(turnstile, source, "parked");
        turnstile.runLast(source, () -> ran.add("last"));
        holder.release();

        assertThat(ran).containsExactly("a1", "a2", "a3", "a4", "parked", "last");
        assertThat(source.rooms).isEqualTo(1);
        assertNothingLeft(turnstile);
    }

    @Test
    void twoThatAreLastBothRunBehindWhatIsParked() {
        Turnstile turnstile = turnstile(1, 1);
        HeldTurn holder = HeldTurn.of(turnstile);
        submit(turnstile, new NotedSource(), "other");
        submit(turnstile, source, "parked");
        turnstile.runLast(source, () -> ran.add("last"));
        turnstile.runLast(source, () -> ran.add("very last"));
        holder.release();

        assertThat(ran).containsExactly("other", "parked", "last", "very last");
        assertThat(source.rooms).isEqualTo(1);
        assertNothingLeft(turnstile);
    }

    @Test
    void laneThatParksAgainAfterItsLastKeepsItsOrder() {
        Turnstile turnstile = turnstile(ROOMY, 2);
        NotedSource again = new NotedSource() {
            @Override
            protected void onRoom() {
                super.onRoom();
                if (rooms == 1) {
                    HeldTurn holder = HeldTurn.of(turnstile);
                    List.of("b1", "b2", "b3").forEach(name -> submit(turnstile, this, name));
                    holder.release();
                }
            }
        };
        HeldTurn holder = HeldTurn.of(turnstile);
        List.of("a1", "a2", "a3").forEach(name -> submit(turnstile, again, name));
        turnstile.runLast(again, () -> ran.add("last"));
        holder.release();

        assertThat(ran).containsExactly("a1", "a2", "a3", "last", "b1", "b2", "b3");
        assertThat(again.parks).isEqualTo(2);
        assertThat(again.rooms).isEqualTo(2);
        assertNothingLeft(turnstile);
    }

    @Test
    void slotOfItsOwnNeedsNoRoom() {
        Turnstile turnstile = turnstile(1, 1);
        HeldTurn holder = HeldTurn.of(turnstile);
        submit(turnstile, source, "a1");
        turnstile.run(() -> ran.add("own"));
        turnstile.runLast(source, () -> ran.add("last"));
        assertThat(turnstile.waiting()).isEqualTo(3);
        holder.release();

        assertThat(ran).containsExactly("a1", "own", "last");
        assertThat(source.parks).isZero();
        assertNothingLeft(turnstile);
    }

    @Test
    void whatIsSubmittedInTheTurnRunsAfterTheOperationByTheSameThread() {
        Turnstile turnstile = turnstile(ROOMY, ROOMY);
        turnstile.run(source, () -> {
            turnstile.run(() -> ran.add("inner"));
            turnstile.runLast(source, () -> ran.add("inner last"));
            ran.add("outer");
        });

        assertThat(ran).containsExactly("outer", "inner", "inner last");
        assertNothingLeft(turnstile);
    }

    @Test
    void whatAPassCollectsRunsInOneTurnAtItsEnd() {
        Turnstile turnstile = turnstile(ROOMY, ROOMY);
        try (Pass pass = Pass.open()) {
            collect(turnstile, source, "a1");
            collect(turnstile, new NotedSource(), "b1");
            turnstile.runInPass(Operation.of(source, 0, () -> turnstile.run(() -> ran.add("behind the turn"))));
            collect(turnstile, source, "a3");
            pass.atEnd(() -> ran.add("flushed"));
            assertThat(ran).isEmpty();
        }

        assertThat(ran).containsExactly("a1", "b1", "a3", "behind the turn", "flushed");
        assertNothingLeft(turnstile);
    }

    @Test
    void passRunsAtOnceWhatIsEnoughForOneTurn() {
        Turnstile turnstile = turnstile(ROOMY, ROOMY);
        try (Pass pass = Pass.open()) {
            IntStream.range(0, Pass.BATCH_OPERATIONS + 1).forEach(i -> collect(turnstile, source, "a" + i));
            assertThat(ran).hasSize(Pass.BATCH_OPERATIONS);
        }
        assertThat(ran).hasSize(Pass.BATCH_OPERATIONS + 1);
    }

    @Test
    void nothingOvertakesWhatThePassCollected() {
        Turnstile turnstile = turnstile(ROOMY, ROOMY);
        Turnstile other = turnstile(ROOMY, ROOMY);
        try (Pass pass = Pass.open()) {
            collect(turnstile, source, "a1");
            collect(other, source, "a2, elsewhere");
            collect(turnstile, source, "a3");
            submit(turnstile, source, "a4");
            collect(turnstile, source, "a5");
            turnstile.runLast(source, () -> ran.add("last"));
        }
        assertThat(ran).containsExactly("a1", "a2, elsewhere", "a3", "a4", "a5", "last");
    }

    @Test
    void aBatchGoesToTheThreadThatHasTheTurnAndNeedsNoRoom() {
        Turnstile turnstile = turnstile(2, 2);
        HeldTurn holder = HeldTurn.of(turnstile);
        try (Pass pass = Pass.open()) {
            List.of("a1", "a2", "a3").forEach(name -> collect(turnstile, source, name));
        }
        assertThat(turnstile.waiting()).isEqualTo(3);
        assertThat(source.parks).isZero();
        holder.release();

        assertThat(ran).containsExactly("a1", "a2", "a3");
        assertNothingLeft(turnstile);
    }

    @Test
    void laneWithoutRoomParksInAPassToo() {
        Turnstile turnstile = turnstile(ROOMY, 1);
        HeldTurn holder = HeldTurn.of(turnstile);
        submit(turnstile, source, "a1");
        try (Pass pass = Pass.open()) {
            collect(turnstile, source, "parked");
            assertThat(source.parks).isEqualTo(1);
        }
        holder.release();

        assertThat(ran).containsExactly("a1", "parked");
        assertNothingLeft(turnstile);
    }

    @Test
    void laneWithAsManyBytesAsItMayHaveParks() {
        Turnstile turnstile = withBytes(UNBOUNDED, 1_000);
        NotedSource other = new NotedSource();
        HeldTurn holder = HeldTurn.of(turnstile);
        turnstile.runNow(Operation.of(source, 999, () -> ran.add("a1")));
        turnstile.runNow(Operation.of(source, 5_000, () -> ran.add("a2")));
        assertThat(source.parks).isZero();

        turnstile.runNow(Operation.of(source, 1, () -> ran.add("a3, parked")));
        turnstile.runNow(Operation.of(other, 1, () -> ran.add("b1")));
        assertThat(source.parks).isEqualTo(1);
        assertThat(other.parks).isZero();
        assertThat(turnstile.waitingBytes()).isEqualTo(6_000);
        holder.release();

        assertThat(ran).containsExactly("a1", "a2", "b1", "a3, parked");
        assertThat(source.rooms).isEqualTo(1);
        assertNothingLeft(turnstile);
    }

    @Test
    void mailboxWithAsManyBytesAsItMayHaveParksEverySource() {
        Turnstile turnstile = withBytes(10 * LARGE, 10 * LARGE);
        List<NotedSource> sources =
                IntStream.range(0, 30).mapToObj(i -> new NotedSource()).toList();
        HeldTurn holder = HeldTurn.of(turnstile);

        for (NotedSource each : sources) {
            turnstile.runNow(Operation.of(each, LARGE, () -> ran.add("ran")));
        }
        assertThat(turnstile.waitingBytes()).isEqualTo(10 * LARGE);
        assertThat(sources)
                .extracting(each -> each.parks)
                .filteredOn(parks -> parks == 1)
                .hasSize(20);
        holder.release();

        assertThat(ran).hasSize(30);
        assertThat(sources).allSatisfy(each -> assertThat(each.rooms).isEqualTo(each.parks));
        assertNothingLeft(turnstile);
    }

    @Test
    void mailboxesThatHoldTooMuchTogetherTakeOneOperationEach() {
        MailboxBudget together = new MailboxBudget(2 * LARGE);
        Turnstile full = turnstileFor(UNBOUNDED, UNBOUNDED, together);
        Turnstile turnstile = turnstileFor(UNBOUNDED, UNBOUNDED, together);
        NotedSource other = new NotedSource();
        HeldTurn holderOfFull = HeldTurn.of(full);
        full.runNow(Operation.of(source, 2 * LARGE, () -> ran.add("full")));
        HeldTurn holder = HeldTurn.of(turnstile);
        for (NotedSource each : List.of(new NotedSource(), new NotedSource(), other)) {
            turnstile.runNow(Operation.of(each, LARGE, () -> ran.add("ran")));
        }
        assertThat(other.parks).isEqualTo(1);
        assertThat(turnstile.waitingBytes()).isEqualTo(LARGE);
        assertThat(together.bytes()).isEqualTo(3 * LARGE);

        holder.release();
        assertThat(ran).as("although the other mailbox stays full").containsExactly("ran", "ran", "ran");
        assertThat(other.rooms).isEqualTo(1);
        holderOfFull.release();
        assertThat(ran).hasSize(4);
        assertThat(together.bytes()).isZero();
        assertNothingLeft(turnstile);
    }

    @Test
    void largeOperationsDoNotKeepOutASmallOneOfAnotherSource() {
        MailboxBudget together = new MailboxBudget(10 * LARGE);
        Turnstile turnstile = turnstileFor(10 * LARGE, 10 * LARGE, together);
        NotedSource quiet = new NotedSource();
        HeldTurn holder = HeldTurn.of(turnstile);
        IntStream.range(0, 10).forEach(i -> turnstile.runNow(Operation.of(source, LARGE, () -> ran.add("large"))));

        turnstile.runNow(Operation.of(quiet, Mailbox.SMALL_BYTES, () -> ran.add("small")));
        assertThat(quiet.parks).isZero();
        turnstile.runNow(Operation.of(quiet, 1, () -> ran.add("second")));
        assertThat(quiet.parks).isEqualTo(1);
        NotedSource third = new NotedSource();
        IntStream.range(0, 2)
                .forEach(i -> turnstile.runNow(Operation.of(new NotedSource(), Mailbox.SMALL_BYTES, () -> {})));
        turnstile.runNow(Operation.of(third, 1, () -> ran.add("beyond the quarter")));
        assertThat(third.parks).isEqualTo(1);
        holder.release();

        assertThat(ran).startsWith("small").hasSize(13);
        assertThat(together.bytes()).isZero();
        assertNothingLeft(turnstile);
    }

    @Test
    void passCollectsNoMoreBehindManyBytes() {
        Turnstile turnstile = turnstile(ROOMY, ROOMY);
        try (Pass pass = Pass.open()) {
            turnstile.runInPass(Operation.of(source, Pass.BATCH_BYTES - 1, () -> ran.add("a1")));
            assertThat(ran).isEmpty();
            turnstile.runInPass(Operation.of(source, 1, () -> ran.add("a2")));
            assertThat(ran).containsExactly("a1", "a2");
        }
        assertNothingLeft(turnstile);
    }

    @Test
    void whatAFlushBringsIsRunInTheSamePass() {
        Turnstile turnstile = turnstile(ROOMY, ROOMY);
        try (Pass pass = Pass.open()) {
            pass.atEnd(() -> turnstile.runInPass(Operation.of(
                    source, 0, () -> Pass.current().atEnd(() -> ran.add("flushed, my turn: " + turnstile.isMine())))));
        }
        assertThat(ran).containsExactly("flushed, my turn: false");
        assertNothingLeft(turnstile);
    }

    @Test
    void faultIsToldAndStopsNothing() {
        Turnstile turnstile = turnstile(ROOMY, ROOMY);
        IllegalStateException fault = new IllegalStateException("planted");
        HeldTurn holder = HeldTurn.of(turnstile);
        turnstile.run(source, () -> {
            throw fault;
        });
        submit(turnstile, source, "after");
        holder.release();

        assertThat(faults).containsExactly(fault);
        assertThat(ran).containsExactly("after");
        assertNothingLeft(turnstile);
    }

    @Test
    void faultHandlerThatFailsDoesNotKeepTheTurn() {
        Turnstile turnstile = new Turnstile(Turnstile.Bounds.ofOperations(ROOMY, ROOMY), calledWorkers::add, fault -> {
            throw new IllegalStateException("second", fault);
        });
        turnstile.run(source, () -> {
            throw new IllegalStateException("first");
        });
        submit(turnstile, source, "after");

        assertThat(turnstile.isMine()).isFalse();
        assertThat(ran).containsExactly("after");
    }

    private Turnstile withBytes(long bytes, long bytesPerSource) {
        return turnstileFor(bytes, bytesPerSource, new MailboxBudget(UNBOUNDED));
    }

    private Turnstile turnstileFor(long bytes, long bytesPerSource, MailboxBudget together) {
        return new Turnstile(
                new Turnstile.Bounds(ROOMY, ROOMY, bytes, bytesPerSource, together), calledWorkers::add, faults::add);
    }

    private Turnstile turnstile(int capacity, int capacityPerSource) {
        return new Turnstile(
                Turnstile.Bounds.ofOperations(capacity, capacityPerSource), calledWorkers::add, faults::add);
    }

    private void submit(Turnstile turnstile, OperationSource by, String name) {
        turnstile.run(by, () -> ran.add(name));
    }

    private void collect(Turnstile turnstile, OperationSource by, String name) {
        turnstile.runInPass(Operation.of(by, 0, () -> ran.add(name)));
    }

    private void assertNothingLeft(Turnstile turnstile) {
        assertThat(turnstile.waiting()).isZero();
        assertThat(turnstile.waitingBytes()).isZero();
        assertThat(source.waiting.operations()).isZero();
        assertThat(source.waiting.bytes()).isZero();
        assertThat(source.parked.get()).isNull();
        assertThat(calledWorkers).isEmpty();
    }
}
