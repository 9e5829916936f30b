package io.junctor.cli.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Counts events or calls up to a number, at which the command ends. Thread-safe. */
final class CountLimit {
    private final long most;
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong finished = new AtomicLong();
    private final CompletableFuture<Void> reached = new CompletableFuture<>();

    /** Creates a limit of {@code most} events or calls; 0 means no limit. */
    CountLimit(long most) {
        this.most = most;
    }

    /** Begins to handle one event or call; returns false if the number is reached. */
    boolean begin() {
        return most == 0 ? !reached.isDone() : begun.incrementAndGet() <= most;
    }

    /** Notes that one event or call is finished. */
    void finish() {
        if (finished.incrementAndGet() == most) {
            reached.complete(null);
        }
    }

    /** Notes that one call is finished when the thread {@code handler}, which sends the answer, has ended. */
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

    /** Lets the command end with success before the number is reached. */
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
