package io.junctor.router.broker;

import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Turnstile;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Delivers publications of the router, such as meta events and testaments, one after the other: a delivery ends before the next delivery
 * begins, even if it takes several turns. Confined to the realm's turn.
 */
final class RouterPublications {
    private final Turnstile turnstile;
    private final Deque<FanOut> waiting = new ArrayDeque<>();

    RouterPublications(Turnstile turnstile) {
        this.turnstile = turnstile;
    }

    @InTurn
    void publish(FanOut fanOut) {
        turnstile.slices().spend(fanOut.size());
        if (waiting.isEmpty() && fanOut.fitsOneTurn()) {
            fanOut.deliver(Integer.MAX_VALUE);
            return;
        }
        fanOut.begin();
        waiting.add(fanOut);
        if (waiting.size() == 1) {
            deliverSlice();
        }
    }

    @InTurn
    private void deliverSlice() {
        FanOut first = waiting.element();
        if (first.deliver(FanOut.SLICE)) {
            first.end();
            waiting.remove();
        }
        if (!waiting.isEmpty()) {
            turnstile.runLater(this::deliverSlice);
        }
    }
}
