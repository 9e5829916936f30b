package io.junctor.cli.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Counts events or calls up to a number, at which the command ends. Thread-safe. */
final class Tally {
    private final long most;
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong finished = new AtomicLong();
    private final CompletableFuture<Void> reached = new CompletableFuture<>();

    /** Counts to {@code most}; 0 means without end. */
    Tally(long most) {
        this.most = most;
    }

    /** Whether one more may begin. */
    boolean begin() {
        return most == 0 ? !reached.isDone() : begun.incrementAndGet() <= most;
    }

    /** One that began has finished. */
    void finish() {
        if (finished.incrementAndGet() == most) {
            reached.complete(null);
        }
    }

    /** One finishes when {@code handler}, which then has sent its answer, has ended. */
    void finishAfter(Thread handler) {
        Thread.ofVirtual().start(() -> {
            try {
                handler.join();
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
            finish();
        });
    }

    /** The command ends before the number is reached, with success. */
    void end() {
        reached.complete(null);
    }

    /** Completes when the number is reached. */
    CompletableFuture<Void> reached() {
        return reached;
    }

    boolean isEndless() {
        return most == 0;
    }
}
