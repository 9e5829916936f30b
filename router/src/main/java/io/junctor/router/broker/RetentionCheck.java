package io.junctor.router.broker;

import io.junctor.router.memory.RetentionBudget;
import io.junctor.router.turn.InTurn;
import java.util.function.BooleanSupplier;

/**
 * Decides whether a publication can be retained and appended to histories, depending on the free memory of the router. Confined to the
 * realm's turn.
 */
final class RetentionCheck {
    private final SubscriptionTable table;
    private final RetainedEvents retained;
    private final RetentionBudget.Account kept;
    private final BooleanSupplier hasLogs;

    /** {@code hasLogs} is true if a program stores the histories. */
    RetentionCheck(
            SubscriptionTable table, RetainedEvents retained, RetentionBudget.Account kept, BooleanSupplier hasLogs) {
        this.table = table;
        this.retained = retained;
        this.kept = kept;
        this.hasLogs = hasLogs;
    }

    /**
     * Whether the router has memory to add {@code publication} to its histories, and to retain it if {@code retain} is true. If not, the
     * router must not acknowledge it.
     */
    @InTurn
    boolean admits(Publication publication, boolean retain) {
        if (retain && !retained.admits(publication.retained())) {
            return false;
        }
        if (!isHistoryClosed()) {
            return true;
        }
        boolean[] isForHistory = new boolean[1];
        table.forEachMatch(
                publication.topic(), subscription -> isForHistory[0] |= isForHistory(subscription, publication));
        return !isForHistory[0];
    }

    /** Whether histories in memory take no events because the heap is nearly full. */
    boolean isHistoryClosed() {
        return !hasLogs.getAsBoolean() && kept.isClosedByHeap();
    }

    /**
     * Whether a history stores {@code publication}. It does not store an event for certain session ids, because the ids have no meaning
     * later (section "Event History").
     */
    static boolean isForHistory(Subscription subscription, Publication publication) {
        return subscription.history != null && !publication.receivers().containSessionIds();
    }
}
