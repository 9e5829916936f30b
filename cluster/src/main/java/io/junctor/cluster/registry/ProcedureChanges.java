package io.junctor.cluster.registry;

import io.junctor.router.turn.Timers;
import java.time.Duration;
import java.util.function.LongPredicate;

/** Runs actions that wait until something about a procedure changes. Thread-safe. */
final class ProcedureChanges {
    private final long router;
    private final RegistryTable table;
    private final Timers timers;
    private final LongPredicate isThere;

    /** @param isThere whether callees of another router are admitted: those of a dead one stay in the registry until another router has removed them */
    ProcedureChanges(long router, RegistryTable table, Timers timers, LongPredicate isThere) {
        this.router = router;
        this.table = table;
        this.timers = timers;
        this.isThere = isThere;
    }

    /**
     * Runs {@code action} when the procedure has callees here or something about it changes, or {@code otherwise} after some time.
     *
     * @param seen how many changes were seen before the decision to wait
     */
    void await(String key, long seen, Runnable action, Duration patience, Runnable otherwise) {
        KnownProcedure.Waiter waiter = new KnownProcedure.Waiter(action);
        table.await(key, waiter);
        waiter.patience = timers.after(patience, () -> {
            if (table.remove(key, waiter)) {
                otherwise.run();
            }
        });
        boolean isLate = table.hasCallees(key, router, isThere) || table.changes() != seen;
        if (isLate && table.remove(key, waiter)) {
            waiter.run();
        }
    }

    /** Something about a procedure has changed: runs what waits for that. */
    void wake(String key) {
        table.takeWaiters(key).forEach(KnownProcedure.Waiter::run);
    }
}
