package io.junctor.router.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnstileTest {
    private static final int ROOMY = 10_000;
    private static final int LARGE = Turnstile.SMALL_BYTES + 1;
    private static final long UNBOUNDED = Long.MAX_VALUE / 2;

    private final Deque<Runnable> calledWorkers = new ArrayDeque<>();
    private final List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());
    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());
    private final NotedLane lane = new NotedLane();

    @Test
    void operationRunsAtOnceWhereTheTurnIsFree() {
        Turnstile turnstile = turnstile(ROOMY, ROOMY);
        List<Thread> threads = new ArrayList<>();

        turnstile.run(lane, () -> threads.add(Thread.currentThread()));
        turnstile.run(() -> threads.add(Thread.currentThread()));
        turnstile.runLast(lane, () -> threads.add(Thread.currentThread()));

        assertThat(threads).hasSize(3).containsOnly(Thread.currentThread());
        assertNothingLeft(turnstile);
    }

    @Test
    void turnBelongsToTheThreadThatRunsTheOperationAndIsFreeAfterwards() {
        Turnstile turnstile = turnstile(ROOMY, ROOMY);
        List<Boolean> mine = new ArrayList<>();

        turnstile.run(lane, () -> mine.add(turnstile.isMine()));
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

        turnstile.run(lane, () -> threads.add(Thread.currentThread()));
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
        NotedLane other = new NotedLane();
        HeldTurn holder = HeldTurn.of(turnstile);

        submit(turnstile, lane, "a1");
        submit(turnstile, other, "b1");
        submit(turnstile, lane, "a2");
        submit(turnstile, other, "b2");
        holder.release();

        assertThat(ran).containsExactly("a1", "b1", "a2", "b2");
    }

    @Test
    void whoHasDoneAsManyStepsAsFitAPassLeavesTheRestToAWorker() {
        Turnstile turnstile = turnstile(ROOMY, ROOMY);
        try (Pass pass = Pass.open()) {
            turnstile.runInPass(lane, 0, () -> {
                ran.add("a1");
                Pass.current().spend(Pass.STEPS);
            });
            turnstile.runInPass(lane, 0, () -> ran.add("a2"));
            turnstile.runInPass(lane, 0, () -> ran.add("a3"));
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
        IntStream.range(0, submitted).forEach(i -> submit(turnstile, lane, "a" + i));

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
        IntStream.range(0, Turnstile.ROUND + 1).forEach(i -> submit(turnstile, lane, "a" + i));
        holder.release();

        submit(turnstile, lane, "late");

        assertThat(ran).endsWith("a" + Turnstile.ROUND, "late");
        calledWorkers.forEach(Runnable::run);
        assertThat(ran).hasSize(Turnstile.ROUND + 2);
        assertThat(turnstile.waiting()).isZero();
    }

    @Test
    void aWorkerFlushesAtTheEndOfItsRound() {
        Turnstile turnstile = turnstile(ROOMY, ROOMY);
        HeldTurn holder = HeldTurn.of(turnstile);
        IntStream.range(0, Turnstile.ROUND).forEach(i -> submit(turnstile, lane, "a" + i));
        turnstile.run(lane, () -> Pass.current().atEnd(() -> ran.add("flushed, my turn: " + turnstile.isMine())));
        submit(turnstile, lane, "last");
        holder.release();

        calledWorkers.remove().run();

        assertThat(ran).endsWith("last", "flushed, my turn: false");
    }

    @Test
    void laneAtItsBoundParksAndGoesOnInOrder() {
        Turnstile turnstile = turnstile(ROOMY, 4);
        HeldTurn holder = HeldTurn.of(turnstile);
        IntStream.rangeClosed(1, 4).forEach(i -> submit(turnstile, lane, "a" + i));
        assertThat(lane.parks).isZero();

        submit(turnstile, lane, "parked");
        assertThat(lane.parks).isEqualTo(1);
        assertThat(lane.rooms).isZero();
        holder.release();

        assertThat(ran).containsExactly("a1", "a2", "a3", "a4", "parked");
        assertThat(lane.rooms).isEqualTo(1);
        assertNothingLeft(turnstile);
    }

    @Test
    void laneAtItsBoundLeavesRoomForOthers() {
        Turnstile turnstile = turnstile(ROOMY, 1);
        NotedLane other = new NotedLane();
        HeldTurn holder = HeldTurn.of(turnstile);

        submit(turnstile, lane, "a1");
        submit(turnstile, lane, "a2, parked");
        submit(turnstile, other, "b1");
        holder.release();

        assertThat(other.parks).isZero();
        assertThat(ran).containsExactly("a1", "b1", "a2, parked");
    }

    @Test
    void fullMailboxParksEveryLaneUntilItHasRoom() {
        Turnstile turnstile = turnstile(2, 2);
        List<NotedLane> lanes =
                IntStream.range(0, 5).mapToObj(i -> new NotedLane()).toList();
        HeldTurn holder = HeldTurn.of(turnstile);

        submit(turnstile, lane, "a1");
        submit(turnstile, lane, "a2");
        IntStream.range(0, 5).forEach(i -> submit(turnstile, lanes.get(i), "b" + i));
        assertThat(lanes).allSatisfy(each -> assertThat(each.parks).isEqualTo(1));
        assertThat(turnstile.waiting()).isEqualTo(2);
        holder.release();

        assertThat(ran).containsExactly("a1", "a2", "b0", "b1", "b2", "b3", "b4");
        assertThat(lanes).allSatisfy(each -> assertThat(each.rooms).isEqualTo(1));
        assertNothingLeft(turnstile);
    }

    @Test
    void laneIsToldOfRoomOutsideOfTheTurnAndMaySubmitThere() {
        Turnstile turnstile = turnstile(ROOMY, 1);
        NotedLane resuming = new NotedLane() {
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
        IntStream.rangeClosed(1, 4).forEach(i -> submit(turnstile, lane, "a" + i));
        submit(turnstile, lane, "parked");
        turnstile.runLast(lane, () -> ran.add("last"));
        holder.release();

        assertThat(ran).containsExactly("a1", "a2", "a3", "a4", "parked", "last");
        assertThat(lane.rooms).isEqualTo(1);
        assertNothingLeft(turnstile);
    }

    @Test
    void twoThatAreLastBothRunBehindWhatIsParked() {
        Turnstile turnstile = turnstile(1, 1);
        HeldTurn holder = HeldTurn.of(turnstile);
        submit(turnstile, new NotedLane(), "other");
        submit(turnstile, lane, "parked");
        turnstile.runLast(lane, () -> ran.add("last"));
        turnstile.runLast(lane, () -> ran.add("very last"));
        holder.release();

        assertThat(ran).containsExactly("other", "parked", "last", "very last");
        assertThat(lane.rooms).isEqualTo(1);
        assertNothingLeft(turnstile);
    }

    @Test
    void laneThatParksAgainAfterItsLastKeepsItsOrder() {
        Turnstile turnstile = turnstile(ROOMY, 2);
        NotedLane again = new NotedLane() {
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
        submit(turnstile, lane, "a1");
        turnstile.run(() -> ran.add("own"));
        turnstile.runLast(lane, () -> ran.add("last"));
        assertThat(turnstile.waiting()).isEqualTo(3);
        holder.release();

        assertThat(ran).containsExactly("a1", "own", "last");
        assertThat(lane.parks).isZero();
        assertNothingLeft(turnstile);
    }

    @Test
    void whatIsSubmittedInTheTurnRunsAfterTheOperationByTheSameThread() {
        Turnstile turnstile = turnstile(ROOMY, ROOMY);
        turnstile.run(lane, () -> {
            turnstile.run(() -> ran.add("inner"));
            turnstile.runLast(lane, () -> ran.add("inner last"));
            ran.add("outer");
        });

        assertThat(ran).containsExactly("outer", "inner", "inner last");
        assertNothingLeft(turnstile);
    }

    @Test
    void whatAPassCollectsRunsInOneTurnAtItsEnd() {
        Turnstile turnstile = turnstile(ROOMY, ROOMY);
        try (Pass pass = Pass.open()) {
            collect(turnstile, lane, "a1");
            collect(turnstile, new NotedLane(), "b1");
            turnstile.runInPass(lane, 0, () -> turnstile.run(() -> ran.add("behind the turn")));
            collect(turnstile, lane, "a3");
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
            IntStream.range(0, Pass.BATCH_OPERATIONS + 1).forEach(i -> collect(turnstile, lane, "a" + i));
            assertThat(ran).hasSize(Pass.BATCH_OPERATIONS);
        }
        assertThat(ran).hasSize(Pass.BATCH_OPERATIONS + 1);
    }

    @Test
    void nothingOvertakesWhatThePassCollected() {
        Turnstile turnstile = turnstile(ROOMY, ROOMY);
        Turnstile other = turnstile(ROOMY, ROOMY);
        try (Pass pass = Pass.open()) {
            collect(turnstile, lane, "a1");
            collect(other, lane, "a2, elsewhere");
            collect(turnstile, lane, "a3");
            submit(turnstile, lane, "a4");
            collect(turnstile, lane, "a5");
            turnstile.runLast(lane, () -> ran.add("last"));
        }
        assertThat(ran).containsExactly("a1", "a2, elsewhere", "a3", "a4", "a5", "last");
    }

    @Test
    void aBatchGoesToTheThreadThatHasTheTurnAndNeedsNoRoom() {
        Turnstile turnstile = turnstile(2, 2);
        HeldTurn holder = HeldTurn.of(turnstile);
        try (Pass pass = Pass.open()) {
            List.of("a1", "a2", "a3").forEach(name -> collect(turnstile, lane, name));
        }
        assertThat(turnstile.waiting()).isEqualTo(3);
        assertThat(lane.parks).isZero();
        holder.release();

        assertThat(ran).containsExactly("a1", "a2", "a3");
        assertNothingLeft(turnstile);
    }

    @Test
    void laneWithoutRoomParksInAPassToo() {
        Turnstile turnstile = turnstile(ROOMY, 1);
        HeldTurn holder = HeldTurn.of(turnstile);
        submit(turnstile, lane, "a1");
        try (Pass pass = Pass.open()) {
            collect(turnstile, lane, "parked");
            assertThat(lane.parks).isEqualTo(1);
        }
        holder.release();

        assertThat(ran).containsExactly("a1", "parked");
        assertNothingLeft(turnstile);
    }

    @Test
    void laneWithAsManyBytesAsItMayHaveParks() {
        Turnstile turnstile = withBytes(UNBOUNDED, 1_000);
        NotedLane other = new NotedLane();
        HeldTurn holder = HeldTurn.of(turnstile);
        turnstile.run(lane, 999, () -> ran.add("a1"));
        turnstile.run(lane, 5_000, () -> ran.add("a2"));
        assertThat(lane.parks).isZero();

        turnstile.run(lane, 1, () -> ran.add("a3, parked"));
        turnstile.run(other, 1, () -> ran.add("b1"));
        assertThat(lane.parks).isEqualTo(1);
        assertThat(other.parks).isZero();
        assertThat(turnstile.waitingBytes()).isEqualTo(6_000);
        holder.release();

        assertThat(ran).containsExactly("a1", "a2", "b1", "a3, parked");
        assertThat(lane.rooms).isEqualTo(1);
        assertNothingLeft(turnstile);
    }

    @Test
    void mailboxWithAsManyBytesAsItMayHaveParksEveryLane() {
        Turnstile turnstile = withBytes(10 * LARGE, 10 * LARGE);
        List<NotedLane> lanes =
                IntStream.range(0, 30).mapToObj(i -> new NotedLane()).toList();
        HeldTurn holder = HeldTurn.of(turnstile);

        for (NotedLane each : lanes) {
            turnstile.run(each, LARGE, () -> ran.add("ran"));
        }
        assertThat(turnstile.waitingBytes()).isEqualTo(10 * LARGE);
        assertThat(lanes)
                .extracting(each -> each.parks)
                .filteredOn(parks -> parks == 1)
                .hasSize(20);
        holder.release();

        assertThat(ran).hasSize(30);
        assertThat(lanes).allSatisfy(each -> assertThat(each.rooms).isEqualTo(each.parks));
        assertNothingLeft(turnstile);
    }

    @Test
    void mailboxesThatHoldTooMuchTogetherTakeOneOperationEach() {
        MailboxBytes together = new MailboxBytes(2 * LARGE);
        Turnstile full = turnstileFor(UNBOUNDED, UNBOUNDED, together);
        Turnstile turnstile = turnstileFor(UNBOUNDED, UNBOUNDED, together);
        NotedLane other = new NotedLane();
        HeldTurn holderOfFull = HeldTurn.of(full);
        full.run(lane, 2 * LARGE, () -> ran.add("full"));
        HeldTurn holder = HeldTurn.of(turnstile);
        for (NotedLane each : List.of(new NotedLane(), new NotedLane(), other)) {
            turnstile.run(each, LARGE, () -> ran.add("ran"));
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
        MailboxBytes together = new MailboxBytes(10 * LARGE);
        Turnstile turnstile = turnstileFor(10 * LARGE, 10 * LARGE, together);
        NotedLane quiet = new NotedLane();
        HeldTurn holder = HeldTurn.of(turnstile);
        IntStream.range(0, 10).forEach(i -> turnstile.run(lane, LARGE, () -> ran.add("large")));

        turnstile.run(quiet, Turnstile.SMALL_BYTES, () -> ran.add("small"));
        assertThat(quiet.parks).isZero();
        turnstile.run(quiet, 1, () -> ran.add("second"));
        assertThat(quiet.parks).isEqualTo(1);
        NotedLane third = new NotedLane();
        IntStream.range(0, 2).forEach(i -> turnstile.run(new NotedLane(), Turnstile.SMALL_BYTES, () -> {}));
        turnstile.run(third, 1, () -> ran.add("beyond the quarter"));
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
            turnstile.runInPass(lane, Pass.BATCH_BYTES - 1, () -> ran.add("a1"));
            assertThat(ran).isEmpty();
            turnstile.runInPass(lane, 1, () -> ran.add("a2"));
            assertThat(ran).containsExactly("a1", "a2");
        }
        assertNothingLeft(turnstile);
    }

    @Test
    void whatAFlushBringsIsRunInTheSamePass() {
        Turnstile turnstile = turnstile(ROOMY, ROOMY);
        try (Pass pass = Pass.open()) {
            pass.atEnd(() -> turnstile.runInPass(
                    lane, 0, () -> Pass.current().atEnd(() -> ran.add("flushed, my turn: " + turnstile.isMine()))));
        }
        assertThat(ran).containsExactly("flushed, my turn: false");
        assertNothingLeft(turnstile);
    }

    @Test
    void faultIsToldAndStopsNothing() {
        Turnstile turnstile = turnstile(ROOMY, ROOMY);
        IllegalStateException fault = new IllegalStateException("planted");
        HeldTurn holder = HeldTurn.of(turnstile);
        turnstile.run(lane, () -> {
            throw fault;
        });
        submit(turnstile, lane, "after");
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
        turnstile.run(lane, () -> {
            throw new IllegalStateException("first");
        });
        submit(turnstile, lane, "after");

        assertThat(turnstile.isMine()).isFalse();
        assertThat(ran).containsExactly("after");
    }

    private Turnstile withBytes(long bytes, long bytesPerLane) {
        return turnstileFor(bytes, bytesPerLane, new MailboxBytes(UNBOUNDED));
    }

    private Turnstile turnstileFor(long bytes, long bytesPerLane, MailboxBytes together) {
        return new Turnstile(
                new Turnstile.Bounds(ROOMY, ROOMY, bytes, bytesPerLane, together), calledWorkers::add, faults::add);
    }

    private Turnstile turnstile(int capacity, int capacityPerLane) {
        return new Turnstile(Turnstile.Bounds.ofOperations(capacity, capacityPerLane), calledWorkers::add, faults::add);
    }

    private void submit(Turnstile turnstile, OperationSource by, String name) {
        turnstile.run(by, () -> ran.add(name));
    }

    private void collect(Turnstile turnstile, OperationSource by, String name) {
        turnstile.runInPass(by, 0, () -> ran.add(name));
    }

    private void assertNothingLeft(Turnstile turnstile) {
        assertThat(turnstile.waiting()).isZero();
        assertThat(turnstile.waitingBytes()).isZero();
        assertThat(lane.waiting.operations()).isZero();
        assertThat(lane.waiting.bytes()).isZero();
        assertThat(lane.parked.get()).isNull();
        assertThat(calledWorkers).isEmpty();
    }
}
