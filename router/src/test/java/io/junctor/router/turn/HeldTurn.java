package io.junctor.router.turn;

import java.util.concurrent.CountDownLatch;

/** A thread of its own that holds the turn until it is told to let go: what the test submits meanwhile has to wait. */
final class HeldTurn {
    private final CountDownLatch release = new CountDownLatch(1);
    private final Thread thread;

    private HeldTurn(Turnstile turnstile, Runnable held) {
        this.thread = Thread.ofPlatform().name("holder").start(() -> {
            try (Pass pass = Pass.open()) {
                turnstile.run(new NotedSource(), () -> {
                    held.run();
                    await(release);
                });
            }
        });
    }

    /** Returns when the turn is held. */
    static HeldTurn of(Turnstile turnstile) {
        CountDownLatch held = new CountDownLatch(1);
        HeldTurn holder = new HeldTurn(turnstile, held::countDown);
        await(held);
        return holder;
    }

    Thread thread() {
        return thread;
    }

    /** Lets go and returns when the holder has run its share. */
    void release() {
        release.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
