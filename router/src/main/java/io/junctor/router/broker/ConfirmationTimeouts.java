package io.junctor.router.broker;

import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * Fails publications that are not confirmed within 10 to 11 seconds. It sets no timer for each publication, because nearly all
 * confirmations arrive within milliseconds. Confined to the realm's turn.
 */
final class ConfirmationTimeouts {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private record PendingConfirmation(CompletableFuture<Void> confirmation, long sinceNanos) {}

    private final Timers timers;
    /** The confirmations, the oldest first. Confirmations that have arrived stay in the queue until all older ones have arrived. */
    private final ArrayDeque<PendingConfirmation> waiting = new ArrayDeque<>();

    /** {@code timers} is the clock. */
    ConfirmationTimeouts(Timers timers) {
        this.timers = timers;
    }

    /** Fails {@code confirmation} with a {@link TimeoutException} if it does not complete in time. */
    @InTurn
    void limit(CompletableFuture<Void> confirmation) {
        removeDone();
        waiting.add(new PendingConfirmation(confirmation, timers.nanos()));
    }

    /** Called once a second: fails the confirmations that are late. */
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
