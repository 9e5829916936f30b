package io.junctor.router.broker;

import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * Fails confirmations of publications that do not come within 10 to 11 seconds. Confined to the realm's turn. Sets no timer of its own,
 * because nearly all confirmations come within milliseconds.
 */
final class ConfirmationTimeouts {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private record Waiting(CompletableFuture<Void> confirmation, long sinceNanos) {}

    private final Timers timers;
    /** The oldest is the first. It may contain confirmations that have come, behind one that has not. */
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    /** {@code timers} tell the time. */
    ConfirmationTimeouts(Timers timers) {
        this.timers = timers;
    }

    /** Fails {@code confirmation} with a {@link TimeoutException} if it does not come in time. */
    @InTurn
    void limit(CompletableFuture<Void> confirmation) {
        removeDone();
        waiting.add(new Waiting(confirmation, timers.nanos()));
    }

    /** A second has passed: fails what is late. */
    @InTurn
    void onSecond() {
        long now = timers.nanos();
        removeDone();
        while (!waiting.isEmpty() && now - waiting.element().sinceNanos >= LIMIT.toNanos()) {
            waiting.remove()
                    .confirmation
                    .completeExceptionally(new TimeoutException("no answer within " + LIMIT.toSeconds() + " s"));
            removeDone();
        }
    }

    @InTurn
    private void removeDone() {
        while (!waiting.isEmpty() && waiting.element().confirmation.isDone()) {
            waiting.remove();
        }
    }
}
