package io.junctor.router.cluster;

import io.junctor.router.turn.Deadlines;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;

/**
 * Lets requests wait that only one router may serve, while it is not certain that this router may. They go on in the order in which they came.
 * Confined to the realm's turn.
 */
public final class ExclusiveRequests {
    private final RealmLink link;
    private final Deadlines deadlines;
    private int waiting;

    /** Asks {@code link}; what goes on does so in the turn that {@code deadlines} belong to. */
    public ExclusiveRequests(RealmLink link, Deadlines deadlines) {
        this.link = link;
        this.deadlines = deadlines;
    }

    /** Whether a request that comes now has to wait. */
    @InTurn
    public boolean mustWait() {
        return waiting > 0 || !link.isExclusive();
    }

    /** Runs {@code next} in the turn when this router may serve it, or {@code otherwise} as {@link RealmLink#whenExclusive} says. */
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
