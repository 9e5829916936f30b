package io.junctor.router.cluster;

import io.junctor.router.turn.Deadlines;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;

/**
 * Queues requests that only one router may serve, while it is not certain that this router may serve them. They continue in the order of
 * their arrival. Confined to the realm's turn.
 */
public final class ExclusiveRequests {
    private final RealmLink link;
    private final Deadlines deadlines;
    private int waiting;

    /** Creates the queue of the realm of {@code link}; requests continue in the turn to which {@code deadlines} belongs. */
    public ExclusiveRequests(RealmLink link, Deadlines deadlines) {
        this.link = link;
        this.deadlines = deadlines;
    }

    /** Whether a request that arrives now has to wait. */
    @InTurn
    public boolean mustWait() {
        return waiting > 0 || !link.isExclusive();
    }

    /**
     * Runs {@code next} in the turn when this router may serve the request, or {@code otherwise} as specified for
     * {@link RealmLink#whenExclusive}.
     */
    @InTurn
    public void await(Runnable next, Runnable otherwise) {
        waiting++;
        link.whenExclusive(() -> inTurn(next), () -> inTurn(otherwise));
    }

    private void inTurn(Runnable outcome) {
        Pass.run(() -> deadlines.soon(() -> end(outcome)));
    }

    @InTurn
    private void end(Runnable outcome) {
        waiting--;
        outcome.run();
    }
}
