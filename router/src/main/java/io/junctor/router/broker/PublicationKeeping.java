package io.junctor.router.broker;

import io.junctor.router.memory.KeptBytes;
import io.junctor.router.turn.InTurn;
import java.util.function.BooleanSupplier;

/** Says what can be retained and appended to histories, as the memory of the router allows. Confined to the realm's turn. */
final class PublicationKeeping {
    private final SubscriptionTable table;
    private final RetainedEvents retained;
    private final KeptBytes.Account kept;
    private final BooleanSupplier hasLogs;

    /** {@code hasLogs} says whether a program keeps the histories. */
    PublicationKeeping(
            SubscriptionTable table, RetainedEvents retained, KeptBytes.Account kept, BooleanSupplier hasLogs) {
        this.table = table;
        this.retained = retained;
        this.kept = kept;
        this.hasLogs = hasLogs;
    }

    /** Whether the router's memory allows what an acknowledgement of {@code publication} promises. */
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

    /** Whether histories in memory take nothing as the heap is nearly full. */
    boolean isHistoryClosed() {
        return !hasLogs.getAsBoolean() && kept.isClosedByHeap();
    }

    /** Section "Event History": an event for certain session ids is not kept, as the ids have no meaning later. */
    static boolean isForHistory(Subscription subscription, Publication publication) {
        return subscription.history != null && !publication.receivers().containSessionIds();
    }
}
