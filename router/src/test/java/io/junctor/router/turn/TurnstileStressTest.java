package io.junctor.router.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.turn.Turnstile.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several threads, small bounds, random bursts: nothing is lost, doubled or overtaken, and no two operations overlap. */
class TurnstileStressTest {
    private static final int SUBMITTERS = 4;
    private static final int OPERATIONS = 20_000;
    private static final int MOST_IN_PASS = 40;

    private final List<Throwable> faults = new ArrayList<>();
    private final AtomicInteger overlaps = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    private final CountDownLatch left = new CountDownLatch(SUBMITTERS);

    /** A submitter that waits where its source is parked. What it has seen run is plain memory of the turn. */
    private final class Submitter extends OperationSource implements Runnable {
        private final Turnstile turnstile;
        private final Random random;
        private final Semaphore room = new Semaphore(1);
        private int next;
        private int outOfOrder;
        private int ownSlots;
        private int ownSlotsRun;

        Submitter(Turnstile turnstile, long seed) {
            this.turnstile = turnstile;
            this.random = new Random(seed);
        }

        @Override
        protected void onPark() {
            assertThat(room.tryAcquire()).isTrue();
        }

        @Override
        protected void onRoom() {
            room.release();
        }

        @Override
        public void run() {
            int submitted = 0;
            while (submitted < OPERATIONS) {
                int burst = Math.min(1 + random.nextInt(MOST_IN_PASS), OPERATIONS - submitted);
                try (Pass pass = Pass.open()) {
                    submit(submitted, submitted + burst);
                }
                submitted += burst;
            }
            turnstile.runLast(this, this::leave);
        }

        private void submit(int from, int to) {
            for (int i = from; i < to; i++) {
                int number = i;
                if (random.nextBoolean()) {
                    turnstile.runInPass(Operation.of(this, random.nextInt(1_000), () -> note(number)));
                } else {
                    turnstile.runNow(Operation.of(this, random.nextInt(1_000), () -> note(number)));
                }
                if (random.nextInt(16) == 0) {
                    ownSlots++;
                    turnstile.run(this::noteOwnSlot);
                }
                if (i < OPERATIONS - 1) {
                    room.acquireUninterruptibly();
                    room.release();
                }
            }
        }

        private void note(int number) {
            exclusively(() -> {
                if (number != next) {
                    outOfOrder++;
                }
                next = number + 1;
            });
        }

        private void noteOwnSlot() {
            exclusively(() -> ownSlotsRun++);
        }

        private void leave() {
            exclusively(() -> {
                if (next != OPERATIONS) {
                    outOfOrder++;
                }
            });
            left.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_121, 987_654_321})
    void nothingIsLostDoubledOrOvertaken(long seed) throws InterruptedException {
        System.out.println("TurnstileStressTest seed " + seed);
        Random random = new Random(seed);
        try (Workers workers = new Workers(() -> {})) {
            Turnstile turnstile = new Turnstile(bounds(random), workers, faults::add);
            List<Submitter> submitters = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < SUBMITTERS; i++) {
                Submitter submitter = new Submitter(turnstile, random.nextLong());
                submitters.add(submitter);
                threads.add(Thread.ofPlatform().start(submitter));
            }
            assertThat(left.await(60, TimeUnit.SECONDS)).as("all left").isTrue();
            for (Thread thread : threads) {
                thread.join();
            }
            turnstile.run(() -> submitters.forEach(TurnstileStressTest::assertComplete));
            assertThat(faults).isEmpty();
            assertThat(overlaps).hasValue(0);
            assertThat(turnstile.waiting()).isZero();
        }
    }

    private static Turnstile.Bounds bounds(Random random) {
        MailboxBudget together = new MailboxBudget(1 + random.nextInt(20_000));
        // Another realm holds so much all the time that this one gets no room but what an empty mailbox has.
        together.add(random.nextInt(40_000));
        return new Turnstile.Bounds(
                1 + random.nextInt(40),
                1 + random.nextInt(20),
                1 + random.nextInt(20_000),
                1 + random.nextInt(10_000),
                together);
    }

    private static void assertComplete(Submitter submitter) {
        assertThat(submitter.outOfOrder).isZero();
        assertThat(submitter.next).isEqualTo(OPERATIONS);
        assertThat(submitter.ownSlotsRun).isEqualTo(submitter.ownSlots);
        assertThat(submitter.waiting.operations()).isZero();
        assertThat(submitter.waiting.bytes()).isZero();
    }

    private void exclusively(Runnable step) {
        if (inside.getAndIncrement() != 0) {
            overlaps.incrementAndGet();
        }
        step.run();
        inside.decrementAndGet();
    }
}
